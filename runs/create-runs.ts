import type { Client } from '@temporalio/client'

import type { RunPace } from '../contract/reconcile.ts'
import { createFeedbackRuns, type FeedbackRuns } from './feedback-runs.ts'
import { createHandoffRuns, type HandoffRuns } from './handoff-runs.ts'
import { createJobRuns, type JobRuns } from './job-runs.ts'
import { createMasterplanRuns, type MasterplanRuns } from './masterplan-runs.ts'
import { createPlanRuns, type PlanRuns } from './plan-runs.ts'

/** The runs in Temporal, kind by kind. */
export interface Runs {
  readonly runs: PlanRuns
  readonly feedbackRuns: FeedbackRuns
  readonly masterplanRuns: MasterplanRuns
  readonly handoffRuns: HandoffRuns
  readonly jobRuns: JobRuns
}

export interface RunsOptions {
  readonly client: Client
  readonly taskQueue: string
  readonly pace: RunPace
}

/** Makes the runs of all kinds, which start and end at this pace. */
export function createRuns({ client, taskQueue, pace }: RunsOptions): Runs {
  const startsRuns = { client, pace: pace.stage, taskQueue }
  return {
    runs: createPlanRuns(startsRuns),
    feedbackRuns: createFeedbackRuns(startsRuns),
    masterplanRuns: createMasterplanRuns(startsRuns),
    handoffRuns: createHandoffRuns(startsRuns),
    jobRuns: createJobRuns({ ...startsRuns, timeoutBaseSeconds: pace.timeout_base_s }),
  }
}
