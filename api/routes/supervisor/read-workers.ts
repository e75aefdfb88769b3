import type { SUPERVISOR_ROUTES } from '../../../contract/supervisor-routes.ts'
import type { WorkerDetail } from '../../../contract/workers.ts'
import type { OpenDatabase } from '../../../db/open.ts'
import { listHistory } from '../../../db/read/jobs.ts'
import { toMetrics, toWorker, toWorkerDetail } from '../../../db/read/present-worker.ts'
import { listTallies } from '../../../db/read/tallies.ts'
import {
  countJobsBelow,
  countWorkers,
  findWorker,
  listWorkers,
  sumUsage,
  sumUsageBelow,
  type WorkerView,
} from '../../../db/read/workers.ts'
import type { Caller, Handlers } from '../../route.ts'
import { requireJob } from '../jobs/read-jobs.ts'
import { tenantSeenBy } from '../tenants.ts'
import { noWorkerThere } from './worker-problems.ts'

type Reads = Pick<OpenDatabase, 'read'>

/** A worker that the caller sees; throws ApiProblem (404) when it is absent or another tenant's. */
export async function requireWorker({ read }: Reads, user: Caller, worker_id: string): Promise<WorkerView> {
  const view = await findWorker(read, { worker_id, tenant_id: tenantSeenBy(user) })
  if (view === undefined) throw noWorkerThere(worker_id)
  return view
}

/** A worker with all that belongs to it, as it stands now; throws ApiProblem (404). */
async function showWorker(db: Reads, user: Caller, worker_id: string): Promise<WorkerDetail> {
  const view = await requireWorker(db, user, worker_id)
  const history = await listHistory(db.read, 'worker', worker_id)
  const task_count = await countJobsBelow(db.read, view.job_id)
  const usage = await sumUsageBelow(db.read, view.job_id)
  return toWorkerDetail(view, { history, task_count, usage, now: new Date() })
}

/** The newest worker of a job with all that belongs to it: one whose process was lost has another in its place. Throws ApiProblem (404). */
export async function showWorkerOf(db: Reads, user: Caller, job_id: string): Promise<WorkerDetail> {
  const { worker_id } = await requireJob(db, user, job_id)
  return showWorker(db, user, worker_id ?? '')
}

const NOTHING_MEASURED = { cpu_percent: 0, memory_mb: 0 }

/** The handlers that only look. */
export function createReads(
  db: Reads,
): Pick<Handlers<keyof typeof SUPERVISOR_ROUTES>, 'listWorkers' | 'getWorker' | 'getSupervisorMetrics'> {
  return {
    listWorkers: async ({ user, query }) => {
      const { limit, offset } = query
      const wanted = { ...query, status: query.status, workspace_id: query.workspace_id }
      const seen = { ...wanted, tenant_id: tenantSeenBy(user) }
      const workers = await listWorkers(db.read, seen)
      const total = await countWorkers(db.read, seen)
      return { status: 200, body: { workers: workers.map(toWorker), total, limit, offset } }
    },
    getWorker: async ({ user, params: { worker_id } }) => ({
      status: 200,
      body: await showWorker(db, user, worker_id),
    }),
    getSupervisorMetrics: async ({ user, query: { workspace_id } }) => {
      const own = tenantSeenBy(user)
      // As in a list: a filter narrows what is seen, and another tenant's rows are none of them.
      if (own !== null && workspace_id !== undefined && workspace_id !== own)
        return { status: 200, body: toMetrics([], NOTHING_MEASURED) }
      const seen = { tenant_id: workspace_id ?? own }
      const tallies = await listTallies(db.read, seen)
      return { status: 200, body: toMetrics(tallies, await sumUsage(db.read, seen)) }
    },
  }
}
