import type { Selectable } from 'kysely'

import type { ReadDb } from '../open.ts'
import type { SubmissionsTable } from '../tables/feedback.ts'

export type Submission = Selectable<SubmissionsTable>

/** What was sent with a feedback job, its file too while that is not yet read. */
export async function readSubmission(db: ReadDb, job_id: string): Promise<Submission> {
  return db.selectFrom('submissions').selectAll().where('job_id', '=', job_id).executeTakeFirstOrThrow()
}
