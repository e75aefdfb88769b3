import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, hashSync, parseOptions, verify, type Options } from '@node-rs/argon2'

import { ApiProblem } from '../../contract/problem.ts'
import { limitConcurrency } from './limit-concurrency.ts'

// OWASP Password Storage Cheat Sheet; about 7 ms and 19 MiB for each. The package's algorithm is Argon2id unless told.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options
const MAX_WAITING = 200
const BUSY_RETRY_SECONDS = 2

/** Hashes and checks passwords with Argon2id, no more at once than there are processors. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** False for no hash as well, after the same work: how long it takes does not tell which accounts exist. */
  verify(hashed: string | null, password: string): Promise<boolean>
  /** Whether a hash was made with other parameters than today's. */
  isDated(hashed: string): boolean
}

/** Makes the keeper of passwords; its calls throw ApiProblem (503) when too many wait already. */
export function createPasswords(): Passwords {
  const limit = limitConcurrency({ atOnce: availableParallelism(), waiting: MAX_WAITING })
  const run = <T>(task: () => Promise<T>): Promise<T> => {
    const running = limit(task)
    if (running !== null) return running
    throw new ApiProblem(
      'SERVICE_UNAVAILABLE',
      'Too many people sign in at this moment. Try again in a few seconds.',
      {
        retryAfterSeconds: BUSY_RETRY_SECONDS,
      },
    )
  }
  const hashOfNobody = hashSync(randomBytes(32), PARAMETERS)
  return {
    hash: async (password) => run(() => hash(password, PARAMETERS)),
    verify: async (hashed, password) => run(() => verify(hashed ?? hashOfNobody, password)),
    isDated: (hashed) => {
      if (!hashed.startsWith('$argon2id$')) return true
      const { memoryCost, timeCost, parallelism } = parseOptions(hashed)
      return (
        memoryCost !== PARAMETERS.memoryCost ||
        timeCost !== PARAMETERS.timeCost ||
        parallelism !== PARAMETERS.parallelism
      )
    },
  }
}
