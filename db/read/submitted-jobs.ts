import { leadOf } from '../../contract/jobs/split-description.ts'
import type { ReadDb } from '../open.ts'

/** What was said above the bullets a job was split from, the topmost first. */
export async function listLeads(db: ReadDb, job_id: string): Promise<readonly string[]> {
  const rows = await db
    .withRecursive('above', (query) =>
      query
        .selectFrom('processing_jobs as own')
        .select(['own.parent_job_id as job_id'])
        .where('own.job_id', '=', job_id)
        .unionAll(
          query
            .selectFrom('processing_jobs as parent')
            .innerJoin('above', 'above.job_id', 'parent.job_id')
            .select(['parent.parent_job_id as job_id']),
        ),
    )
    .selectFrom('above')
    .innerJoin('submitted_jobs as asked', 'asked.job_id', 'above.job_id')
    .innerJoin('processing_jobs as job', 'job.job_id', 'above.job_id')
    .select('asked.task_description')
    .orderBy('job.depth')
    .execute()
  return rows.map((row) => leadOf(row.task_description)).filter((lead) => lead !== '')
}

const selectOpen = (db: ReadDb) =>
  db
    .selectFrom('processing_jobs as job')
    .innerJoin('submitted_jobs as asked', 'asked.job_id', 'job.job_id')
    .select(['job.job_id', 'job.user_id', 'job.depth', 'job.status', 'job.updated_at'])
    .where('job.kind', '=', 'submitted')
    .where('job.status', 'in', ['SUBMITTED', 'PENDING', 'RUNNING'])

/** A submitted job that is to be under way, by a run that the API starts. */
export type OpenJob = Awaited<ReturnType<ReturnType<typeof selectOpen>['executeTakeFirstOrThrow']>>

interface Page {
  readonly before: Date
  readonly after: OpenJob | undefined
  readonly limit: number
}

/** Open jobs with a run of the API's that have shown no sign for a while, page by page, oldest first. */
export async function findQuietJobs(db: ReadDb, { before, after, limit }: Page): Promise<OpenJob[]> {
  const quiet = selectOpen(db)
    .where('asked.is_split', '=', false)
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
