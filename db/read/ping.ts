import { sql } from 'kysely'

import type { ReadDb } from '../open.ts'

/** Resolves when the database answers; rejects with what keeps it from answering. */
export async function pingDatabase(db: ReadDb): Promise<void> {
  await db.selectNoFrom(sql<number>`1`.as('one')).execute()
}
