import { ApplicationFailure } from '@temporalio/activity'

import { RUN_ERRORS, RunFailure, type RunErrorCode } from '../contract/run-errors.ts'
import { isDatabaseAway } from '../db/open.ts'
import { RunParked, RunSuperseded } from '../db/write/fence.ts'

const OUR_FAULT =
  'Something went wrong on our side in this stage. Retry it; if it fails again, tell the operator the job id.'

export const STORE_AWAY = 'STORE_AWAY'

export interface FailedTry {
  readonly error: unknown
  readonly max_attempts: number
  /** Tries before this one that failed only because PostgreSQL was away; they are not counted. */
  readonly outages: number
  readonly signal: AbortSignal
}

/** Whether what Temporal is told says that only PostgreSQL was away. */
export function isStoreAway(told: unknown): boolean {
  return told instanceof ApplicationFailure && told.type === STORE_AWAY
}

/** What is to be done about a failed try; decided without side effects. */
export type Verdict =
  | { readonly kind: 'canceled' }
  | { readonly kind: 'superseded' }
  | { readonly kind: 'parked'; readonly code: RunErrorCode }
  | { readonly kind: 'park'; readonly code: RunErrorCode; readonly message: string }
  | {
      readonly kind: 'again'
      readonly type: string
      readonly message: string
      readonly after_ms: number | undefined
    }

/** Decides whether a failed try is tried again, parked for a person, or of no interest to anybody any more. */
export function judgeFailure(failed: FailedTry, attempt: number): Verdict {
  const { error, max_attempts, outages, signal } = failed
  if (error instanceof RunSuperseded) return { kind: 'superseded' }
  if (error instanceof RunParked) return { kind: 'parked', code: error.code }
  if (signal.aborted) return { kind: 'canceled' }
  // An outage of our own store is waited out: giving up could not be written down anyway.
  if (isDatabaseAway(error))
    return { kind: 'again', type: STORE_AWAY, message: 'PostgreSQL is away', after_ms: undefined }
  const last = attempt - outages >= max_attempts
  if (error instanceof RunFailure) {
    const { code, message, retryable, retryAfterMs } = error
    if (!retryable || last) return { kind: 'park', code, message }
    return { kind: 'again', type: code, message: RUN_ERRORS[code].title, after_ms: retryAfterMs }
  }
  if (last) return { kind: 'park', code: 'RETRIES_EXHAUSTED', message: OUR_FAULT }
  return {
    kind: 'again',
    type: 'INTERNAL',
    message: 'The stage broke; it is tried again',
    after_ms: undefined,
  }
}

// The message of an unknown error may quote a document, so only its kind and place are logged.
/** An unknown error as a log may show it: its kind and place, never its message. */
export function describeUnknown(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { kind: error.name, stack: frames.join('\n') }
}
