import { randomUUID } from 'node:crypto'

import type { WriteDb } from '../open.ts'

/** As `keepReason`, of words about a job. */
export async function keepReasonOfJob(db: WriteDb, job_id: string, text: string): Promise<string> {
  const reason_id = randomUUID()
  await db.insertInto('reasons').values({ reason_id, job_id, text }).execute()
  return reason_id
}

/** Keeps the words a person gave, so that only their id travels through Temporal. Answers the id. */
export async function keepReason(db: WriteDb, workspace_id: string, text: string): Promise<string> {
  const reason_id = randomUUID()
  await db.insertInto('reasons').values({ reason_id, workspace_id, text }).execute()
  return reason_id
}
