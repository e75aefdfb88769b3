import type { FeedbackTarget } from '../../contract/feedback.ts'
import type { LastError } from '../../contract/snapshot.ts'
import { STAGE_RANGES } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import { newEvent } from './events.ts'
import {
  feedbackEnvelope,
  feedbackStageCompleted,
  setFeedbackRunning,
  showFeedbackStep,
  writeFeedback,
  type FeedbackTry,
} from './feedback-steps.ts'
import { insertJobArtefacts } from './job-artefacts.ts'
import { moveJob } from './jobs.ts'
import { SYSTEM, type StopCause } from './run-steps.ts'
import type { StageResult } from './stages.ts'
import { storable } from './storable.ts'

/** Stores the feedback, completes its job and says so, all at once; the workspace stays as it is. */
export async function finishFeedback(
  db: WriteDb,
  step: FeedbackTry,
  target: FeedbackTarget,
  { artefacts, duration_ms }: StageResult,
): Promise<void> {
  await writeFeedback(db, step, async (trx, job) => {
    if (!(await insertJobArtefacts(trx, step.job_id, artefacts))) return []
    const progress = await showFeedbackStep(trx, job, step.stage, STAGE_RANGES[step.stage].to)
    await moveJob(trx, { job_id: step.job_id, to: 'COMPLETED', kind: 'advance', actor: SYSTEM })
    const envelope = feedbackEnvelope(step, 'completed', progress, 'The feedback is ready.')
    return [
      feedbackStageCompleted(step, duration_ms, progress),
      newEvent('feedback_ready', { target }, envelope, `${step.job_id}:feedback_ready`),
    ]
  })
}

/** Ends a feedback job that cannot go on: the reason in words, the job failed (or canceled), one `failed` event. */
export async function failFeedback(
  db: WriteDb,
  step: FeedbackTry,
  given: LastError,
  by: StopCause = { actor: SYSTEM, reason: given.code },
): Promise<void> {
  const error = storable(given)
  const isStopped = error.code === 'CANCELED' || error.code === 'TERMINATED'
  await writeFeedback(db, step, async (trx, job) => {
    // A job may be canceled before it ran, but nothing fails that never ran.
    if (!isStopped) await setFeedbackRunning(trx, step.job_id)
    const progress = await showFeedbackStep(trx, job, step.stage, 0)
    const to = isStopped ? 'CANCELED' : 'FAILED'
    const kind = isStopped ? 'operator' : 'fail'
    await moveJob(trx, { job_id: step.job_id, to, kind, ...by, error })
    const envelope = feedbackEnvelope(step, isStopped ? 'canceled' : 'failed', progress, error.message)
    const payload = { code: error.code, retryable: error.retryable }
    return [newEvent('failed', payload, envelope, `${step.job_id}:failed`)]
  })
}
