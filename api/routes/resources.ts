import { describeUse } from '../../contract/jobs/allocation.ts'
import { ApiProblem } from '../../contract/problem.ts'
import type { RESOURCE_ROUTES } from '../../contract/resource-routes.ts'
import { acceptAllocation, acceptRelease } from '../../db/intents/allocations.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { listDepthUse } from '../../db/read/allocations.ts'
import type { Handler, Handlers } from '../route.ts'
import { noJob } from './jobs/job-problems.ts'
import { chooseTenant, tenantSeenBy } from './tenants.ts'

interface ResourceDeps {
  readonly db: OpenDatabase
  /** What tenants may usually hold at each depth. */
  readonly quotas: readonly number[]
}

function createAllocate({ db, quotas }: ResourceDeps): Handler<'allocateResources'> {
  return async ({ user, body, ctx }) => {
    const { job_id, depth, worker_count, allow_partial } = body
    ctx.state['jobId'] = job_id
    const quota = quotas[depth] ?? 1
    const wish = { job_id, depth, worker_count, allow_partial, quota, tenant_id: tenantSeenBy(user) }
    const outcome = await acceptAllocation(db.write, wish)
    if (outcome.kind === 'absent') throw noJob(job_id)
    if (outcome.kind === 'ended') {
      const detail = `The job is ${outcome.status} and needs no workers any more. Name a job that is still to run; GET /jobs lists them.`
      throw new ApiProblem('INVALID_STATE_TRANSITION', detail, {
        extras: { current_state: outcome.status, allowed: [] },
      })
    }
    if (outcome.kind === 'short') {
      throw new ApiProblem(
        'INSUFFICIENT_RESOURCES',
        `Depth ${depth} has not ${worker_count} free now. GET /resources/usage shows what is held; ask again once something is released, or for less.`,
      )
    }
    const { id, worker_count: granted, allocated_at } = outcome.allocation
    const told = { id, job_id, depth, worker_count: granted, requested: worker_count, granted }
    return {
      status: 201,
      body: { ...told, allocated_at: allocated_at.toISOString(), released_at: null },
    }
  }
}

function createRelease({ db }: ResourceDeps): Handler<'releaseResources'> {
  return async ({ user, body: { job_id, depth } }) => {
    const released_count = await acceptRelease(db.write, { job_id, depth, tenant_id: tenantSeenBy(user) })
    if (released_count === undefined) throw noJob(job_id)
    const where = depth === undefined ? '' : ` at depth ${depth}`
    const released = released_count > 0
    const message = released ? `${released_count} given back${where}.` : `The job holds nothing${where}.`
    return { status: 200, body: { job_id, depth: depth ?? null, released, released_count, message } }
  }
}

/** The handlers of everything below /resources. */
export function createResourceHandlers(deps: ResourceDeps): Handlers<keyof typeof RESOURCE_ROUTES> {
  const { db, quotas } = deps
  return {
    getQuotas: async ({ user, query }) => {
      const uses = await listDepthUse(db.read, chooseTenant(user, query.workspace_id), quotas)
      const own = uses.map(({ depth, max_workers, max_concurrent_jobs }) => ({
        depth,
        max_workers,
        max_concurrent_jobs,
      }))
      return { status: 200, body: { quotas: own } }
    },
    getResourceUsage: async ({ user, query }) => {
      const uses = await listDepthUse(db.read, chooseTenant(user, query.workspace_id), quotas)
      return { status: 200, body: { usage: uses.map((use) => ({ depth: use.depth, ...describeUse(use) })) } }
    },
    allocateResources: createAllocate(deps),
    releaseResources: createRelease(deps),
  }
}
