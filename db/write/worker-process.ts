import { sql, type Transaction } from 'kysely'

import { isProcessLost, replaceWorker } from '../../contract/jobs/lost-process.ts'
import type { Actor } from '../../contract/machines.ts'
import type { WorkerState } from '../../contract/machines/run-machines.ts'
import type { WorkNames } from '../intents/measure-workers.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { newWorkerId } from './ids.ts'
import { SYSTEM } from './run-steps.ts'
import { recordTransitions } from './transitions.ts'
import {
  findOpenWorker,
  insertWorkers,
  leadWorker,
  OPEN_WORKER_STATES,
  type Cause,
  type OpenWorker,
} from './workers.ts'

/** A process that takes a piece of work up, and which try of it this is, from 1. */
export interface TakeUp {
  readonly process_id: string
  readonly attempt: number
}

const LOST = 'The process that ran it was lost; another one took its work up.'

/** The jobs that a piece of work is done for: of a build also that of the phase it stands in. */
async function listJobsOf(
  db: WriteDb,
  { job_ids, task_ids, workflow_ids }: WorkNames,
): Promise<readonly string[]> {
  if (task_ids.length + workflow_ids.length === 0) return job_ids
  const { rows } = await sql<{ job_id: string }>`
    select unnest(${job_ids}::text[]) as job_id
    union select job_id from masterplan_tasks where task_id = any(${task_ids}::uuid[]) and job_id is not null
    union select job_id from handoffs where workflow_id = any(${workflow_ids}::uuid[])
    union select job_id from processing_jobs
      where kind = 'phase' and status = 'RUNNING' and subject_id = any(${workflow_ids}::uuid[])`.execute(db)
  return rows.map(({ job_id }) => job_id)
}

/** Who paused a worker last, and why. */
async function findPause(trx: Transaction<Database>, worker_id: string): Promise<Cause> {
  const { actor_type, actor_id, reason, request_id } = await trx
    .selectFrom('transitions')
    .select(['actor_type', 'actor_id', 'reason', 'request_id'])
    .where('machine', '=', 'worker')
    .where('entity_id', '=', worker_id)
    .where('to_state', '=', 'PAUSED')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const actor: Actor = { type: actor_type, id: actor_id }
  return { actor, reason, request_id }
}

type AtWork = OpenWorker & { readonly status: 'RUNNING' | 'PAUSED' }

/** Puts a new worker in the place of one whose process was lost. */
async function replace(trx: Transaction<Database>, job_id: string, lost: AtWork): Promise<void> {
  const { tenant_id } = lost
  const steps = replaceWorker(lost.status)
  await trx.updateTable('workers').set({ process_id: null }).where('worker_id', '=', lost.worker_id).execute()
  const failed = await leadWorker(trx, lost, steps.lost, { actor: SYSTEM, reason: LOST })
  const worker_id = newWorkerId()
  const begun = { actor: SYSTEM, reason: `It takes the place of ${lost.worker_id}.` }
  const created = await insertWorkers(trx, [{ job_id, tenant_id, worker_id }], begun)
  await recordTransitions(trx, [...failed, ...created])
  let status: WorkerState = 'IDLE'
  for (const event of steps.next) {
    const cause = event === 'pause' ? await findPause(trx, lost.worker_id) : begun
    const moves = await leadWorker(trx, { worker_id, tenant_id, status }, [event], cause)
    await recordTransitions(trx, moves)
    status = moves.at(-1)?.to ?? status
  }
}

const isAtWork = (worker: OpenWorker): worker is AtWork =>
  worker.status === 'RUNNING' || worker.status === 'PAUSED'

/** Notes on the open worker of a job that a process works at it. */
async function note(db: WriteDb | Transaction<Database>, job_id: string, process_id: string): Promise<void> {
  await db
    .updateTable('workers')
    .set({ process_id })
    .where('job_id', '=', job_id)
    .where('status', 'in', OPEN_WORKER_STATES)
    .execute()
}

/** Notes that a process works at a job; where the one before it is lost, a new worker takes the place of the old. */
async function takeUp(
  trx: Transaction<Database>,
  job_id: string,
  { process_id, attempt }: TakeUp,
): Promise<void> {
  // Whoever moves a worker holds the lock of its job.
  await trx
    .selectFrom('processing_jobs')
    .select('job_id')
    .where('job_id', '=', job_id)
    .forUpdate()
    .executeTakeFirst()
  const worker = await findOpenWorker(trx, job_id)
  if (worker === undefined) return
  const { status, process_id: last_process } = worker
  const isLost = isProcessLost({ status, last_process, process: process_id, attempt })
  if (isLost && isAtWork(worker)) await replace(trx, job_id, worker)
  await note(trx, job_id, process_id)
}

/**
 * Notes that a process works at something, and finds out whether the one that did before is lost: then the worker of
 * that work has failed, and a new one goes on for the same job. Answers the jobs it is at work for.
 */
export async function enterWork(db: WriteDb, work: WorkNames, by: TakeUp): Promise<readonly string[]> {
  const job_ids = await listJobsOf(db, work)
  // One after the other, so that nobody waits for two at once; a first try has nothing to find out.
  for (const job_id of job_ids)
    await (by.attempt === 1
      ? note(db, job_id, by.process_id)
      : db.transaction().execute((trx) => takeUp(trx, job_id, by)))
  return job_ids
}

/** Notes that a process works at these jobs no more, of no effect where another one has taken them up. */
export async function leaveWork(db: WriteDb, job_ids: readonly string[], process_id: string): Promise<void> {
  for (const job_id of job_ids) {
    await db
      .updateTable('workers')
      .set({ process_id: null })
      .where('job_id', '=', job_id)
      .where('process_id', '=', process_id)
      .execute()
  }
}
