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

/** Adds to the tallies what has come since they were last added up; of any number at once each delta is added once. */
export async function foldTallies(db: WriteDb): Promise<void> {
  await sql`
    with taken as (delete from tally_deltas returning tenant_id, topic, from_state, to_state, count, total_ms)
    insert into tallies as known (tenant_id, topic, from_state, to_state, count, total_ms)
    select tenant_id, topic, from_state, to_state, sum(count), sum(total_ms) from taken group by 1, 2, 3, 4
     order by 1, 2, 3, 4
    on conflict (tenant_id, topic, from_state, to_state) do update
       set count = known.count + excluded.count, total_ms = known.total_ms + excluded.total_ms`.execute(db)
}
