import { sql } from 'kysely'

import type { WriteDb } from '../open.ts'
import { storable } from './storable.ts'

const KEPT_DAYS = 30
const PURGED_AT_ONCE = 20

/** An answer that was given before, and by whom. */
export interface KeptAnswer {
  readonly key: string
  readonly answer: unknown
  readonly provider: string
  readonly model: string
}

const leaseOf = (ms: number) => sql<Date>`now() + ${ms} * interval '1 millisecond'`

/** The first of these answers that is there; null when none is. */
export async function findAnswer(db: WriteDb, keys: readonly string[]): Promise<KeptAnswer | null> {
  const rows = await db
    .selectFrom('llm_results')
    .select(['key', 'answer', 'provider', 'model'])
    .where('key', 'in', keys)
    .where('answer', 'is not', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .execute()
  const row = keys.flatMap((key) => rows.find((one) => one.key === key) ?? [])[0]
  if (row?.provider == null || row.model === null) return null
  return { key: row.key, answer: row.answer, provider: row.provider, model: row.model }
}

/** Claims a question for the first who asks; one whose holder fell silent, or whose answer is out of date, is taken over. */
export async function claimQuestion(
  db: WriteDb,
  key: string,
  holder: string,
  leaseMs: number,
): Promise<boolean> {
  const fresh = {
    holder,
    lease_until: leaseOf(leaseMs),
    answer: null,
    provider: null,
    model: null,
    expires_at: leaseOf(leaseMs),
  }
  const claimed = await db
    .insertInto('llm_results')
    .values({ key, ...fresh })
    .onConflict((clash) =>
      clash
        .column('key')
        .doUpdateSet(fresh)
        .where((row) =>
          row.or([
            row.and([
              row('llm_results.answer', 'is', null),
              row('llm_results.lease_until', '<', sql<Date>`now()`),
            ]),
            row.and([
              row('llm_results.answer', 'is not', null),
              row('llm_results.expires_at', '<=', sql<Date>`now()`),
            ]),
          ]),
        ),
    )
    .returning('key')
    .executeTakeFirst()
  return claimed !== undefined
}

/** Says that whoever holds a question still works at it. */
export async function renewClaim(db: WriteDb, key: string, holder: string, leaseMs: number): Promise<void> {
  await db
    .updateTable('llm_results')
    .set({ lease_until: leaseOf(leaseMs), expires_at: leaseOf(leaseMs) })
    .where('key', '=', key)
    .where('holder', '=', holder)
    .where('answer', 'is', null)
    .execute()
}

/** Keeps an answer for whoever asks the same, and takes a few away that are out of date. */
export async function keepAnswer(db: WriteDb, kept: KeptAnswer, holder: string): Promise<void> {
  const { key, answer, provider, model } = kept
  const expires_at = sql<Date>`now() + ${KEPT_DAYS} * interval '1 day'`
  const row = {
    holder,
    lease_until: sql<Date>`now()`,
    answer: JSON.stringify(storable(answer)),
    provider,
    model,
    expires_at,
  }
  await db
    .insertInto('llm_results')
    .values({ key, ...row })
    .onConflict((clash) => clash.column('key').doUpdateSet(row))
    .execute()
  const old = db
    .selectFrom('llm_results')
    .select('key')
    .where('expires_at', '<=', sql<Date>`now()`)
    .limit(PURGED_AT_ONCE)
    .forUpdate()
    .skipLocked()
  await db.deleteFrom('llm_results').where('key', 'in', old).execute()
}

/** Gives a question back unanswered, so that another may ask it at once. */
export async function releaseQuestion(db: WriteDb, key: string, holder: string): Promise<void> {
  await db
    .deleteFrom('llm_results')
    .where('key', '=', key)
    .where('holder', '=', holder)
    .where('answer', 'is', null)
    .execute()
}
