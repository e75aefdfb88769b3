import type { Client } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/common'

/** What became of a run: `stopped` when it was terminated from outside; undefined when there is none. */
export type RunState = 'running' | 'ended' | 'stopped' | undefined

/** Looks a run up by its workflow id. */
export async function findRun(
  call: <R>(work: (client: Client) => Promise<R>) => Promise<R>,
  workflowId: string,
): Promise<RunState> {
  try {
    const { status } = await call((client) => client.workflow.getHandle(workflowId).describe())
    if (status.name === 'RUNNING') return 'running'
    return status.name === 'TERMINATED' ? 'stopped' : 'ended'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}
