import type { ReadDb } from '../open.ts'

const COLUMNS = [
  'job.job_id',
  'job.kind',
  'job.generation',
  'job.attempt',
  'job.stage',
  'job.updated_at',
  'workspace.workspace_id',
  'workspace.user_id',
  'workspace.course_id',
  'workspace.assignment_id',
] as const

const selectOpen = (db: ReadDb) =>
  db
    .selectFrom('processing_jobs as job')
    .innerJoin('assignment_workspaces as workspace', 'workspace.workspace_id', 'job.workspace_id')
    .select(COLUMNS)
    .where('job.kind', 'in', ['milestone_feedback', 'assignment_feedback'])
    .where('job.status', 'in', ['PENDING', 'RUNNING'])

/** A feedback job that is to be under way. */
export type OpenFeedback = Awaited<ReturnType<ReturnType<typeof selectOpen>['executeTakeFirstOrThrow']>>

/** The open feedback job with this id; undefined when there is none, or when it is over. */
export async function findOpenFeedback(db: ReadDb, job_id: string): Promise<OpenFeedback | undefined> {
  return selectOpen(db).where('job.job_id', '=', job_id).executeTakeFirst()
}

/** Open feedback jobs that have shown no sign of life since, oldest first; `after` is the last of the page before. */
export async function findQuietFeedback(
  db: ReadDb,
  page: { readonly before: Date; readonly after: OpenFeedback | undefined; readonly limit: number },
): Promise<OpenFeedback[]> {
  const { before, after, limit } = page
  const quiet = selectOpen(db)
    .where('job.updated_at', '<', before)
    .orderBy('job.updated_at')
    .orderBy('job.job_id')
    .limit(limit)
  if (after === undefined) return quiet.execute()
  return quiet
    .where((eb) =>
      eb(eb.refTuple('job.updated_at', 'job.job_id'), '>', eb.tuple(after.updated_at, after.job_id)),
    )
    .execute()
}
