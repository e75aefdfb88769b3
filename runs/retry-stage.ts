import {
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client'
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common'

import { ApiProblem } from '../contract/problem.ts'
import { PartAway } from './part-away.ts'
import {
  RETRY_REFUSALS,
  retryStage,
  type RetryRefusal,
  type RetryStageMessage,
} from '../workflows/messages.ts'
import { callTemporal } from './connect.ts'

// An Update is answered by a worker; without one it would wait for ever.
const DEADLINE_MS = 8_000
const RETRY_SECONDS = 10

/** What became of the wish to retry; `gone` when no run is waiting any more. */
export type RetryOutcome =
  | { readonly kind: 'retried' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly why: RetryRefusal }

// Temporal itself answered: what ran out of time is the wait for a worker.
function timedOut(error: unknown): error is Error {
  const cause = error instanceof PartAway ? error.cause : error
  return cause instanceof WorkflowUpdateRPCTimeoutOrCancelledError
}

function noWorker(cause: Error): ApiProblem {
  const detail =
    'No worker took the retry in time. Once a worker is up, look at the assignment: if it still waits, send the retry again.'
  return new ApiProblem('SERVICE_UNAVAILABLE', detail, { cause, retryAfterSeconds: RETRY_SECONDS })
}

/** Asks the parked run to go on; throws PartAway when Temporal is away, ApiProblem (503) when every worker is. */
export async function askToRetry(
  client: Client,
  workflowId: string,
  message: RetryStageMessage,
): Promise<RetryOutcome> {
  const updateId = message.request_id
  const options = { args: [message] as [RetryStageMessage], ...(updateId === null ? {} : { updateId }) }
  try {
    await callTemporal(client, DEADLINE_MS, () =>
      client.workflow.getHandle(workflowId).executeUpdate(retryStage, options),
    )
    return { kind: 'retried' }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'gone' }
    if (timedOut(error)) throw noWorker(error)
    const why = refusalOf(error)
    if (why === undefined) throw error
    return { kind: 'refused', why }
  }
}

function refusalOf(error: unknown): RetryRefusal | undefined {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined
  const { type } = error.cause
  return RETRY_REFUSALS.find((refusal) => refusal === type)
}
