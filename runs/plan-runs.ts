import { type Client, type WorkflowIdConflictPolicy } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/common'

import { assignmentWorkflowId } from '../contract/ids.ts'
import type { WorkspaceView } from '../db/read/workspaces.ts'
import { PLAN_WORKFLOW, type StagePace } from '../workflows/messages.ts'
import { callTemporal } from './connect.ts'
import type { OutsideEnd } from '../db/intents/outside-ends.ts'
import { decideStep, type FoundRun } from './decide-step.ts'
import { endRun } from './end-run.ts'
import { endOf, readEnd } from './find-run.ts'
import { launch, launchOnce, type Launch } from './launch.ts'
import { searchAttributes, startOptions } from './start-options.ts'

const DEADLINE_MS = 5_000
const REPLACED = 'superseded by a newer generation'

export interface PlanRunsOptions {
  readonly client: Client
  readonly pace: StagePace
  readonly taskQueue: string
}

/** `closed` when the run was ended from outside: its rows are for the caller to close. */
export type Ensured =
  | { readonly outcome: 'running' }
  | { readonly outcome: 'started' }
  | { readonly outcome: 'closed'; readonly end: OutsideEnd }

/** Starts planning runs; each method throws PartAway when Temporal does not answer. */
export interface PlanRuns {
  /** Starts the run of this generation unless one is running; whether it was started now. */
  start(view: WorkspaceView): Promise<boolean>
  /** Puts the run of this generation in the place of whatever runs for the assignment. */
  replace(view: WorkspaceView): Promise<void>
  /** Sees to it that the run of this very generation is under way, or says how it was ended. */
  ensure(view: WorkspaceView): Promise<Ensured>
  /** Ends the run of this very generation, without its code being told; whether one was open. */
  end(view: WorkspaceView, reason: string): Promise<boolean>
}

type Found = FoundRun & { readonly runId?: string }

async function find(client: Client, workflowId: string): Promise<Found> {
  try {
    const { status, memo, runId } = await client.workflow.getHandle(workflowId).describe()
    const generation = typeof memo?.['generation'] === 'number' ? memo['generation'] : 0
    if (status.name === 'RUNNING') return { kind: 'open', generation, runId }
    return { kind: 'closed', generation, status: status.name }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'none' }
    throw error
  }
}

interface Policies {
  readonly workflowIdConflictPolicy: WorkflowIdConflictPolicy
  readonly workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' | 'ALLOW_DUPLICATE'
}

class TemporalPlanRuns implements PlanRuns {
  readonly #options: PlanRunsOptions

  constructor(options: PlanRunsOptions) {
    this.#options = options
  }

  #call<R>(work: (client: Client) => Promise<R>): Promise<R> {
    const { client } = this.#options
    return callTemporal(client, DEADLINE_MS, () => work(client))
  }

  #launchOf(view: WorkspaceView, policies: Policies): Launch {
    const options = { ...startOptions(view, this.#options), ...policies }
    return { workflow: PLAN_WORKFLOW, options, attributes: searchAttributes(view) }
  }

  #startUnlessRunning(
    view: WorkspaceView,
    workflowIdReusePolicy: Policies['workflowIdReusePolicy'],
  ): Promise<boolean> {
    const wanted = this.#launchOf(view, { workflowIdConflictPolicy: 'FAIL', workflowIdReusePolicy })
    return launchOnce((work) => this.#call(work), wanted)
  }

  // Only the very run that was found is ended: one that took its place meanwhile is left alone.
  async #end(workflowId: string, runId: string, reason: string): Promise<void> {
    await endRun((work) => this.#call(work), { workflowId, runId, reason })
  }

  async start(view: WorkspaceView): Promise<boolean> {
    return this.#startUnlessRunning(view, 'ALLOW_DUPLICATE_FAILED_ONLY')
  }

  async replace(view: WorkspaceView): Promise<void> {
    const wanted = this.#launchOf(view, {
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    })
    await launch((work) => this.#call(work), wanted)
  }

  async ensure(view: WorkspaceView): Promise<Ensured> {
    const workflowId = assignmentWorkflowId(view)
    const found = await this.#call((client) => find(client, workflowId))
    const step = decideStep(found, view)
    if (step === 'leave') return { outcome: 'running' }
    if (step === 'close' && found.kind === 'closed') {
      const end = await readEnd((work) => this.#call(work), workflowId, endOf(found.status))
      return { outcome: 'closed', end }
    }
    if (step === 'replace' && found.runId !== undefined) await this.#end(workflowId, found.runId, REPLACED)
    const started = await this.#startUnlessRunning(view, 'ALLOW_DUPLICATE')
    return { outcome: started ? 'started' : 'running' }
  }

  async end(view: WorkspaceView, reason: string): Promise<boolean> {
    const workflowId = assignmentWorkflowId(view)
    const found = await this.#call((client) => find(client, workflowId))
    if (found.kind !== 'open' || found.generation !== view.generation || found.runId === undefined)
      return false
    await this.#end(workflowId, found.runId, reason)
    return true
  }
}

/** Makes what starts planning runs. */
export function createPlanRuns(options: PlanRunsOptions): PlanRuns {
  return new TemporalPlanRuns(options)
}
