import type { FeedbackStage } from '../contract/stages.ts'
import { hasJobArtefact } from '../db/read/job-artefacts.ts'
import { failFeedback } from '../db/write/feedback-ends.ts'
import { beginFeedbackStage, completeFeedbackStage } from '../db/write/feedback-steps.ts'
import type { ActivityDeps } from './deps.ts'
import type { StageRecords } from './stage-records.ts'
import { tryStage, type StageInput, type StageOutcome, type Work } from './try-stage.ts'

/** What each stage leaves on its job; that it is there says that the stage is done. */
export const FEEDBACK_ARTEFACTS = {
  ingest_submission: 'submission',
  analyze_against_plan_and_rubric: 'assessment',
  generate_feedback: 'advice',
  finalize_feedback: 'feedback',
} as const satisfies Record<FeedbackStage, string>

const FEEDBACK_RECORDS: StageRecords<FeedbackStage> = {
  isDone: (db, { job_id, stage }) => hasJobArtefact(db, job_id, FEEDBACK_ARTEFACTS[stage]),
  begin: beginFeedbackStage,
  complete: completeFeedbackStage,
  park: failFeedback,
}

/** Runs one try of a stage of feedback; `complete` stores its result. Throws as tryStage does. */
export async function runFeedbackStage(
  deps: ActivityDeps,
  stage: FeedbackStage,
  input: StageInput,
  work: Work<FeedbackStage>,
  complete: StageRecords<FeedbackStage>['complete'] = completeFeedbackStage,
): Promise<StageOutcome> {
  return tryStage(deps, { ...FEEDBACK_RECORDS, complete }, stage, input, work)
}
