import type { Selectable, Transaction } from 'kysely'

import { FEEDBACK_STAGES, PLAN_STAGES } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import type { AssignmentWorkspacesTable, Database, ProcessingJobsTable } from '../schema.ts'
import { appendEvents, newEvent, wakeHubs } from './events.ts'
import { outcomeOf, steerJob, type SteerOutcome, type SteerWish } from './steer-job.ts'
import { takeTurn } from './submitted/tree.ts'

type Workspace = Selectable<AssignmentWorkspacesTable>
type Job = Selectable<ProcessingJobsTable>

const SAID = {
  pause: 'Paused: it goes on with its next stage as soon as somebody resumes it.',
  resume: 'It goes on.',
} as const

const STAGES = [...PLAN_STAGES, ...FEEDBACK_STAGES]

/** Locks the workspace of a job as its stages do, before the job itself. */
async function lockWorkspace(trx: Transaction<Database>, job_id: string): Promise<Workspace | undefined> {
  return trx
    .selectFrom('assignment_workspaces')
    .selectAll()
    .where('workspace_id', '=', (row) =>
      row.selectFrom('processing_jobs').select('workspace_id').where('job_id', '=', job_id),
    )
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Shows on the assignment that its run is paused, and tells whoever follows it; answers the number of the event. */
async function tell(
  trx: Transaction<Database>,
  { workspace, job }: { readonly workspace: Workspace; readonly job: Job },
  { verb, actor, request_id }: SteerWish,
  reason: string | null,
): Promise<number> {
  const { workspace_id, version } = workspace
  const { job_id, attempt, generation, progress } = job
  const paused = verb === 'pause'
  const message = SAID[verb]
  // A feedback run goes its own way beside the plan, which is what the assignment shows.
  if (workspace.job_id === job_id)
    await trx
      .updateTable('assignment_workspaces')
      .set({ paused, message, version: version + 1, updated_at: new Date() })
      .where('workspace_id', '=', workspace_id)
      .execute()
  const stage = STAGES.find((known) => known === job.stage) ?? null
  const about = { stream: 'assignment', workspace_id, job_id, generation } as const
  const shown = { ...about, stage, status: 'running', progress, message } as const
  const payload = { job_id, paused, attempt, actor, reason }
  const key = `${job_id}:${verb}:${request_id}`
  return appendEvents(trx, workspace_id, [newEvent('job_status', payload, shown, key)])
}

async function steer(
  trx: Transaction<Database>,
  wish: SteerWish,
): Promise<{ readonly outcome: SteerOutcome; readonly wake?: readonly [stream: string, seq: number] }> {
  await takeTurn(trx, wish.job_id)
  const workspace = await lockWorkspace(trx, wish.job_id)
  const steered = await steerJob(trx, wish)
  const outcome = outcomeOf(steered)
  if (steered.kind !== 'moved' || workspace === undefined) return { outcome }
  const seq = await tell(trx, { workspace, job: steered.job }, wish, steered.reason)
  return { outcome, wake: [workspace.workspace_id, seq] }
}

/**
 * Pauses or resumes the worker of a job, once however often it is asked under the same id: its state, the transition,
 * what its assignment shows and the event of it, all at once.
 */
export async function steerRun(db: WriteDb, wish: SteerWish): Promise<SteerOutcome> {
  const { outcome, wake } = await db.transaction().execute((trx) => steer(trx, wish))
  if (wake !== undefined) await wakeHubs(db, ...wake)
  return outcome
}
