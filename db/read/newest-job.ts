import type { ReadDb } from '../open.ts'

/** The job that was accepted last for an assignment, of a plan or of feedback. */
export async function findNewestJob(db: ReadDb, workspace_id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('processing_jobs')
    .select('job_id')
    .where('workspace_id', '=', workspace_id)
    .where('kind', 'in', ['plan', 'milestone_feedback', 'assignment_feedback'])
    .orderBy('created_at', 'desc')
    .orderBy('job_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.job_id
}
