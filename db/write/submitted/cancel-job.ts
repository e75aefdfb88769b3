import type { Transaction } from 'kysely'

import { isTerminalJob, type Actor } from '../../../contract/machines.ts'
import { RUN_ERRORS } from '../../../contract/run-errors.ts'
import type { WriteDb } from '../../open.ts'
import type { Database } from '../../schema.ts'
import { cancelJobsBelow } from '../job-tree.ts'
import { moveJob } from '../jobs.ts'
import { SYSTEM } from '../run-steps.ts'
import { takeTurn } from './tree.ts'

interface Cause {
  readonly actor: Actor
  readonly reason: string
  readonly request_id: string | null
  /** What its error says; CANCELED when unset. */
  readonly code?: 'CANCELED' | 'TERMINATED'
}

/** Cancels a submitted job with every open job below it, all at once; of no effect on one that is over. */
export async function cancelSubmitted(
  trx: Transaction<Database>,
  job_id: string,
  { code = 'CANCELED', ...cause }: Cause,
): Promise<void> {
  const job = await takeTurn(trx, job_id)
  if (job === undefined || isTerminalJob(job.status)) return
  const about = { ...cause, kind: 'operator' } as const
  const { retryable } = RUN_ERRORS[code]
  const error = { code, message: cause.reason, stage: null, retryable } as const
  await moveJob(trx, { ...about, job_id, to: 'CANCELED', error })
  await cancelJobsBelow(trx, job_id, about)
}

/** Why a run ended that nobody canceled through the API. */
export type RunEnd = 'timed_out' | 'ended_in_temporal'

const WORDS: { readonly [E in RunEnd]: (timeout_s: number) => string } = {
  timed_out: (timeout_s) =>
    `It came no further for ${timeout_s} s, the most a job may take at this depth. Submit it again in smaller parts.`,
  ended_in_temporal: () => 'Its run was ended in Temporal.',
}

/** Writes down the end of a run that its own steps could not write; of no effect where it is written already. */
export async function closeJob(
  db: WriteDb,
  { job_id, end, timeout_s }: { readonly job_id: string; readonly end: RunEnd; readonly timeout_s: number },
): Promise<void> {
  const cause = { actor: SYSTEM, reason: WORDS[end](timeout_s), request_id: null }
  await db.transaction().execute((trx) => cancelSubmitted(trx, job_id, cause))
}
