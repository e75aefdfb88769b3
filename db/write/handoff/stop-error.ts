import type { HandoffMove } from '../../../contract/handoff/decision.ts'
import { RUN_ERRORS, type RunErrorCode } from '../../../contract/run-errors.ts'
import type { LastError } from '../../../contract/snapshot.ts'

const LIMIT_WORDS = {
  RETRIES_EXHAUSTED:
    'The work was sent back three times, and once more was asked for. Look at what the tests say, then recover the build by an advance from error.',
  NON_CONVERGENCE:
    'The build was rolled back as often as it may be. Recover it by an advance from error, or start a new one.',
} as const

/** The error of a build that stops, in words for whoever takes it up again. */
export function stopError(code: RunErrorCode, message: string): LastError {
  return { code, message, stage: null, retryable: RUN_ERRORS[code].retryable }
}

/** The error of a build that stops at a limit. */
export function limitError(limit: NonNullable<HandoffMove['limit']>): LastError {
  return stopError(limit, LIMIT_WORDS[limit])
}
