import type { Transaction } from 'kysely'

import { followJob } from '../../contract/jobs/follow-job.ts'
import { next, type Actor, type JobState } from '../../contract/machines.ts'
import type { WorkerEvent, WorkerState } from '../../contract/machines/run-machines.ts'
import type { Database } from '../schema.ts'
import { newWorkerId } from './ids.ts'
import { IllegalTransition, recordTransitions, type Transition } from './transitions.ts'

export interface Cause {
  readonly actor: Actor
  readonly reason?: string | null
  readonly request_id?: string | null
}

/** A worker that is not over; whoever changes it holds the lock of its job. */
export interface OpenWorker {
  readonly worker_id: string
  readonly tenant_id: string
  readonly status: WorkerState
  /** The process that works at it just now. */
  readonly process_id: string | null
}

/** The states of a worker that is not over; a job has one such worker at most. */
export const OPEN_WORKER_STATES = ['IDLE', 'RUNNING', 'PAUSED'] as const

/** Writes an idle worker for each job; the transitions are for the caller to record with those of the jobs. */
export async function insertWorkers(
  trx: Transaction<Database>,
  jobs: readonly { readonly job_id: string; readonly tenant_id: string; readonly worker_id?: string }[],
  { actor, reason = null, request_id = null }: Cause,
): Promise<readonly Transition<'worker'>[]> {
  const rows = jobs.map(({ job_id, tenant_id, worker_id = newWorkerId() }) => {
    return { worker_id, job_id, tenant_id, status: 'IDLE' } as const
  })
  await trx.insertInto('workers').values(rows).execute()
  return rows.map(({ worker_id: entity_id, tenant_id }) => {
    const about = { machine: 'worker', entity_id, tenant_id, actor, reason, request_id } as const
    return { ...about, from: null, to: 'IDLE', kind: 'create' } as const
  })
}

/** The worker of a job that is not over; undefined where all are, or where there is none. */
export async function findOpenWorker(
  trx: Transaction<Database>,
  job_id: string,
): Promise<OpenWorker | undefined> {
  return trx
    .selectFrom('workers')
    .select(['worker_id', 'tenant_id', 'status', 'process_id'])
    .where('job_id', '=', job_id)
    .where('status', 'in', OPEN_WORKER_STATES)
    .executeTakeFirst()
}

/** Shows where these events lead a worker, and answers the transitions; throws IllegalTransition. */
export async function leadWorker(
  trx: Transaction<Database>,
  worker: Pick<OpenWorker, 'worker_id' | 'tenant_id' | 'status'>,
  events: readonly WorkerEvent[],
  { actor, reason = null, request_id = null }: Cause,
): Promise<readonly Transition<'worker'>[]> {
  const { worker_id, tenant_id } = worker
  const about = { machine: 'worker', entity_id: worker_id, tenant_id, actor, reason, request_id } as const
  let status = worker.status
  const moves = events.map((event) => {
    const step = next('worker', status, event)
    if (step.kind === 'refused') throw new IllegalTransition('worker', status, event)
    const from = status
    status = step.to
    return { ...about, from, to: step.to, kind: step.by, wish: event }
  })
  await trx
    .updateTable('workers')
    .set({ status, updated_at: new Date(), cpu_percent: null, memory_mb: null })
    .where('worker_id', '=', worker_id)
    .execute()
  return moves
}

/** Lets the worker of a job follow where its job goes; the transitions are for the caller to record with the job's. */
export async function followJobMove(
  trx: Transaction<Database>,
  { job_id, to, ...cause }: Cause & { readonly job_id: string; readonly to: JobState },
): Promise<readonly Transition<'worker'>[]> {
  const worker = await findOpenWorker(trx, job_id)
  const events = worker === undefined ? [] : followJob(worker.status, to)
  return worker === undefined || events.length === 0 ? [] : leadWorker(trx, worker, events, cause)
}

/** Pauses or resumes a worker; the lock of its job is the caller's. Throws IllegalTransition. */
export async function steerWorker(
  trx: Transaction<Database>,
  worker: OpenWorker,
  event: 'pause' | 'resume',
  cause: Cause,
): Promise<void> {
  await recordTransitions(trx, await leadWorker(trx, worker, [event], cause))
}
