import type { Logger } from 'pino'

import { FEEDBACK_STAGES } from '../contract/stages.ts'
import { closeEndedRun } from '../db/intents/close-run.ts'
import { closeFeedback } from '../db/intents/close-feedback.ts'
import { closeEndedJob } from '../db/intents/jobs.ts'
import { closeEndedMasterplan } from '../db/intents/close-masterplans.ts'
import type { OpenDatabase } from '../db/open.ts'
import { findQuietFeedback, type OpenFeedback } from '../db/read/feedback-runs.ts'
import { findQuietMasterplans, type QuietMasterplan } from '../db/read/quiet-masterplans.ts'
import { findQuietJobs, type OpenJob } from '../db/read/submitted-jobs.ts'
import { findQuietRuns, type WorkspaceView } from '../db/read/workspaces.ts'
import type { Reconcilable } from './reconcile.ts'
import type { FeedbackRuns } from './temporal/feedback-runs.ts'
import type { JobRuns } from './temporal/job-runs.ts'
import type { MasterplanRuns } from './temporal/masterplan-runs.ts'
import type { PlanRuns } from './temporal/plan-runs.ts'

interface Parts<R> {
  readonly db: OpenDatabase
  readonly runs: R
  readonly logger: Logger
}

const STARTED = 'a run that was not under way was started'
const CLOSED = 'a run that was ended from outside was closed'

/** How quiet planning runs are found and mended. */
export function reconcilePlans({ db, runs, logger }: Parts<PlanRuns>): Reconcilable<WorkspaceView> {
  return {
    findQuiet: (page) => findQuietRuns(db.read, page),
    mend: async (view) => {
      const ensured = await runs.ensure(view)
      const about = { job_id: view.job_id, generation: view.generation }
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

/** How quiet submitted jobs are found and mended; those they were split into are looked after by their runs. */
export function reconcileJobs({ db, runs, logger }: Parts<JobRuns>): Reconcilable<OpenJob> {
  return {
    findQuiet: (page) => findQuietJobs(db.read, page),
    mend: async (job) => {
      const { job_id } = job
      const state = await runs.find(job_id)
      if (state === 'running') return
      if (state !== 'stopped') {
        if (await runs.start(job)) logger.warn({ job_id }, STARTED)
        return
      }
      await closeEndedJob(db.write, job_id)
      logger.warn({ job_id, code: 'TERMINATED' }, CLOSED)
    },
  }
}
