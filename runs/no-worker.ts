import { WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client'

import { ApiProblem } from '../contract/problem.ts'
import { PartAway } from './part-away.ts'

// An Update is answered by a worker; without one it would wait for ever.
export const UPDATE_DEADLINE_MS = 10_000
const RETRY_SECONDS = 10

/** Whether no worker answered an Update in time. */
export function isTooLate(error: unknown): error is Error {
  const cause = error instanceof PartAway ? error.cause : error
  return cause instanceof WorkflowUpdateRPCTimeoutOrCancelledError
}

/** The problem of a wish that no worker took in time. */
export function noWorker(of: 'masterplan' | 'build' | 'worker', cause: Error): ApiProblem {
  const detail = `No worker took this in time. Once a worker is up, look at the ${of}: if nothing has changed, send it again.`
  return new ApiProblem('SERVICE_UNAVAILABLE', detail, { cause, retryAfterSeconds: RETRY_SECONDS })
}
