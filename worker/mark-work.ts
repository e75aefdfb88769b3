import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import type { Logger } from 'pino'

import type { OpenDatabase } from '../db/open.ts'
import { enterWork, leaveWork } from '../db/write/worker-process.ts'
import { idsOf, nameWork, type WorkName } from './name-work.ts'

const HEARTBEATS_PER_TIMEOUT = 4

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
  return (context) => {
    const { attempt, heartbeatTimeoutMs = 0, heartbeatDetails } = context.info
    /** Notes it with signs of life, which repeat what the try before said: a slow store costs no try. */
    const enter = async (work: WorkName): Promise<readonly string[]> => {
      const beat = (): void => context.heartbeat(heartbeatDetails)
      const heartbeat = setInterval(beat, heartbeatTimeoutMs / HEARTBEATS_PER_TIMEOUT)
      try {
        return await enterWork(write, idsOf([work]), { process_id, attempt })
      } catch (error) {
        // The work itself says what is wrong when nothing can be written.
        return unnoted(error)
      } finally {
        clearInterval(heartbeat)
      }
    }
    return {
      inbound: {
        execute: async (input, next) => {
          const name = heartbeatTimeoutMs === 0 ? undefined : nameWork(input.args)
          if (name === undefined) return next(input)
          const job_ids = await enter(name)
          try {
            return await next(input)
          } finally {
            await leaveWork(write, job_ids, process_id).catch(unnoted)
          }
        },
      },
    }
  }
}
