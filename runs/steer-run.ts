import { WorkflowUpdateFailedError, type Client } from '@temporalio/client'
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  WorkflowNotFoundError,
} from '@temporalio/common'

import { steerRun, type SteerOutcome, type SteerWish } from '../workflows/messages.ts'
import { callTemporal } from './connect.ts'
import { isTooLate, noWorker, UPDATE_DEADLINE_MS } from './no-worker.ts'

// How Temporal's server answers an Update whose run came to its end before the Update did.
const RUN_ENDED = 'AcceptedUpdateCompletedWorkflow'

/** Whether a run came to its end, or was canceled, before it had answered a wish. */
export function hasEnded(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true
  if (!(error instanceof WorkflowUpdateFailedError)) return false
  const { cause } = error
  if (cause instanceof ApplicationFailure) return cause.type === RUN_ENDED
  // The run was canceled while it had the wish carried out: what came of it stands in the database.
  return (cause instanceof ActivityFailure ? cause.cause : cause) instanceof CancelledFailure
}

/** The Update of a wish: the same wish twice is one Update. */
export function steeringUpdate(wish: SteerWish) {
  return { args: [wish] as [SteerWish], updateId: `${wish.verb}:${wish.request_id}` }
}

/**
 * Has a run pause before its next stage, or go on; null when no such run is under way, or not any more. Throws PartAway when Temporal is
 * away, ApiProblem (503) when all workers are.
 */
export async function askToSteer(
  client: Client,
  workflowId: string,
  wish: SteerWish,
): Promise<SteerOutcome | null> {
  const update = steeringUpdate(wish)
  try {
    return await callTemporal(client, UPDATE_DEADLINE_MS, () =>
      client.workflow.getHandle(workflowId).executeUpdate(steerRun, update),
    )
  } catch (error) {
    if (hasEnded(error)) return null
    if (isTooLate(error)) throw noWorker('worker', error)
    throw error
  }
}
