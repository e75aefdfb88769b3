import { Advice, Assessment, FeedbackTarget } from '../contract/feedback.ts'
import { readJobArtefact } from '../db/read/job-artefacts.ts'
import { StoredFeedback } from '../db/read/feedback-jobs.ts'
import { readSubmission } from '../db/read/submissions.ts'
import { finishFeedback } from '../db/write/feedback-ends.ts'
import type { ActivityDeps } from './deps.ts'
import { composeFeedback } from './feedback/compose-feedback.ts'
import { FEEDBACK_ARTEFACTS, runFeedbackStage } from './run-feedback-stage.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'

/** Puts the feedback together, stores it with its evidence and completes the job. */
export async function finalizeFeedback(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  const { read } = deps.db
  const { job_id } = input
  const readTarget = async () => {
    const { target_type: type, target_id: id } = await readSubmission(read, job_id)
    return FeedbackTarget.parse({ type, id })
  }
  const work = async () => {
    const target = await readTarget()
    const found = FEEDBACK_ARTEFACTS.analyze_against_plan_and_rubric
    const assessment = await readJobArtefact(read, job_id, found, Assessment)
    const advice = await readJobArtefact(read, job_id, FEEDBACK_ARTEFACTS.generate_feedback, Advice)
    const body = StoredFeedback.parse(composeFeedback({ target, assessment, advice }))
    return { artefacts: [{ kind: FEEDBACK_ARTEFACTS.finalize_feedback, body }] }
  }
  return runFeedbackStage(deps, 'finalize_feedback', input, work, async (db, step, result) =>
    finishFeedback(db, step, await readTarget(), result),
  )
}
