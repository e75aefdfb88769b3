import type { Logger } from 'pino'

import { isDatabaseAway, type ReadDb } from '../db/open.ts'
import { findQuietRuns } from '../db/read/workspaces.ts'
import { PartAway } from './part-away.ts'
import type { PlanRuns } from './temporal/plan-runs.ts'

// A healthy run writes far more often than this; a quiet one costs a question to Temporal, no more.
const QUIET_MS = 30_000
const BATCH = 100

export interface ReconcilerOptions {
  readonly db: ReadDb
  readonly runs: PlanRuns
  readonly logger: Logger
  readonly everyMs: number
  readonly quietMs?: number
}

/** Starts what was accepted but never reached Temporal, e.g. when the API died between its two steps. Answers how many. */
export async function reconcileOnce({
  db,
  runs,
  logger,
  quietMs = QUIET_MS,
}: ReconcilerOptions): Promise<number> {
  const quiet = await findQuietRuns(db, new Date(Date.now() - quietMs), BATCH)
  let started = 0
  for (const view of quiet) {
    if (!(await runs.ensure(view))) continue
    started += 1
    logger.warn(
      { job_id: view.job_id, generation: view.generation },
      'a run that was not under way was started',
    )
  }
  return started
}

/** Reconciles now and then until disposed of; what is away is waited for. */
export function startReconciler(options: ReconcilerOptions): AsyncDisposable {
  let busy: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    busy = reconcileOnce(options).catch((error: unknown) => {
      if (error instanceof PartAway || isDatabaseAway(error)) return
      options.logger.error({ err: error }, 'reconciling failed')
    })
  }, options.everyMs)
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer)
      await busy
    },
  }
}
