import { createHash } from 'node:crypto'

import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client'
import { defineSearchAttributeKey, WorkflowNotFoundError } from '@temporalio/common'

import { assignmentWorkflowId } from '../../contract/ids.ts'
import type { WorkspaceView } from '../../db/read/workspaces.ts'
import { PLAN_WORKFLOW, type PlanRunInput, type StagePace } from '../../workflows/messages.ts'
import { callTemporal } from './connect.ts'

const DEADLINE_MS = 5_000

const RUN_KIND = defineSearchAttributeKey('RunKind', 'KEYWORD')
const COURSE_ID = defineSearchAttributeKey('CourseId', 'KEYWORD')
const USER_REF = defineSearchAttributeKey('UserRef', 'KEYWORD')
const GENERATION = defineSearchAttributeKey('Generation', 'INT')
const STAGE_STATE = defineSearchAttributeKey('StageState', 'KEYWORD')

export interface PlanRunsOptions {
  readonly client: Client
  readonly pace: StagePace
  readonly taskQueue: string
}

/** Starts planning runs; each method throws PartAway when Temporal does not answer. */
export interface PlanRuns {
  /** Starts the run of this generation unless one is running; whether it was started now. */
  start(view: WorkspaceView): Promise<boolean>
  /** Puts the run of this generation in the place of whatever runs for the assignment. */
  replace(view: WorkspaceView): Promise<void>
  /** Sees to it that the run of this very generation is under way; whether it had to be started. */
  ensure(view: WorkspaceView): Promise<boolean>
}

const USER_REF_LENGTH = 16

/** A stand-in for a user in search attributes, which are never encrypted. */
function userRef(user_id: string): string {
  return createHash('sha256').update(user_id).digest('hex').slice(0, USER_REF_LENGTH)
}

function optionsFor(view: WorkspaceView, { pace, taskQueue }: PlanRunsOptions) {
  const { workspace_id, generation, job_id, course_id, assignment_id } = view
  const input: PlanRunInput = { workspace_id, generation, job_id, pace }
  return {
    workflowId: assignmentWorkflowId(view),
    taskQueue,
    args: [input],
    staticSummary: `Plan for course ${course_id}, assignment ${assignment_id}, generation ${generation}`,
    staticDetails: [
      'Turns one Canvas assignment into a checked plan in six stages.',
      '',
      'A stage that cannot go on **parks** the run: *Current details* says why and what to do. Documents, prompts and plans are not here: they stand in PostgreSQL under the job id.',
    ].join('\n'),
    typedSearchAttributes: [
      { key: RUN_KIND, value: 'plan' },
      { key: COURSE_ID, value: course_id },
      { key: USER_REF, value: userRef(view.user_id) },
      { key: GENERATION, value: generation },
      { key: STAGE_STATE, value: 'running' },
    ],
    memo: { generation },
  } satisfies WorkflowStartOptions
}

async function runningGeneration(client: Client, workflowId: string): Promise<number | null> {
  try {
    const { status, memo } = await client.workflow.getHandle(workflowId).describe()
    if (status.name !== 'RUNNING') return null
    return typeof memo?.['generation'] === 'number' ? memo['generation'] : 0
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null
    throw error
  }
}

/** Makes what starts planning runs. */
export function createPlanRuns(options: PlanRunsOptions): PlanRuns {
  const { client } = options
  const call = <R>(work: () => Promise<R>): Promise<R> => callTemporal(client, DEADLINE_MS, work)

  const startUnlessRunning = async (
    view: WorkspaceView,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' | 'ALLOW_DUPLICATE',
  ): Promise<boolean> => {
    const policies = { workflowIdConflictPolicy: 'FAIL', workflowIdReusePolicy } as const
    try {
      await call(() => client.workflow.start(PLAN_WORKFLOW, { ...optionsFor(view, options), ...policies }))
      return true
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false
      throw error
    }
  }

  const replace = async (view: WorkspaceView): Promise<void> => {
    const policies = {
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    } as const
    await call(() => client.workflow.start(PLAN_WORKFLOW, { ...optionsFor(view, options), ...policies }))
  }

  const ensure = async (view: WorkspaceView): Promise<boolean> => {
    const running = await call(() => runningGeneration(client, assignmentWorkflowId(view)))
    if (running === view.generation) return false
    if (running === null) return startUnlessRunning(view, 'ALLOW_DUPLICATE')
    await replace(view)
    return true
  }

  return { start: (view) => startUnlessRunning(view, 'ALLOW_DUPLICATE_FAILED_ONLY'), replace, ensure }
}
