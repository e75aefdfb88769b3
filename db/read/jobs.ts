import type { ExpressionBuilder, Selectable } from 'kysely'

import type { JobKind } from '../../contract/jobs.ts'
import type { JobState } from '../../contract/machines.ts'
import type { ReadDb } from '../open.ts'
import type { Database, ProcessingJobsTable, TransitionsTable } from '../schema.ts'

type Queries = Pick<ReadDb, 'selectFrom'>

/** Whose jobs are looked at: those of a tenant, or with null those of all. */
export interface Seen {
  readonly tenant_id: string | null
}

/** A job with what was asked for, where somebody submitted it, and the assignment it is about, where it is about one. */
export type JobView = Selectable<ProcessingJobsTable> & {
  readonly task_description: string | null
  readonly worker_count: number | null
  readonly metadata: Readonly<Record<string, unknown>> | null
  readonly root_job_id: string | null
  readonly position: number | null
  readonly worker_id: string | null
  readonly course_id: string | null
  readonly assignment_id: string | null
}

const selectJobs = (db: Queries, { tenant_id }: Seen) => {
  const all = db
    .selectFrom('processing_jobs as job')
    .leftJoin('submitted_jobs as asked', 'asked.job_id', 'job.job_id')
    .leftJoin('assignment_workspaces as about', 'about.workspace_id', 'job.workspace_id')
  return tenant_id === null ? all : all.where('job.tenant_id', '=', tenant_id)
}

const BESIDE = [
  'asked.task_description',
  'asked.worker_count',
  'asked.metadata',
  'asked.root_job_id',
  'asked.position',
  'about.course_id',
  'about.assignment_id',
] as const

const newestWorker = (row: ExpressionBuilder<Database & { job: ProcessingJobsTable }, 'job'>) =>
  row
    .selectFrom('workers')
    .select('workers.worker_id')
    .whereRef('workers.job_id', '=', 'job.job_id')
    .orderBy('workers.created_at', 'desc')
    .limit(1)
    .as('worker_id')

/** A job of a tenant; undefined when it is absent or another tenant's. */
export async function findJob(
  db: Queries,
  { job_id, ...seen }: Seen & { readonly job_id: string },
): Promise<JobView | undefined> {
  return selectJobs(db, seen)
    .selectAll('job')
    .select(BESIDE)
    .select(newestWorker)
    .where('job.job_id', '=', job_id)
    .executeTakeFirst()
}

/** The job that a retry put in the place of another; null while there is none. */
export async function findSuccessor(db: Queries, job_id: string): Promise<string | null> {
  const next = db.selectFrom('processing_jobs').select('job_id').where('retry_of', '=', job_id)
  const row = await next.orderBy('created_at', 'desc').limit(1).executeTakeFirst()
  return row?.job_id ?? null
}

interface Wanted extends Seen {
  readonly status: JobState | undefined
  readonly depth: number | undefined
  readonly parent_job_id: string | undefined
  readonly kind: JobKind | undefined
  readonly workspace_id: string | undefined
  readonly limit: number
  readonly offset: number
}

/** A page of jobs, newest first, and how many there are in all. */
export async function listJobs(
  db: Queries,
  wanted: Wanted,
): Promise<{ readonly jobs: readonly JobView[]; readonly total: number }> {
  const { status, depth, parent_job_id, kind, workspace_id, limit, offset } = wanted
  const chosen = selectJobs(db, wanted).where((job) =>
    job.and([
      ...(status === undefined ? [] : [job('job.status', '=', status)]),
      ...(depth === undefined ? [] : [job('job.depth', '=', depth)]),
      ...(parent_job_id === undefined ? [] : [job('job.parent_job_id', '=', parent_job_id)]),
      ...(kind === undefined ? [] : [job('job.kind', '=', kind)]),
      ...(workspace_id === undefined ? [] : [job('job.tenant_id', '=', workspace_id)]),
    ]),
  )
  const { total } = await chosen
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const jobs = await chosen
    .selectAll('job')
    .select(BESIDE)
    .select(newestWorker)
    .orderBy('job.created_at', 'desc')
    .orderBy('job.job_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return { jobs, total }
}

/** The jobs right below a job, in the order of what they were split from. */
export async function listChildJobs(db: Queries, job_id: string): Promise<readonly JobView[]> {
  return selectJobs(db, { tenant_id: null })
    .selectAll('job')
    .select(BESIDE)
    .select(newestWorker)
    .where('job.parent_job_id', '=', job_id)
    .orderBy('asked.position')
    .orderBy('job.created_at')
    .orderBy('job.attempt')
    .execute()
}

const LONGEST_HISTORY = 50

/** How a job or a worker came to be where it is, newest first, the last fifty changes. */
export async function listHistory(
  db: Queries,
  machine: 'job' | 'worker',
  entity_id: string,
): Promise<readonly Selectable<TransitionsTable>[]> {
  return db
    .selectFrom('transitions')
    .selectAll()
    .where('machine', '=', machine)
    .where('entity_id', '=', entity_id)
    .orderBy('seq', 'desc')
    .limit(LONGEST_HISTORY)
    .execute()
}
