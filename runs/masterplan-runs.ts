import { WithStartWorkflowOperation, WorkflowUpdateFailedError, type Client } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'

import { nameTaskRetry } from '../contract/execution/plan-controls.ts'
import { masterplanWorkflowId } from '../contract/ids.ts'
import {
  changeMasterplan,
  MASTERPLAN_WORDS,
  MASTERPLAN_WORKFLOW,
  retryMasterplanTask,
  STATE_REFUSAL,
  type ChangeMessage,
  type MasterplanRunInput,
  type PlanOutcome,
  type StagePace,
  type TaskRetryMessage,
  type TaskRetryOutcome,
} from '../workflows/messages.ts'
import { callTemporal } from './connect.ts'
import { endRun } from './end-run.ts'
import { findRun, type RunState } from './find-run.ts'
import { launchOnce, withAttributes } from './launch.ts'
import { isTooLate, noWorker, UPDATE_DEADLINE_MS } from './no-worker.ts'
import { masterplanAttributes } from './start-options.ts'

const DEADLINE_MS = 5_000

/** Whose masterplan a run is for, as search attributes tell it. */
export interface RunOwner {
  readonly masterplan_id: string
  readonly user_id: string
  readonly course_id: string
  readonly generation: number
}

export interface MasterplanRunsOptions {
  readonly client: Client
  readonly pace: StagePace
  readonly taskQueue: string
}

/** Reaches the runs of masterplans; each method throws PartAway when Temporal is away, ApiProblem (503) when all workers are. */
export interface MasterplanRuns {
  /** Starts the run of a masterplan unless one is running; whether it was started now. */
  start(owner: RunOwner): Promise<boolean>
  /** Puts a wish to the run, starting one where none is; null when its state does not admit the wish. */
  change(owner: RunOwner, message: ChangeMessage): Promise<PlanOutcome | null>
  retryTask(owner: RunOwner, message: TaskRetryMessage): Promise<TaskRetryOutcome | null>
  /** Ends the run of a masterplan that was cancelled beside it. */
  end(masterplan_id: string, reason: string): Promise<void>
  /** Whether a run was ended from outside; undefined when there is none. */
  find(masterplan_id: string): Promise<RunState>
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === STATE_REFUSAL
  )
}

const optionsOf = (owner: RunOwner, { pace, taskQueue }: MasterplanRunsOptions) => {
  const input: MasterplanRunInput = { masterplan_id: owner.masterplan_id, pace }
  return {
    workflowId: masterplanWorkflowId(owner.masterplan_id),
    taskQueue,
    args: [input] as [MasterplanRunInput],
    ...MASTERPLAN_WORDS,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  } as const
}

class TemporalMasterplanRuns implements MasterplanRuns {
  readonly #options: MasterplanRunsOptions

  constructor(options: MasterplanRunsOptions) {
    this.#options = options
  }

  #call<R>(work: (client: Client) => Promise<R>, deadlineMs = DEADLINE_MS): Promise<R> {
    const { client } = this.#options
    return callTemporal(client, deadlineMs, () => work(client))
  }

  async start(owner: RunOwner): Promise<boolean> {
    const options = { ...optionsOf(owner, this.#options), workflowIdConflictPolicy: 'FAIL' as const }
    const attributes = masterplanAttributes(owner)
    return launchOnce((work) => this.#call(work), { workflow: MASTERPLAN_WORKFLOW, options, attributes })
  }

  async #ask<R>(owner: RunOwner, ask: (client: Client, start: WithStart) => Promise<R>): Promise<R | null> {
    const options = { ...optionsOf(owner, this.#options), workflowIdConflictPolicy: 'USE_EXISTING' as const }
    try {
      return await withAttributes(masterplanAttributes(owner), (typedSearchAttributes) =>
        this.#call((client) => {
          const started = { ...options, typedSearchAttributes }
          return ask(client, new WithStartWorkflowOperation(MASTERPLAN_WORKFLOW, started))
        }, UPDATE_DEADLINE_MS),
      )
    } catch (error) {
      if (isTooLate(error)) throw noWorker('masterplan', error)
      if (isRefusal(error)) return null
      throw error
    }
  }

  change(owner: RunOwner, message: ChangeMessage): Promise<PlanOutcome | null> {
    const more = { args: [message] as [ChangeMessage], updateId: `${message.verb}:${message.change_id}` }
    return this.#ask(owner, (client, startWorkflowOperation) =>
      client.workflow.executeUpdateWithStart(changeMasterplan, { ...more, startWorkflowOperation }),
    )
  }

  retryTask(owner: RunOwner, message: TaskRetryMessage): Promise<TaskRetryOutcome | null> {
    const more = {
      args: [message] as [TaskRetryMessage],
      updateId: `${nameTaskRetry(message.task_id)}:${message.change_id}`,
    }
    return this.#ask(owner, (client, startWorkflowOperation) =>
      client.workflow.executeUpdateWithStart(retryMasterplanTask, { ...more, startWorkflowOperation }),
    )
  }

  end(masterplan_id: string, reason: string): Promise<void> {
    return endRun((work) => this.#call(work), { workflowId: masterplanWorkflowId(masterplan_id), reason })
  }

  find(masterplan_id: string): Promise<RunState> {
    return findRun((work) => this.#call(work), masterplanWorkflowId(masterplan_id))
  }
}

type WithStart = WithStartWorkflowOperation<(input: MasterplanRunInput) => Promise<void>>

/** Makes what reaches the runs of masterplans. */
export function createMasterplanRuns(options: MasterplanRunsOptions): MasterplanRuns {
  return new TemporalMasterplanRuns(options)
}
