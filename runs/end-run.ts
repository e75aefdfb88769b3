import type { Client, WorkflowHandle } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/common'

type Call = <R>(work: (client: Client) => Promise<R>) => Promise<R>

interface Run {
  readonly workflowId: string
  readonly runId?: string
}

/** Does something to a run; one that has ended by now stays as it is. */
async function unlessGone(
  call: Call,
  { workflowId, runId }: Run,
  work: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<void> {
  try {
    await call((client) => work(client.workflow.getHandle(workflowId, runId)))
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}

/** Terminates a run whose rows say that it is over; one that has ended by now stays as it is. */
export async function endRun(
  call: Call,
  { reason, ...run }: Run & { readonly reason: string },
): Promise<void> {
  await unlessGone(call, run, (handle) => handle.terminate(reason))
}

/** Asks a run to end by itself, with those below it; one that has ended by now stays as it is. */
export async function cancelRun(call: Call, workflowId: string): Promise<void> {
  await unlessGone(call, { workflowId }, (handle) => handle.cancel())
}
