import { randomBytes } from 'node:crypto'

import type { Transaction } from 'kysely'

import type { Database } from '../schema.ts'

const BYTES_OF_SHORT_ID = 6

interface Place {
  readonly tenant_id: string
  readonly depth: number
  readonly job_id: string
  readonly worker_count: number
}

interface Wish extends Place {
  /** The most workers the tenant may hold at this depth at once. */
  readonly quota: number
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

/** Sets workers of a depth aside for a job, all that are wished for or none; whether they were. */
export async function allocate(trx: Transaction<Database>, wish: Wish): Promise<boolean> {
  const { tenant_id, depth, worker_count, quota } = wish
  await lockDepth(trx, tenant_id, depth)
  const { held } = await trx
    .selectFrom('allocations')
    .select((row) => row.fn.coalesce(row.fn.sum<number>('worker_count'), row.lit(0)).as('held'))
    .where('tenant_id', '=', tenant_id)
    .where('depth', '=', depth)
    .where('released_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (held + worker_count > quota) return false
  await insertPlace(trx, wish)
  return true
}

async function insertPlace(trx: Transaction<Database>, place: Place): Promise<void> {
  const { tenant_id, depth, job_id, worker_count } = place
  const id = `a_${randomBytes(BYTES_OF_SHORT_ID).toString('hex')}`
  await trx.insertInto('allocations').values({ id, tenant_id, job_id, depth, worker_count }).execute()
}

/**
 * Sets aside for a job what another one of the tenant has given back in this very transaction. Until it commits, everybody
 * else counts that as taken, so there is nothing to ask for.
 */
export async function takeOver(trx: Transaction<Database>, place: Place): Promise<void> {
  await lockDepth(trx, place.tenant_id, place.depth)
  await insertPlace(trx, place)
}

/** Gives back whatever a job holds, at every depth. */
export async function releaseAllocations(trx: Transaction<Database>, job_id: string): Promise<void> {
  await trx
    .updateTable('allocations')
    .set({ released_at: new Date() })
    .where('job_id', '=', job_id)
    .where('released_at', 'is', null)
    .execute()
}
