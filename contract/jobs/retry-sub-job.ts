import { MAX_SUB_JOB_RETRIES } from './depth.ts'

/** A sub-job that has failed. */
export interface FailedSubJob {
  readonly attempt: number
  /** Why, by its run error code. */
  readonly code: string
  /** Whether it was split: then its error is that of a job below, which had its own retries. */
  readonly is_split: boolean
}

// What a new attempt may do better. A model that is away was waited for by the step itself: retries never multiply.
const CAN_HELP: ReadonlySet<string> = new Set(['MODEL_OUTPUT_INVALID', 'RETRIES_EXHAUSTED'])

/** Whether a sub-job is tried again, as a new job: at most twice, and only where that may help. */
export function mayRetrySubJob({ attempt, code, is_split }: FailedSubJob): boolean {
  return !is_split && attempt <= MAX_SUB_JOB_RETRIES && CAN_HELP.has(code)
}
