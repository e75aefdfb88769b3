import type { ExpressionBuilder, Transaction, Updateable } from 'kysely'

import type { Actor } from '../../contract/machines.ts'
import type { PlanStage, Stage } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import type { AssignmentWorkspacesTable, Database } from '../schema.ts'
import { appendEvents, wakeHubs, type NewEvent } from './events.ts'
import { fenceRun, type FencedWorkspace, type RunRef } from './fence.ts'
import { moveJobFrom } from './jobs.ts'
import { storable } from './storable.ts'

/** Who moves a run that nobody steers. */
export const SYSTEM: Actor = { type: 'system', id: 'worker' }

/** Who stops a run, and why. */
export interface StopCause {
  readonly actor: Actor
  readonly reason: string
  readonly request_id?: string | null
}

/** One try of one stage of one run. */
export interface StageTry<S extends Stage = PlanStage> extends RunRef {
  readonly stage: S
  /** Counts the tries of this stage by the worker, from 1. */
  readonly attempt: number
}

type Change = Omit<Updateable<AssignmentWorkspacesTable>, 'version' | 'created_at' | 'updated_at'>

/** One transaction of a run: fence, change, event. The event's progress never falls inside one job. */
export async function writeRun(
  db: WriteDb,
  run: RunRef,
  work: (trx: Transaction<Database>, workspace: FencedWorkspace) => Promise<readonly NewEvent[]>,
): Promise<void> {
  const seq = await db.transaction().execute(async (trx) => {
    const workspace = await fenceRun(trx, run)
    const events = await work(trx, workspace)
    return events.length === 0 ? null : appendEvents(trx, run.workspace_id, events)
  })
  if (seq !== null) await wakeHubs(db, run.workspace_id, seq)
}

/** Changes the workspace and raises its version. */
export async function changeWorkspace(
  trx: Transaction<Database>,
  workspace: FencedWorkspace,
  change: Change,
): Promise<void> {
  await trx
    .updateTable('assignment_workspaces')
    .set({ ...storable(change), version: workspace.version + 1, updated_at: new Date() })
    .where('workspace_id', '=', workspace.workspace_id)
    .execute()
}

/** Changes the workspace as `changeWorkspace` does, and shows stage and progress on the job of the try and the one above it. */
export async function showStep(
  trx: Transaction<Database>,
  workspace: FencedWorkspace,
  step: StageTry,
  change: Change & { readonly progress: number },
): Promise<void> {
  const { stage, job_id } = step
  const { progress } = change
  const updated_at = new Date()
  await trx
    .with('shown', (db) =>
      db
        .updateTable('processing_jobs')
        .set({ stage, progress, updated_at })
        .where((job) => isOrAbove(job, job_id)),
    )
    .updateTable('assignment_workspaces')
    .set({ ...storable(change), version: workspace.version + 1, updated_at })
    .where('workspace_id', '=', workspace.workspace_id)
    .execute()
}

/** The envelope of an event of this try. */
export function envelope(
  step: StageTry,
  status: 'running' | 'completed' | 'failed' | 'canceled',
  progress: number,
  message: string,
) {
  const { workspace_id, job_id, generation, stage } = step
  return { stream: 'assignment', workspace_id, job_id, generation, stage, status, progress, message } as const
}

/** Names an event of this try, so that writing it again is a no-op. */
export function dedupeKey(step: StageTry<Stage>, what: string): string {
  return `${step.job_id}:${step.stage}:${step.attempt}:${what}`
}

/** The assignment's own job above a plan job. */
export async function rootOf(trx: Transaction<Database>, job_id: string): Promise<string | null> {
  const job = await trx
    .selectFrom('processing_jobs')
    .select('parent_job_id')
    .where('job_id', '=', job_id)
    .executeTakeFirst()
  return job?.parent_job_id ?? null
}

/** Whether a row is the job with this id or the one above that. */
function isOrAbove(job: ExpressionBuilder<Database, 'processing_jobs'>, job_id: string) {
  const parent = job
    .selectFrom('processing_jobs as own')
    .select('own.parent_job_id')
    .where('own.job_id', '=', job_id)
  return job.or([job('job_id', '=', job_id), job('job_id', '=', parent)])
}

/** Sets the job of a try, and the one above it, running if they still wait. */
export async function setJobsRunning(trx: Transaction<Database>, step: StageTry): Promise<void> {
  const waiting = await trx
    .selectFrom('processing_jobs')
    .select('job_id')
    .where('status', '=', 'PENDING')
    .where((job) => isOrAbove(job, step.job_id))
    .orderBy('depth', 'desc')
    .execute()
  const move = { to: 'RUNNING', kind: 'advance', actor: SYSTEM } as const
  for (const { job_id } of waiting) await moveJobFrom(trx, ['PENDING'], { ...move, job_id })
}
