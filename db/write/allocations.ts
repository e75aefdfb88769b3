import { randomBytes } from 'node:crypto'

import type { Selectable, Transaction } from 'kysely'

import { grantOf } from '../../contract/jobs/allocation.ts'
import { findDepthUse } from '../read/allocations.ts'
import type { ReadDb } from '../open.ts'
import type { AllocationsTable, Database } from '../schema.ts'

const BYTES_OF_SHORT_ID = 6

export type Allocation = Selectable<AllocationsTable>

interface Place {
  readonly tenant_id: string
  readonly depth: number
  readonly job_id: string
  readonly worker_count: number
}

interface Wish extends Place {
  /** What tenants may usually hold at this depth; one with a quota of its own goes by that. */
  readonly quota: number
  /** Whether less than all will do; all or none when unset. */
  readonly allow_partial?: boolean
}

/** Locks a depth of a tenant, so that what is counted there stays so until the end of the transaction. */
async function lockDepth(trx: Transaction<Database>, tenant_id: string, depth: number): Promise<void> {
  await trx
    .insertInto('allocation_locks')
    .values({ tenant_id, depth })
    .onConflict((clash) => clash.doNothing())
    .execute()
  await trx
    .selectFrom('allocation_locks')
    .select('depth')
    .where('tenant_id', '=', tenant_id)
    .where('depth', '=', depth)
    .forUpdate()
    .execute()
}

/** Whether a job holds anything, at one depth where it is named. */
export async function isHolding(
  db: Pick<ReadDb, 'selectFrom'>,
  { job_id, depth }: { readonly job_id: string; readonly depth?: number },
): Promise<boolean> {
  const held = db
    .selectFrom('allocations')
    .select('id')
    .where('job_id', '=', job_id)
    .where('released_at', 'is', null)
    .limit(1)
  const row = await (depth === undefined ? held : held.where('depth', '=', depth)).executeTakeFirst()
  return row !== undefined
}

/** Sets workers of a depth aside for a job and answers what was granted; undefined when nothing was. */
export async function allocateWorkers(
  trx: Transaction<Database>,
  wish: Wish,
): Promise<Allocation | undefined> {
  const { tenant_id, depth, job_id, worker_count: wished, quota, allow_partial = false } = wish
  await lockDepth(trx, tenant_id, depth)
  const use = await findDepthUse(trx, { tenant_id, depth, quota })
  const is_active = await isHolding(trx, wish)
  const worker_count = grantOf(use, { worker_count: wished, allow_partial, is_active })
  return worker_count === 0 ? undefined : insertPlace(trx, { tenant_id, depth, job_id, worker_count })
}

async function insertPlace(trx: Transaction<Database>, place: Place): Promise<Allocation> {
  const id = `a_${randomBytes(BYTES_OF_SHORT_ID).toString('hex')}`
  return trx
    .insertInto('allocations')
    .values({ id, ...place })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/**
 * Sets aside for a job what another one of the tenant has given back in this very transaction. Until it commits, everybody
 * else counts that as taken, so there is nothing to ask for.
 */
export async function takeOver(
  trx: Transaction<Database>,
  { tenant_id, depth, job_id, worker_count }: Place,
): Promise<void> {
  await lockDepth(trx, tenant_id, depth)
  await insertPlace(trx, { tenant_id, depth, job_id, worker_count })
}

/** Sets workers of a depth aside for a job, all that are wished for or none; whether they were. */
export async function allocate(
  trx: Transaction<Database>,
  wish: Omit<Wish, 'allow_partial'>,
): Promise<boolean> {
  return (await allocateWorkers(trx, wish)) !== undefined
}

/** Gives back what a job holds, at one depth or at every; answers how many workers that were. */
export async function releaseAllocations(
  trx: Transaction<Database>,
  job_id: string,
  depth?: number,
): Promise<number> {
  const held = trx
    .updateTable('allocations')
    .set({ released_at: new Date() })
    .where('job_id', '=', job_id)
    .where('released_at', 'is', null)
  const there = depth === undefined ? held : held.where('depth', '=', depth)
  const released = await there.returning('worker_count').execute()
  return released.reduce((sum, { worker_count }) => sum + worker_count, 0)
}
