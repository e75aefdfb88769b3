import type { Client } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/common'

import type { OutsideEnd, OutsideEnding } from '../db/intents/outside-ends.ts'

/** What became of a run: `ended` when it came to its end by itself; undefined when there is none. */
export type RunState = 'running' | 'ended' | OutsideEnding | undefined

/** How Temporal calls the ends that no run of ours comes to by itself. */
const OUTSIDE: Readonly<Record<string, OutsideEnding>> = {
  TERMINATED: 'terminated',
  CANCELLED: 'canceled',
  TIMED_OUT: 'timed_out',
  FAILED: 'failed',
}

/** What a status of Temporal says of a run. */
function readStatus(status: string): Exclude<RunState, undefined> {
  return status === 'RUNNING' ? 'running' : (OUTSIDE[status] ?? 'ended')
}

/** How a run was ended that is over although its rows say otherwise. */
export function endOf(status: string): OutsideEnding {
  return OUTSIDE[status] ?? 'failed'
}

/** Looks a run up by its workflow id. */
export async function findRun(
  call: <R>(work: (client: Client) => Promise<R>) => Promise<R>,
  workflowId: string,
): Promise<RunState> {
  try {
    const { status } = await call((client) => client.workflow.getHandle(workflowId).describe())
    return readStatus(status.name)
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}

/** An end from outside with the reason that was typed there, which only the last event of the run has. */
export async function readEnd(
  call: <R>(work: (client: Client) => Promise<R>) => Promise<R>,
  workflowId: string,
  how: OutsideEnding,
): Promise<OutsideEnd> {
  const { history } = await call(({ workflowService, options: { namespace } }) =>
    workflowService.getWorkflowExecutionHistoryReverse({
      namespace,
      execution: { workflowId },
      maximumPageSize: 1,
    }),
  )
  return { how, said: history?.events?.[0]?.workflowExecutionTerminatedEventAttributes?.reason ?? null }
}
