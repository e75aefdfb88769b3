import type { Client } from '@temporalio/client'

import type { OpenDatabase } from '../../../db/open.ts'
import type { FeedbackRuns } from '../../../runs/feedback-runs.ts'
import type { HandoffRuns } from '../../../runs/handoff-runs.ts'
import type { JobRuns } from '../../../runs/job-runs.ts'
import type { MasterplanRuns } from '../../../runs/masterplan-runs.ts'
import type { PlanRuns } from '../../../runs/plan-runs.ts'

/** What the job routes work with: the rows, and the runs of every kind. */
export interface JobDeps {
  readonly db: OpenDatabase
  readonly client: Client
  readonly jobRuns: JobRuns
  readonly planRuns: PlanRuns
  readonly feedbackRuns: FeedbackRuns
  readonly masterplanRuns: MasterplanRuns
  readonly handoffRuns: HandoffRuns
  /** Throws PartAway when Temporal does not answer: asked before anything is written. */
  readonly checkTemporal: () => Promise<void>
}
