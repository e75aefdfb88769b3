import { sql, type Selectable, type Transaction } from 'kysely'

import type { Database, ProcessingJobsTable } from '../../schema.ts'
import type { SubmittedJobsTable } from '../../tables/submitted-jobs.ts'

/** A submitted job with what was asked for. */
export type SubmittedJob = Selectable<ProcessingJobsTable> & Selectable<SubmittedJobsTable>

/** Lets changes of one tree of submitted jobs take their turns: none sees another half done, and none waits in a circle. */
async function lockTree(trx: Transaction<Database>, root_job_id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`job-tree:${root_job_id}`}, 0))`.execute(trx)
}

const selectSubmitted = (trx: Transaction<Database>, job_id: string) =>
  trx
    .selectFrom('processing_jobs as job')
    .innerJoin('submitted_jobs as asked', 'asked.job_id', 'job.job_id')
    .selectAll('job')
    .selectAll('asked')
    .where('job.job_id', '=', job_id)

/** Takes the turn of a job's tree and reads the job as it stands then; undefined when it is no submitted job. */
export async function takeTurn(
  trx: Transaction<Database>,
  job_id: string,
): Promise<SubmittedJob | undefined> {
  const asked = await trx
    .selectFrom('submitted_jobs')
    .select('root_job_id')
    .where('job_id', '=', job_id)
    .executeTakeFirst()
  if (asked === undefined) return undefined
  await lockTree(trx, asked.root_job_id)
  return selectSubmitted(trx, job_id).forUpdate('job').executeTakeFirst()
}
