import type { Logger } from 'pino'

import { FEEDBACK_STAGES } from '../contract/stages.ts'
import { closeEndedRun } from '../db/intents/close-run.ts'
import { closeFeedback } from '../db/intents/close-feedback.ts'
import { closeEndedHandoff } from '../db/intents/close-handoffs.ts'
import { closeEndedMasterplan } from '../db/intents/close-masterplans.ts'
import type { OpenDatabase } from '../db/open.ts'
import { findQuietFeedback, type OpenFeedback } from '../db/read/feedback-runs.ts'
import { findQuietHandoffs, type QuietHandoff } from '../db/read/quiet-handoffs.ts'
import { findQuietMasterplans, type QuietMasterplan } from '../db/read/quiet-masterplans.ts'
import { findQuietRuns, findWorkspace, type WorkspaceView } from '../db/read/workspaces.ts'
import type { Reconcilable } from './reconcile.ts'
import type { FeedbackRuns } from './temporal/feedback-runs.ts'
import type { HandoffRuns } from './temporal/handoff-runs.ts'
import type { MasterplanRuns } from './temporal/masterplan-runs.ts'
import type { PlanRuns } from './temporal/plan-runs.ts'

interface Parts<R> {
  readonly db: OpenDatabase
  readonly runs: R
  readonly logger: Logger
}

const STARTED = 'a run that was not under way was started'
const CLOSED = 'a run that was ended from outside was closed'

// Every stage gives up by itself long before.
const STALE_MS = 120 * 60_000

const isStale = ({ status, job_status, paused, updated_at }: WorkspaceView): boolean =>
  status === 'running' && job_status === 'RUNNING' && !paused && Date.now() - updated_at.getTime() > STALE_MS

/** Gives up a run that has begun and shown no progress for two hours; one that waits to begin goes on waiting. */
async function closeIfStale({ db, runs }: Parts<PlanRuns>, seen: WorkspaceView): Promise<boolean> {
  if (!isStale(seen)) return false
  // It may have come to life since the page was read.
  const view = await findWorkspace(db.read, seen)
  if (view === undefined || view.job_id !== seen.job_id || !isStale(view)) return false
  // Its rows first: whatever of it still breathes can write nothing from then on.
  await closeEndedRun(db.write, view, 'STALE')
  await runs.end(view, 'no progress for two hours')
  return true
}

/** How quiet planning runs are found and mended. */
export function reconcilePlans({ db, runs, logger }: Parts<PlanRuns>): Reconcilable<WorkspaceView> {
  return {
    findQuiet: (page) => findQuietRuns(db.read, page),
    mend: async (view) => {
      const about = { job_id: view.job_id, generation: view.generation }
      if (await closeIfStale({ db, runs, logger }, view)) {
        logger.warn({ ...about, code: 'STALE' }, 'a run without a sign of life was given up')
        return
      }
      const ensured = await runs.ensure(view)
      if (ensured.outcome === 'started') logger.warn(about, STARTED)
      if (ensured.outcome !== 'closed') return
      await closeEndedRun(db.write, view, ensured.code)
      logger.warn({ ...about, code: ensured.code }, CLOSED)
    },
  }
}

/** How quiet feedback runs are found and mended. */
export function reconcileFeedback({ db, runs, logger }: Parts<FeedbackRuns>): Reconcilable<OpenFeedback> {
  return {
    findQuiet: (page) => findQuietFeedback(db.read, page),
    mend: async (job) => {
      const state = await runs.ensure(job)
      const { workspace_id, generation, job_id } = job
      if (state === 'started') logger.warn({ job_id, generation }, STARTED)
      if (state === 'started' || state === 'running') return
      const code = state === 'canceled' ? 'CANCELED' : 'TERMINATED'
      const stage = FEEDBACK_STAGES.find((known) => known === job.stage) ?? FEEDBACK_STAGES[0]
      await closeFeedback(db.write, { workspace_id, generation, job_id, stage, code })
      logger.warn({ job_id, generation, code }, CLOSED)
    },
  }
}

/** How quiet executions of masterplans are found and mended: drafts wait for people, who start their run by a wish. */
export function reconcileMasterplans({
  db,
  runs,
  logger,
}: Parts<MasterplanRuns>): Reconcilable<QuietMasterplan> {
  return {
    findQuiet: (page) => findQuietMasterplans(db.read, page),
    mend: async (plan) => {
      const { masterplan_id, job_id, generation } = plan
      const state = await runs.find(masterplan_id)
      if (state === 'running') return
      if (state !== 'stopped') {
        if (await runs.start(plan)) logger.warn({ job_id, generation }, STARTED)
        return
      }
      await closeEndedMasterplan(db.write, masterplan_id)
      logger.warn({ job_id, generation, code: 'TERMINATED' }, CLOSED)
    },
  }
}

/** How quiet builds that the roles work by themselves are found and mended. */
export function reconcileHandoffs({ db, runs, logger }: Parts<HandoffRuns>): Reconcilable<QuietHandoff> {
  return {
    findQuiet: (page) => findQuietHandoffs(db.read, page),
    mend: async (build) => {
      const { workflow_id, job_id } = build
      const state = await runs.find(workflow_id)
      if (state === 'running') return
      if (state !== 'stopped') {
        if (await runs.start(build)) logger.warn({ job_id }, STARTED)
        return
      }
      await closeEndedHandoff(db.write, workflow_id)
      logger.warn({ job_id, code: 'TERMINATED' }, CLOSED)
    },
  }
}
