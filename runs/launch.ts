import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client'
import type { SearchAttributePair } from '@temporalio/common'

// gRPC status code INVALID_ARGUMENT.
const INVALID_ARGUMENT: ReadonlySet<number> = new Set([3])

/** Whether a namespace refused a start because nobody has registered what our runs are found by. */
function lacksAttributes(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (isGrpcServiceError(error) && INVALID_ARGUMENT.has(error.code))
    return /search attribute/i.test(error.message)
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
  try {
    await call((client) => client.workflow.start(workflow, { ...options, typedSearchAttributes: attributes }))
  } catch (error) {
    // A worker registers them when it first starts; until then a run must not wait for that.
    if (!lacksAttributes(error)) throw error
    await call((client) => client.workflow.start(workflow, options))
  }
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
