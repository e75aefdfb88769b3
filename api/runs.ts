import type { Logger } from 'pino'

import type { ApiConfig } from '../config/env.ts'
import { foldTallies } from '../db/intents/tallies.ts'
import type { OpenDatabase } from '../db/open.ts'
import {
  reconcileFeedback,
  reconcileHandoffs,
  reconcileJobs,
  reconcileMasterplans,
  reconcilePlans,
} from './mend-runs.ts'
import { createPass, type ReconcilerOptions } from './reconcile.ts'
import type { OpenTemporal } from './temporal/connect.ts'
import { createFeedbackRuns, type FeedbackRuns } from './temporal/feedback-runs.ts'
import { createHandoffRuns, type HandoffRuns } from './temporal/handoff-runs.ts'
import { createJobRuns, type JobRuns } from './temporal/job-runs.ts'
import { createMasterplanRuns, type MasterplanRuns } from './temporal/masterplan-runs.ts'
import { createPlanRuns, type PlanRuns } from './temporal/plan-runs.ts'

/** The runs in Temporal, kind by kind. */
export interface Runs {
  readonly runs: PlanRuns
  readonly feedbackRuns: FeedbackRuns
  readonly masterplanRuns: MasterplanRuns
  readonly handoffRuns: HandoffRuns
  readonly jobRuns: JobRuns
}

/** Makes the runs of all kinds, which start and end at the pace the configuration says. */
export function createRuns(config: ApiConfig, { client }: OpenTemporal): Runs {
  const pace = {
    heartbeat_timeout_ms: config.STAGE_HEARTBEAT_MS,
    initial_interval_ms: config.STAGE_RETRY_MS,
    max_attempts: config.STAGE_MAX_ATTEMPTS,
  }
  const startsRuns = { client, pace, taskQueue: config.TASK_QUEUE }
  return {
    runs: createPlanRuns(startsRuns),
    feedbackRuns: createFeedbackRuns(startsRuns),
    masterplanRuns: createMasterplanRuns(startsRuns),
    handoffRuns: createHandoffRuns(startsRuns),
    jobRuns: createJobRuns({ ...startsRuns, timeoutBaseSeconds: config.JOB_TIMEOUT_SECONDS }),
  }
}

interface Mended extends Runs {
  readonly db: OpenDatabase
  readonly logger: Logger
}

/** What the reconciler does in a round: it helps runs on, kind by kind, and adds up what was counted. */
export function createPasses({ db, logger, ...runs }: Mended): ReconcilerOptions['passes'] {
  return [
    createPass(reconcilePlans({ db, runs: runs.runs, logger }), logger),
    createPass(reconcileFeedback({ db, runs: runs.feedbackRuns, logger }), logger),
    createPass(reconcileMasterplans({ db, runs: runs.masterplanRuns, logger }), logger),
    createPass(reconcileHandoffs({ db, runs: runs.handoffRuns, logger }), logger),
    createPass(reconcileJobs({ db, runs: runs.jobRuns, logger }), logger),
    () => foldTallies(db.write),
  ]
}
