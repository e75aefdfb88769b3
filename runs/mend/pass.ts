import type { Logger } from 'pino'

import { isDatabaseAway } from '../../db/open.ts'
import { PartAway } from '../part-away.ts'

// A healthy run writes far more often than this; a quiet one costs a question to Temporal, no more.
const QUIET_MS = 30_000
const PAGE = 100

/** What was done about a quiet run. */
export type Mended = 'left' | 'started' | 'closed'

/** What one kind of run is looked through by. */
export interface Reconcilable<R extends { readonly job_id: string }> {
  /** Runs that should be under way but have been silent since `before`, page by page, oldest first. */
  readonly findQuiet: (page: {
    readonly before: Date
    readonly after: R | undefined
    readonly limit: number
  }) => Promise<readonly R[]>
  /** Helps one of them on, or writes down that it is over. */
  readonly mend: (run: R) => Promise<Mended>
}

/** Goes through what is quiet of one kind, and tells what became of each. */
export type Pass = (signal: AbortSignal, tell: (became: Mended | 'broken') => void) => Promise<void>

/** Whether a part of the service does not answer, so that nothing can be mended now. */
export const isAway = (error: unknown): boolean => error instanceof PartAway || isDatabaseAway(error)

/** Makes a pass over every quiet run of a kind; one that cannot be mended does not keep the others from it. */
export function createPass<R extends { readonly job_id: string }>(
  { findQuiet, mend }: Reconcilable<R>,
  logger: Logger,
): Pass {
  return async (signal, tell) => {
    const before = new Date(Date.now() - QUIET_MS)
    let after: R | undefined
    do {
      const page = await findQuiet({ before, after, limit: PAGE })
      for (const run of page) {
        if (signal.aborted) return
        try {
          tell(await mend(run))
        } catch (err) {
          if (isAway(err)) throw err
          logger.error({ err, job_id: run.job_id }, 'a run could not be reconciled')
          tell('broken')
        }
      }
      after = page.length === PAGE ? page.at(-1) : undefined
    } while (after !== undefined)
  }
}
