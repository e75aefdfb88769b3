import type { FeedbackStage } from '../contract/stages.ts'
import { closeFeedback, type CloseFeedbackInput } from '../db/intents/close-feedback.ts'
import { analyzeSubmission } from './analyze-submission.ts'
import type { ActivityDeps } from './deps.ts'
import { finalizeFeedback } from './finalize-feedback.ts'
import { generateFeedback } from './generate-feedback.ts'
import { ingestSubmission } from './ingest-submission.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

/** The activities of a feedback run by the names Temporal knows them under. */
export type FeedbackActivities = {
  readonly [S in FeedbackStage]: (input: StageInput) => Promise<StageOutcome>
} & { readonly close_feedback: (input: CloseFeedbackInput) => Promise<void> }

/** Makes the activities of feedback runs from everything they reach the world through. */
export function createFeedbackActivities(deps: ActivityDeps): FeedbackActivities {
  return {
    ingest_submission: (input) => ingestSubmission(deps, input),
    analyze_against_plan_and_rubric: (input) => analyzeSubmission(deps, input),
    generate_feedback: (input) => generateFeedback(deps, input),
    finalize_feedback: (input) => finalizeFeedback(deps, input),
    close_feedback: (input) => closeFeedback(deps.db.write, input),
  }
}
