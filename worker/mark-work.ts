import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import type { Logger } from 'pino'

import type { OpenDatabase } from '../db/open.ts'
import { enterWork, leaveWork } from '../db/write/worker-process.ts'
import { idsOf, nameWork } from './name-work.ts'

/**
 * Notes for each piece of work that this process is at it, and that it left, so that one that is lost is found out by
 * whoever takes its work up. Work that gives no sign of life is over before anybody could miss it.
 */
export function markWork(
  { write }: Pick<OpenDatabase, 'write'>,
  process_id: string,
  logger: Logger,
): ActivityInterceptorsFactory {
  const unnoted = (err: unknown): readonly string[] => {
    logger.warn({ err }, 'who is at work was not noted')
    return []
  }
  return ({ info: { attempt, heartbeatTimeoutMs = 0 } }) => ({
    inbound: {
      execute: async (input, next) => {
        const name = heartbeatTimeoutMs === 0 ? undefined : nameWork(input.args)
        if (name === undefined) return next(input)
        // The work itself says what is wrong when nothing can be written.
        const job_ids = await enterWork(write, idsOf([name]), { process_id, attempt }).catch(unnoted)
        try {
          return await next(input)
        } finally {
          await leaveWork(write, job_ids, process_id).catch(unnoted)
        }
      },
    },
  })
}
