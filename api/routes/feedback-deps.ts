import type { OpenDatabase } from '../../db/open.ts'
import type { FeedbackRuns } from '../../runs/feedback-runs.ts'

/** What the feedback routes work with. */
export interface FeedbackDeps {
  readonly db: OpenDatabase
  readonly feedbackRuns: FeedbackRuns
  /** Throws PartAway when Temporal does not answer: asked before anything is written. */
  readonly checkTemporal: () => Promise<void>
}
