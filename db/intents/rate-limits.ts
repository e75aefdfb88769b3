import { sql, type Transaction } from 'kysely'

import { decideAsks, giveOneBack, type Ask, type Decision } from '../../contract/rate-limit.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'

type Trx = Transaction<Database>

// What is over goes a few rows at a time, always more than a request can bring.
const SWEPT_AT_ONCE = 10

// The server's own clock, so that API processes whose clocks differ count alike.
const nowUs = sql<number>`(extract(epoch from clock_timestamp()) * 1000000)::bigint`

/** Locks the rows of these keys, in one order for everybody, and reads them with the time it is. */
async function lockKeys(trx: Trx, keys: readonly string[]) {
  const rows = await trx
    .insertInto('rate_limits')
    .values([...new Set(keys)].sort().map((key) => ({ key, clear_at_us: 0 })))
    .onConflict((clash) => clash.column('key').doUpdateSet((eb) => ({ key: eb.ref('excluded.key') })))
    .returning(['key', 'clear_at_us', nowUs.as('now_us')])
    .execute()
  return {
    clearAt: new Map(rows.map(({ key, clear_at_us }) => [key, clear_at_us])),
    nowUs: Math.max(...rows.map(({ now_us }) => now_us)),
  }
}

async function keep(trx: Trx, rows: readonly { readonly key: string; readonly clear_at_us: number }[]) {
  await trx
    .insertInto('rate_limits')
    .values(rows)
    .onConflict((clash) =>
      clash.column('key').doUpdateSet((eb) => ({ clear_at_us: eb.ref('excluded.clear_at_us') })),
    )
    .execute()
}

/** Deletes some of what is clear, past rows that others hold: it never waits for them. */
async function sweep(trx: Trx, now: number): Promise<void> {
  await trx
    .deleteFrom('rate_limits')
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('rate_limits')
        .select('key')
        .where('clear_at_us', '<', now)
        .orderBy('clear_at_us')
        .limit(SWEPT_AT_ONCE)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
}

/** Takes one of each limit, or nothing when one of them refuses; processes that ask at once take turns. */
export async function takeOfLimits(db: WriteDb, asks: readonly Ask[]): Promise<Decision> {
  return db.transaction().execute(async (trx) => {
    const keys = asks.flatMap(({ key, sparing }) => (sparing === undefined ? [key] : [key, sparing]))
    const locked = await lockKeys(trx, keys)
    const decision = decideAsks(asks, locked.clearAt, locked.nowUs)
    if (decision.isAdmitted) {
      await keep(
        trx,
        decision.standings.map(({ key, clearAtUs }) => ({ key, clear_at_us: clearAtUs })),
      )
    }
    await sweep(trx, locked.nowUs)
    return decision
  })
}

/** Gives one of each limit back. */
export async function giveBackToLimits(db: WriteDb, asks: readonly Ask[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { clearAt } = await lockKeys(
      trx,
      asks.map(({ key }) => key),
    )
    await keep(
      trx,
      asks.map(({ key, limit }) => ({ key, clear_at_us: giveOneBack(limit, clearAt.get(key) ?? 0) })),
    )
  })
}
