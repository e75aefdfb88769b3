import { ApplicationFailure } from '@temporalio/activity'

import type { LastError } from '../contract/snapshot.ts'
import type { Stage } from '../contract/stages.ts'
import { RUN_ERRORS, RunFailure, type RunErrorCode } from '../contract/run-errors.ts'
import { isDatabaseAway } from '../db/open.ts'
import { RunParked, RunSuperseded } from '../db/write/fence.ts'
import type { StageTry } from '../db/write/run-steps.ts'
import type { ActivityDeps } from './deps.ts'
import type { StageRecords } from './stage-records.ts'

const OUR_FAULT =
  'Something went wrong on our side in this stage. Retry it; if it fails again, tell the operator the job id.'

const STORE_AWAY = 'STORE_AWAY'

interface FailedTry {
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

function parkedFailure(code: RunErrorCode): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message: RUN_ERRORS[code].title,
    nonRetryable: true,
    details: ['parked'],
  })
}

function supersededFailure(): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'SUPERSEDED',
    message: RUN_ERRORS.SUPERSEDED.title,
    nonRetryable: true,
  })
}

// The message of an unknown error may quote a document, so only its kind and place are logged.
function describeUnknown(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { kind: error.name, stack: frames.join('\n') }
}

interface Reporting<S extends Stage> extends Pick<ActivityDeps, 'db' | 'logger'> {
  readonly park: StageRecords<S>['park']
}

/**
 * Turns any failure of a try into what Temporal is told: a code and a fixed title. The words for the person, which may
 * name a file or quote a policy, go into our own database only, together with the state of the run.
 */
export async function reportFailure<S extends Stage>(
  deps: Reporting<S>,
  step: StageTry<S>,
  failed: FailedTry,
): Promise<unknown> {
  const verdict = judgeFailure(failed, step.attempt)
  const about = { stage: step.stage, attempt: step.attempt }
  if (verdict.kind === 'canceled') return failed.signal.reason
  if (verdict.kind === 'superseded') return supersededFailure()
  if (verdict.kind === 'parked') return parkedFailure(verdict.code)
  const error = describeUnknown(failed.error)
  if (verdict.kind === 'park') {
    const { code, message } = verdict
    deps.logger.warn({ ...about, code, error }, 'a run is parked')
    return park(deps, step, { code, message, stage: step.stage, retryable: RUN_ERRORS[code].retryable })
  }
  const { type, message, after_ms } = verdict
  deps.logger.warn({ ...about, type, error }, 'a try of a stage failed')
  return ApplicationFailure.create({
    type,
    message,
    ...(after_ms === undefined ? {} : { nextRetryDelay: after_ms }),
  })
}

async function park<S extends Stage>(
  deps: Reporting<S>,
  step: StageTry<S>,
  error: LastError,
): Promise<unknown> {
  try {
    await deps.park(deps.db.write, step, error)
    return parkedFailure(error.code)
  } catch (cause) {
    if (cause instanceof RunSuperseded) return supersededFailure()
    if (cause instanceof RunParked) return parkedFailure(cause.code)
    deps.logger.error({ stage: step.stage, error: describeUnknown(cause) }, 'a run could not be parked yet')
    return ApplicationFailure.create({
      type: STORE_AWAY,
      message: 'The failure could not be written down yet',
    })
  }
}
