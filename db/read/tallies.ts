import { sql } from 'kysely'

import type { ReadDb } from '../open.ts'
import type { Seen } from './jobs.ts'

/** How often something has happened; the states are empty where there is none. */
export interface Tally {
  readonly topic: string
  readonly from_state: string
  readonly to_state: string
  readonly count: number
  readonly total_ms: number
}

/** All tallies of a tenant, or of every one together: what is added up already and what is yet to be. */
export async function listTallies(db: ReadDb, { tenant_id }: Seen): Promise<readonly Tally[]> {
  const columns = ['topic', 'from_state', 'to_state', 'count', 'total_ms'] as const
  const folded = db.selectFrom('tallies').select(columns)
  const fresh = db.selectFrom('tally_deltas').select(columns)
  const seen = tenant_id === null ? folded : folded.where('tenant_id', '=', tenant_id)
  const added = tenant_id === null ? fresh : fresh.where('tenant_id', '=', tenant_id)
  return db
    .selectFrom(seen.unionAll(added).as('tally'))
    .select(['topic', 'from_state', 'to_state'])
    .select([sql<number>`sum(count)::bigint`.as('count'), sql<number>`sum(total_ms)::bigint`.as('total_ms')])
    .groupBy(['topic', 'from_state', 'to_state'])
    .orderBy('topic')
    .orderBy('from_state')
    .orderBy('to_state')
    .execute()
}
