import { RUN_ERRORS, type RunErrorCode } from '../../contract/run-errors.ts'
import type { FeedbackStage } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import type { StopCause } from '../write/run-steps.ts'
import { RunParked, RunSuperseded, type RunRef } from '../write/fence.ts'
import { failFeedback } from '../write/feedback-ends.ts'
import { causeOfEnd, codeOfEnd, type OutsideEnd } from './outside-ends.ts'
import { sayEnd } from '../write/say-end.ts'

export interface CloseFeedbackInput extends RunRef {
  readonly stage: FeedbackStage
  readonly code: RunErrorCode
}

const WORDS: Partial<Record<RunErrorCode, string>> = {
  CANCELED: 'The feedback was canceled. Ask for it again whenever you like.',
  TERMINATED: 'The feedback was ended from outside. Ask for it again.',
  RETRIES_EXHAUSTED:
    'The feedback never came to an end. Ask for it again; if it fails again, tell the operator the job id.',
}

const BY_OPERATOR = {
  what: 'this feedback',
  next: 'If you still want it once that is settled, ask for it again.',
}

/** Writes down the end of a feedback job that no stage could write itself; of no effect when it is written already. */
export async function closeFeedback(db: WriteDb, input: CloseFeedbackInput, by?: StopCause): Promise<void> {
  const { workspace_id, generation, job_id, stage, code } = input
  const message = sayEnd(WORDS[code] ?? `${RUN_ERRORS[code].title}.`, BY_OPERATOR, by)
  const step = { workspace_id, generation, job_id, stage, attempt: 0 }
  try {
    await failFeedback(db, step, { code, message, stage, retryable: RUN_ERRORS[code].retryable }, by)
  } catch (error) {
    if (error instanceof RunSuperseded || error instanceof RunParked) return
    throw error
  }
}

/** Writes down that the run of a feedback job was ended in Temporal, which nobody else will tell of. */
export async function closeEndedFeedback(
  db: WriteDb,
  step: Omit<CloseFeedbackInput, 'code'>,
  end: OutsideEnd,
): Promise<void> {
  await closeFeedback(db, { ...step, code: codeOfEnd(end) }, causeOfEnd(end))
}
