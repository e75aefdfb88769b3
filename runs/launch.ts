import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client'
import type { SearchAttributePair } from '@temporalio/common'

// gRPC status code INVALID_ARGUMENT.
const INVALID_ARGUMENT = 3

/** Whether a namespace refused a start because nobody has registered what our runs are found by. */
function lacksAttributes(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // What starts a run with an update fails with the code alone, and without the rest of what gRPC says.
  if ('code' in error && error.code === INVALID_ARGUMENT) return /search attribute/i.test(error.message)
  return lacksAttributes(error.cause)
}

export interface Launch {
  readonly workflow: string
  readonly options: WorkflowStartOptions
  readonly attributes: SearchAttributePair[]
}

type Call = <R>(work: (client: Client) => Promise<R>) => Promise<R>

/** Starts a workflow with what it is found by, or without where the namespace does not know that yet. */
export async function launch(call: Call, { workflow, options, attributes }: Launch): Promise<void> {
  await withAttributes(attributes, (typedSearchAttributes) =>
    call((client) => client.workflow.start(workflow, { ...options, typedSearchAttributes })),
  )
}

/** As `launch`, of a workflow whose policies refuse a second one; whether it was started now. */
export async function launchOnce(call: Call, wanted: Launch): Promise<boolean> {
  try {
    await launch(call, wanted)
    return true
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false
    throw error
  }
}

/** Does what may start a workflow on the way: with what that is found by, or without where the namespace does not know it yet. */
export async function withAttributes<R>(
  attributes: SearchAttributePair[],
  work: (typedSearchAttributes: SearchAttributePair[]) => Promise<R>,
): Promise<R> {
  try {
    return await work(attributes)
  } catch (error) {
    // A worker registers them when it first starts; until then a run must not wait for that.
    if (!lacksAttributes(error)) throw error
    return work([])
  }
}
