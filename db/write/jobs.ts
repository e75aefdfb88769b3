import type { Selectable, Transaction } from 'kysely'

import { isTerminalJob, type Actor, type JobState, type TransitionKind } from '../../contract/machines.ts'
import type { LastError } from '../../contract/snapshot.ts'
import type { JobKind } from '../../contract/jobs.ts'
import type { Database, ProcessingJobsTable } from '../schema.ts'
import { releaseAllocations } from './allocations.ts'
import { storable } from './storable.ts'
import { recordTransitions } from './transitions.ts'
import { followJobMove, insertWorkers } from './workers.ts'

export interface NewJob {
  readonly job_id: string
  readonly tenant_id: string
  readonly user_id: string
  readonly kind: JobKind
  readonly parent_job_id: string | null
  readonly depth: number
  readonly workspace_id: string | null
  readonly temporal_workflow_id: string | null
  readonly generation: number
  readonly attempt: number
  readonly retry_of: string | null
  /** What it is about, where that is no assignment. */
  readonly subject_id?: string | null
  /** Which part of its parent's work it is, where that has a name from the start. */
  readonly stage?: string
}

interface Cause {
  readonly actor: Actor
  readonly reason?: string | null
  readonly request_id?: string | null
}

/** Writes jobs that are accepted and wait to begin: SUBMITTED, then PENDING, each with its worker. */
export async function insertPendingJobs(
  trx: Transaction<Database>,
  jobs: readonly NewJob[],
  cause: Cause,
): Promise<void> {
  if (jobs.length === 0) return
  const rows = jobs.map((job) => ({ stage: null, ...job, status: 'PENDING' }) as const)
  await trx.insertInto('processing_jobs').values(rows).execute()
  const workers = await insertWorkers(trx, jobs, cause)
  const accepted = jobs.flatMap(({ job_id, tenant_id, retry_of }) => {
    const about = { machine: 'job', entity_id: job_id, tenant_id, ...cause } as const
    const kind = retry_of === null ? 'advance' : 'retry'
    return [
      { ...about, from: null, to: 'SUBMITTED', kind: 'create' } as const,
      { ...about, from: 'SUBMITTED', to: 'PENDING', kind } as const,
    ]
  })
  await recordTransitions(trx, [...accepted, ...workers])
}

/** As `insertPendingJobs`, for one. */
export async function insertPendingJob(trx: Transaction<Database>, job: NewJob, cause: Cause): Promise<void> {
  await insertPendingJobs(trx, [job], cause)
}

export interface JobMove extends Cause {
  readonly job_id: string
  readonly to: JobState
  readonly kind: TransitionKind
  readonly error?: LastError
  readonly result?: Readonly<Record<string, unknown>>
}

/** Moves a job and its worker with it, and writes their transitions; started_at at the first RUNNING, completed_at at any terminal state. */
export async function moveJob(trx: Transaction<Database>, move: JobMove): Promise<void> {
  await writeMove(trx, await lockJob(trx, move.job_id).executeTakeFirstOrThrow(), move)
}

/** Moves a job only when it is in one of these states; whether it moved. */
export async function moveJobFrom(
  trx: Transaction<Database>,
  from: readonly JobState[],
  move: JobMove,
): Promise<boolean> {
  const job = await lockJob(trx, move.job_id).executeTakeFirst()
  if (job === undefined || !from.includes(job.status)) return false
  await writeMove(trx, job, move)
  return true
}

const lockJob = (trx: Transaction<Database>, job_id: string) =>
  trx
    .selectFrom('processing_jobs')
    .select(['status', 'tenant_id', 'started_at'])
    .where('job_id', '=', job_id)
    .forUpdate()

type LockedJob = Pick<Selectable<ProcessingJobsTable>, 'status' | 'tenant_id' | 'started_at'>

async function writeMove(trx: Transaction<Database>, job: LockedJob, move: JobMove): Promise<void> {
  const { job_id, to, kind, actor, reason = null, request_id = null } = move
  const about = { machine: 'job', entity_id: job_id, tenant_id: job.tenant_id } as const
  const moved = { ...about, from: job.status, to, kind, actor, reason, request_id } as const
  const followed = await followJobMove(trx, { job_id, to, actor, reason, request_id })
  await recordTransitions(trx, [moved, ...followed])
  const now = new Date()
  await trx
    .updateTable('processing_jobs')
    .set({
      status: to,
      updated_at: now,
      ...(to === 'RUNNING' && job.started_at === null ? { started_at: now } : {}),
      ...(isTerminalJob(to) ? { completed_at: now } : {}),
      ...(move.error === undefined ? {} : { error: JSON.stringify(storable(move.error)) }),
      ...(move.result === undefined ? {} : { result: JSON.stringify(storable(move.result)) }),
    })
    .where('job_id', '=', job_id)
    .execute()
  if (isTerminalJob(to)) await releaseAllocations(trx, job_id)
}
