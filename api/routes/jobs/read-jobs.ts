import type { OpenDatabase } from '../../../db/open.ts'
import { findJob, listChildJobs, listHistory, listJobs, type JobView } from '../../../db/read/jobs.ts'
import { toJob, toJobDetail } from '../../../db/read/present-job.ts'
import type { Caller, Handler } from '../../route.ts'
import { tenantSeenBy } from '../tenants.ts'
import type { JobDeps } from './job-deps.ts'
import { noJob } from './job-problems.ts'

/** A job that the caller sees; throws ApiProblem (404) when it is absent or another tenant's. */
export async function requireJob(
  { read }: Pick<OpenDatabase, 'read'>,
  user: Caller,
  job_id: string,
): Promise<JobView> {
  const view = await findJob(read, { job_id, tenant_id: tenantSeenBy(user) })
  if (view === undefined) throw noJob(job_id)
  return view
}

/** Lists the jobs of the caller's tenant, or of every one. */
export function createList({ db }: JobDeps): Handler<'listJobs'> {
  return async ({ user, query: { limit, offset, status, depth, parent_job_id, kind, workspace_id } }) => {
    const wanted = { limit, offset, status, depth, parent_job_id, kind, workspace_id }
    const { jobs, total } = await listJobs(db.read, { ...wanted, tenant_id: tenantSeenBy(user) })
    return { status: 200, body: { jobs: jobs.map(toJob), total, limit, offset } }
  }
}

/** Shows a job with all that belongs to it. */
export function createGet({ db }: JobDeps): Handler<'getJob'> {
  return async ({ user, params: { job_id } }) => {
    const view = await requireJob(db, user, job_id)
    const history = await listHistory(db.read, 'job', job_id)
    const children = await listChildJobs(db.read, job_id)
    return { status: 200, body: toJobDetail(view, { history, children }) }
  }
}
