import type { Selectable, Transaction } from 'kysely'

import { next, type Actor } from '../../contract/machines.ts'
import type { WorkerState } from '../../contract/machines/run-machines.ts'
import { FEEDBACK_STAGES, PLAN_STAGES } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import { findReason } from '../read/reasons.ts'
import { wasSteeredBy } from '../read/transitions.ts'
import type { AssignmentWorkspacesTable, Database, ProcessingJobsTable } from '../schema.ts'
import { appendEvents, newEvent, wakeHubs } from './events.ts'
import { takeTurn } from './submitted/tree.ts'
import { findOpenWorker, steerWorker } from './workers.ts'

/** The wish of somebody to pause or resume the run of a job; their words are kept under the id of the reason. */
export interface SteerWish {
  readonly job_id: string
  readonly verb: 'pause' | 'resume'
  readonly actor: Actor
  readonly reason_id: string | null
  /** Names the wish: the same one twice is one change. */
  readonly request_id: string
}

/** What became of it; where it was refused, the state of the worker, null when it is over. */
export type SteerOutcome =
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly status: WorkerState | null }

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

async function lockJob(trx: Transaction<Database>, job_id: string): Promise<Job | undefined> {
  const job = trx.selectFrom('processing_jobs').selectAll().where('job_id', '=', job_id)
  return job.forUpdate().executeTakeFirst()
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
  const { job_id, verb, actor, reason_id, request_id } = wish
  await takeTurn(trx, job_id)
  const workspace = await lockWorkspace(trx, job_id)
  const job = await lockJob(trx, job_id)
  const worker = await findOpenWorker(trx, job_id)
  if (job === undefined || worker === undefined) return { outcome: { kind: 'refused', status: null } }
  const { status } = worker
  const outcome = { kind: 'moved' } as const
  if (await wasSteeredBy(trx, job_id, { wish: verb, request_id })) return { outcome }
  if (next('worker', status, verb).kind === 'refused') return { outcome: { kind: 'refused', status } }
  const reason = await findReason(trx, reason_id)
  await steerWorker(trx, worker, verb, { actor, reason, request_id })
  if (workspace === undefined) return { outcome }
  const seq = await tell(trx, { workspace, job }, wish, reason)
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
