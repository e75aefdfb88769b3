import type { Transaction } from 'kysely'

import { isTerminalJob, type JobState } from '../../contract/machines.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { allocateWorkers, releaseAllocations, type Allocation } from '../write/allocations.ts'

interface Holder {
  readonly job_id: string
  /** The tenant whose jobs may be named; null for all of them. */
  readonly tenant_id: string | null
}

export interface AllocateIntent extends Holder {
  readonly depth: number
  readonly worker_count: number
  readonly allow_partial: boolean
  /** What tenants may usually hold at this depth. */
  readonly quota: number
}

/** What became of the wish for workers. */
export type AllocateOutcome =
  | { readonly kind: 'granted'; readonly allocation: Allocation }
  | { readonly kind: 'absent' }
  | { readonly kind: 'short' }
  | { readonly kind: 'ended'; readonly status: JobState }

/** Locks a job, so that it cannot end meanwhile. */
async function lockJob(trx: Transaction<Database>, { job_id, tenant_id }: Holder) {
  const job = trx
    .selectFrom('processing_jobs')
    .select(['tenant_id', 'status'])
    .where('job_id', '=', job_id)
    .forUpdate()
  return (tenant_id === null ? job : job.where('tenant_id', '=', tenant_id)).executeTakeFirst()
}

/** Sets workers aside for an open job. */
export async function acceptAllocation(db: WriteDb, intent: AllocateIntent): Promise<AllocateOutcome> {
  return db.transaction().execute(async (trx): Promise<AllocateOutcome> => {
    const job = await lockJob(trx, intent)
    if (job === undefined) return { kind: 'absent' }
    if (isTerminalJob(job.status)) return { kind: 'ended', status: job.status }
    const allocation = await allocateWorkers(trx, { ...intent, tenant_id: job.tenant_id })
    return allocation === undefined ? { kind: 'short' } : { kind: 'granted', allocation }
  })
}

/** Gives back what a job holds and answers how many workers that were; undefined when there is no such job. */
export async function acceptRelease(
  db: WriteDb,
  holder: Holder & { readonly depth: number | undefined },
): Promise<number | undefined> {
  return db.transaction().execute(async (trx) => {
    const job = await lockJob(trx, holder)
    return job === undefined ? undefined : releaseAllocations(trx, holder.job_id, holder.depth)
  })
}
