import { WithStartWorkflowOperation, type Client } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/common'

import { handoffWorkflowId } from '../contract/ids.ts'
import {
  driveHandoff,
  HANDOFF_WORKFLOW,
  steerRun,
  type Driven,
  type HandoffEnd,
  type HandoffRunInput,
  type StagePace,
  type SteerOutcome,
  type SteerWish,
} from '../workflows/messages.ts'
import { callTemporal } from './connect.ts'
import { cancelRun } from './end-run.ts'
import { findRun, type RunState } from './find-run.ts'
import { launchOnce, withAttributes } from './launch.ts'
import { isTooLate, noWorker, UPDATE_DEADLINE_MS } from './no-worker.ts'
import { handoffAttributes } from './start-options.ts'
import { hasEnded, steeringUpdate } from './steer-run.ts'

const DEADLINE_MS = 5_000

const DETAILS = [
  'Carries one build through its six phases over five roles.',
  '',
  'It may wait for a person for weeks: *Current details* says for whom. Results and files are not here: they stand in PostgreSQL under the workflow id.',
].join('\n')

interface Owned {
  readonly workflow_id: string
  readonly user_id: string
}

/** Whose build a run is for. */
interface Build extends Owned {
  /** Null for a build that is its own root. */
  readonly task_id: string | null
}

export interface HandoffRunsOptions {
  readonly client: Client
  readonly pace: StagePace
  readonly taskQueue: string
}

/** Reaches the runs of builds; each method throws PartAway when Temporal is away, ApiProblem (503) when all workers are. */
export interface HandoffRuns {
  /** Starts the run of a build unless one is running; whether it was started now. */
  start(build: Build): Promise<boolean>
  /** Has a run carry an intent out, one that is started where none is; null for the build of a task that nobody works at. */
  drive(build: Build, intent_id: string): Promise<Driven | null>
  /** Has a build that is its own root pause before its next phase, or go on: its run is started where it was lost. Null when it ended meanwhile. */
  steer(build: Owned, wish: SteerWish): Promise<SteerOutcome | null>
  find(workflow_id: string): Promise<RunState>
  /** Ends the run of a build that was canceled beside it. */
  end(workflow_id: string): Promise<void>
}

type WithStart = WithStartWorkflowOperation<(input: HandoffRunInput) => Promise<HandoffEnd>>

const optionsOf = (workflow_id: string, { pace, taskQueue }: HandoffRunsOptions) => {
  const input: HandoffRunInput = { workflow_id, pace }
  return {
    workflowId: handoffWorkflowId(workflow_id),
    taskQueue,
    args: [input] as [HandoffRunInput],
    staticSummary: 'A build, handed on between five roles',
    staticDetails: DETAILS,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  } as const
}

/** Makes what reaches the runs of builds. */
export function createHandoffRuns(options: HandoffRunsOptions): HandoffRuns {
  const call = <R>(work: (client: Client) => Promise<R>, deadlineMs = DEADLINE_MS): Promise<R> =>
    callTemporal(options.client, deadlineMs, () => work(options.client))
  const askWithStart = <R>(build: Owned, ask: (client: Client, start: WithStart) => Promise<R>): Promise<R> =>
    withAttributes(handoffAttributes(build), (typedSearchAttributes) => {
      const started = { ...optionsOf(build.workflow_id, options), typedSearchAttributes }
      const policy = { workflowIdConflictPolicy: 'USE_EXISTING' } as const
      return call(
        (client) => ask(client, new WithStartWorkflowOperation(HANDOFF_WORKFLOW, { ...started, ...policy })),
        UPDATE_DEADLINE_MS,
      )
    })
  return {
    find: (workflow_id) => findRun(call, handoffWorkflowId(workflow_id)),
    end: (workflow_id) => cancelRun(call, handoffWorkflowId(workflow_id)),
    start: async (build) => {
      const policy = { workflowIdConflictPolicy: 'FAIL' } as const
      const started = { ...optionsOf(build.workflow_id, options), ...policy }
      const attributes = handoffAttributes(build)
      return launchOnce(call, { workflow: HANDOFF_WORKFLOW, options: started, attributes })
    },
    drive: async (build, intent_id) => {
      const update = { args: [{ intent_id }] as [{ intent_id: string }], updateId: intent_id }
      const workflowId = handoffWorkflowId(build.workflow_id)
      try {
        // The run of a task's build is started by the run of its masterplan alone, as its child.
        return build.task_id === null
          ? await askWithStart(build, (client, startWorkflowOperation) =>
              client.workflow.executeUpdateWithStart(driveHandoff, { ...update, startWorkflowOperation }),
            )
          : await call(
              (client) => client.workflow.getHandle(workflowId).executeUpdate(driveHandoff, update),
              UPDATE_DEADLINE_MS,
            )
      } catch (error) {
        if (isTooLate(error)) throw noWorker('build', error)
        if (error instanceof WorkflowNotFoundError) return null
        throw error
      }
    },
    steer: async (build, wish) => {
      try {
        return await askWithStart(build, (client, startWorkflowOperation) =>
          client.workflow.executeUpdateWithStart(steerRun, {
            ...steeringUpdate(wish),
            startWorkflowOperation,
          }),
        )
      } catch (error) {
        if (isTooLate(error)) throw noWorker('worker', error)
        if (hasEnded(error)) return null
        throw error
      }
    },
  }
}
