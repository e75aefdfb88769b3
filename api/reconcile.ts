import type { Logger } from 'pino'

import { closeEndedRun } from '../db/intents/close-run.ts'
import { isDatabaseAway, type OpenDatabase } from '../db/open.ts'
import { findQuietRuns, type WorkspaceView } from '../db/read/workspaces.ts'
import { PartAway } from './part-away.ts'
import type { PlanRuns } from './temporal/plan-runs.ts'

// A healthy run writes far more often than this; a quiet one costs a question to Temporal, no more.
const QUIET_MS = 30_000
const PAGE = 100

export interface ReconcilerOptions {
  readonly db: OpenDatabase
  readonly runs: PlanRuns
  readonly logger: Logger
  readonly everyMs: number
}

const isAway = (error: unknown): boolean => error instanceof PartAway || isDatabaseAway(error)

async function reconcileRun({ db, runs, logger }: ReconcilerOptions, view: WorkspaceView): Promise<void> {
  const ensured = await runs.ensure(view)
  const about = { job_id: view.job_id, generation: view.generation }
  if (ensured.outcome === 'started') logger.warn(about, 'a run that was not under way was started')
  if (ensured.outcome !== 'closed') return
  await closeEndedRun(db.write, view, ensured.code)
  logger.warn({ ...about, code: ensured.code }, 'a run that was ended from outside was closed')
}

/** Looks at every quiet run once, oldest first; one that cannot be mended does not keep the others from it. */
async function reconcileAll(options: ReconcilerOptions, signal: AbortSignal): Promise<void> {
  const before = new Date(Date.now() - QUIET_MS)
  let after: WorkspaceView | undefined
  do {
    const page = await findQuietRuns(options.db.read, { before, after, limit: PAGE })
    for (const view of page) {
      if (signal.aborted) return
      await reconcileRun(options, view).catch((err: unknown) => {
        if (isAway(err)) throw err
        options.logger.error({ err, job_id: view.job_id }, 'a run could not be reconciled')
      })
    }
    after = page.length === PAGE ? page.at(-1) : undefined
  } while (after !== undefined)
}

/**
 * Starts what was accepted but never reached Temporal, e.g. when the API died between its two steps, and closes what
 * was ended there behind our back: now and then until disposed of, one pass at a time. What is away is waited for.
 */
export function startReconciler(options: ReconcilerOptions): AsyncDisposable {
  const stopping = new AbortController()
  let pass: Promise<void> | undefined
  const run = async (): Promise<void> => {
    try {
      await reconcileAll(options, stopping.signal)
    } catch (err) {
      if (!isAway(err)) options.logger.error({ err }, 'reconciling failed')
    }
    pass = undefined
  }
  const timer = setInterval(() => {
    pass ??= run()
  }, options.everyMs)
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer)
      stopping.abort()
      await pass
    },
  }
}
