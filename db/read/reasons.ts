import type { ReadDb } from '../open.ts'

/** The words a person gave, by the id they are kept under; null when there were none. */
export async function findReason(
  db: Pick<ReadDb, 'selectFrom'>,
  reason_id: string | null,
): Promise<string | null> {
  if (reason_id === null) return null
  const row = await db
    .selectFrom('reasons')
    .select('text')
    .where('reason_id', '=', reason_id)
    .executeTakeFirst()
  return row?.text ?? null
}
