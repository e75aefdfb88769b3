import type { ReadDb } from '../open.ts'

/** Whether a request has taken this run up again before: then a repetition of it is the same wish. */
export async function wasRetriedBy(db: ReadDb, workspace_id: string, request_id: string): Promise<boolean> {
  const row = await db
    .selectFrom('transitions')
    .select('seq')
    .where('machine', '=', 'workspace')
    .where('entity_id', '=', workspace_id)
    .where('kind', '=', 'retry')
    .where('request_id', '=', request_id)
    .executeTakeFirst()
  return row !== undefined
}
