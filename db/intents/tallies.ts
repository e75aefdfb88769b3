import { sql } from 'kysely'

import type { WriteDb } from '../open.ts'

/** What is counted beside the moves of machines, which count themselves. */
export type Counted =
  | { readonly topic: 'idempotency'; readonly to_state: 'hit' | 'miss' }
  | { readonly topic: 'refusal'; readonly to_state: 'refused' }

/** Counts that something happened in a tenant. */
export async function countOnce(db: WriteDb, tenant_id: string, counted: Counted): Promise<void> {
  await db
    .insertInto('tally_deltas')
    .values({ tenant_id, ...counted })
    .execute()
}

// However many have come, a statement takes no more than it has the time for.
const FOLDED_AT_ONCE = 20_000

async function foldSome(db: WriteDb): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with taken as (
      delete from tally_deltas where delta_id in (
        select delta_id from tally_deltas order by delta_id limit ${FOLDED_AT_ONCE} for update skip locked)
      returning tenant_id, topic, from_state, to_state, count, total_ms),
    folded as (
      insert into tallies as known (tenant_id, topic, from_state, to_state, count, total_ms)
      select tenant_id, topic, from_state, to_state, sum(count), sum(total_ms) from taken group by 1, 2, 3, 4
       order by 1, 2, 3, 4
      on conflict (tenant_id, topic, from_state, to_state) do update
         set count = known.count + excluded.count, total_ms = known.total_ms + excluded.total_ms)
    select count(*)::integer as taken from taken`.execute(db)
  return rows[0]?.taken ?? 0
}

/** Adds to the tallies what has come since they were last added up; of any number at once each delta is added once. */
export async function foldTallies(db: WriteDb): Promise<void> {
  while ((await foldSome(db)) === FOLDED_AT_ONCE);
}
