import type { ReadDb } from '../open.ts'

/** Whether a machine was moved by this very request. */
export async function wasChangedBy(
  db: ReadDb,
  machine: 'plan' | 'task',
  entity_id: string,
  request_id: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('transitions')
    .select('seq')
    .where('machine', '=', machine)
    .where('entity_id', '=', entity_id)
    .where('request_id', '=', request_id)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
