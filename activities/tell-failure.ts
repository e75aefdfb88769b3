import { ApplicationFailure } from '@temporalio/activity'

import { RUN_ERRORS } from '../contract/run-errors.ts'
import type { Verdict } from './judge-failure.ts'

/** What Temporal is told of a try that failed and is made again, or was canceled. */
export function tellFailure(verdict: Verdict, signal: AbortSignal): unknown {
  if (verdict.kind === 'canceled') return signal.reason
  if (verdict.kind === 'again') {
    const { type, message, after_ms } = verdict
    const delay = after_ms === undefined ? {} : { nextRetryDelay: after_ms }
    return ApplicationFailure.create({ type, message, ...delay })
  }
  const code = verdict.kind === 'superseded' ? 'SUPERSEDED' : verdict.code
  return ApplicationFailure.create({ type: code, message: RUN_ERRORS[code].title, nonRetryable: true })
}
