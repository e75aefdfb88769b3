import type { Selectable } from 'kysely'

import type { WorkerState } from '../../contract/machines/run-machines.ts'
import type { ReadDb } from '../open.ts'
import type { ProcessingJobsTable } from '../schema.ts'
import type { WorkersTable } from '../tables/workers.ts'
import type { Seen } from './jobs.ts'

/** A worker with the job it is the execution of. */
export type WorkerView = Selectable<WorkersTable> &
  Pick<Selectable<ProcessingJobsTable>, 'kind' | 'depth' | 'stage' | 'started_at'> & {
    readonly metadata: Readonly<Record<string, unknown>> | null
    readonly course_id: string | null
    readonly assignment_id: string | null
  }

const selectWorkers = (db: ReadDb) =>
  db
    .selectFrom('workers as worker')
    .innerJoin('processing_jobs as job', 'job.job_id', 'worker.job_id')
    .leftJoin('submitted_jobs as asked', 'asked.job_id', 'worker.job_id')
    .leftJoin('assignment_workspaces as about', 'about.workspace_id', 'job.workspace_id')
    .selectAll('worker')
    .select(['job.kind', 'job.depth', 'job.stage', 'job.started_at'])
    .select(['asked.metadata', 'about.course_id', 'about.assignment_id'])

/** A worker of a tenant; undefined when it is absent or another tenant's. */
export async function findWorker(
  db: ReadDb,
  { worker_id, tenant_id }: Seen & { readonly worker_id: string },
): Promise<WorkerView | undefined> {
  const found = selectWorkers(db).where('worker.worker_id', '=', worker_id)
  return (tenant_id === null ? found : found.where('worker.tenant_id', '=', tenant_id)).executeTakeFirst()
}

interface Wanted extends Seen {
  readonly status: WorkerState | undefined
  readonly workspace_id: string | undefined
  readonly limit: number
  readonly offset: number
}

/** The tenants a list is cut down to; null for none. */
const tenantsOf = ({ tenant_id, workspace_id }: Wanted): readonly string[] =>
  [tenant_id, workspace_id].filter((tenant) => tenant !== null && tenant !== undefined)

/** A page of workers, newest first. */
export async function listWorkers(db: ReadDb, wanted: Wanted): Promise<readonly WorkerView[]> {
  const { status, limit, offset } = wanted
  let page = selectWorkers(db)
  for (const tenant of tenantsOf(wanted)) page = page.where('worker.tenant_id', '=', tenant)
  if (status !== undefined) page = page.where('worker.status', '=', status)
  return page
    .orderBy('worker.created_at', 'desc')
    .orderBy('worker.worker_id')
    .limit(limit)
    .offset(offset)
    .execute()
}

/** How many workers a list has on all its pages. */
export async function countWorkers(db: ReadDb, wanted: Wanted): Promise<number> {
  let all = db.selectFrom('workers as worker').select((row) => row.fn.countAll<number>().as('total'))
  for (const tenant of tenantsOf(wanted)) all = all.where('worker.tenant_id', '=', tenant)
  if (wanted.status !== undefined) all = all.where('worker.status', '=', wanted.status)
  return (await all.executeTakeFirstOrThrow()).total
}

/** How many jobs stand right below a job. */
export async function countJobsBelow(db: ReadDb, job_id: string): Promise<number> {
  const { count } = await db
    .selectFrom('processing_jobs')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('parent_job_id', '=', job_id)
    .executeTakeFirstOrThrow()
  return count
}

/** What the worker of a job and those of all jobs below it use together; nulls while none of them is measured. */
export async function sumUsageBelow(
  db: ReadDb,
  job_id: string,
): Promise<{ readonly cpu_percent: number | null; readonly memory_mb: number | null }> {
  return db
    .withRecursive('tree', (tree) =>
      tree
        .selectFrom('processing_jobs')
        .select('job_id')
        .where('job_id', '=', job_id)
        .unionAll(
          tree
            .selectFrom('processing_jobs as below')
            .innerJoin('tree', 'tree.job_id', 'below.parent_job_id')
            .select('below.job_id'),
        ),
    )
    .selectFrom('tree')
    .innerJoin('workers', 'workers.job_id', 'tree.job_id')
    .select((row) => [
      row.fn.sum<number | null>('workers.cpu_percent').as('cpu_percent'),
      row.fn.sum<number | null>('workers.memory_mb').as('memory_mb'),
    ])
    .where('workers.cpu_percent', 'is not', null)
    .executeTakeFirstOrThrow()
}

/** What all measured workers of a tenant, or of every one, use together. */
export async function sumUsage(
  db: ReadDb,
  { tenant_id }: Seen,
): Promise<{ readonly cpu_percent: number; readonly memory_mb: number }> {
  const measured = db
    .selectFrom('workers')
    .select((row) => [
      row.fn.coalesce(row.fn.sum<number>('cpu_percent'), row.lit(0)).as('cpu_percent'),
      row.fn.coalesce(row.fn.sum<number>('memory_mb'), row.lit(0)).as('memory_mb'),
    ])
    .where('cpu_percent', 'is not', null)
  return (
    tenant_id === null ? measured : measured.where('tenant_id', '=', tenant_id)
  ).executeTakeFirstOrThrow()
}
