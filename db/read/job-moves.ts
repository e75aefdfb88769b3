import type { ReadDb } from '../open.ts'

/** Whether a job was brought to where it is by this very request. */
export async function wasMovedBy(db: ReadDb, job_id: string, request_id: string): Promise<boolean> {
  const row = await db
    .selectFrom('transitions')
    .select('seq')
    .where('machine', '=', 'job')
    .where('entity_id', '=', job_id)
    .where('request_id', '=', request_id)
    .where('to_state', '=', 'CANCELED')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
