import type { Client } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/common'

/** Terminates a run whose rows say that it is over; one that has ended by now stays as it is. */
export async function endRun(
  call: <R>(work: (client: Client) => Promise<R>) => Promise<R>,
  {
    workflowId,
    runId,
    reason,
  }: { readonly workflowId: string; readonly runId?: string; readonly reason: string },
): Promise<void> {
  try {
    await call((client) => client.workflow.getHandle(workflowId, runId).terminate(reason))
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
