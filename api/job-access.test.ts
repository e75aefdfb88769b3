import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ROUTES, type Route } from '../contract/routes.ts'
import { SCOPES, type Scope } from '../contract/scopes.ts'
import { JobClient, UNKNOWN_JOB, type Body } from '../test/job-client.ts'
import { joinWith } from '../test/members.ts'
import { serveApi, type Member, type Reply, type TestApi } from '../test/serve-api.ts'

// No worker runs here: what is submitted stays PENDING.
let api: TestApi
let jobs: JobClient
let operator: Member
let other: Member
let platform: Member

beforeAll(async () => {
  api = await serveApi()
  jobs = new JobClient(api)
  operator = await joinWith(api, SCOPES)
  other = await joinWith(api, SCOPES)
  platform = await joinWith(api, SCOPES, '*')
})
afterAll(() => api[Symbol.asyncDispose]())

const SCOPED = Object.values<Route>(ROUTES).filter(({ tag }) => tag === 'jobs' || tag === 'resources')
const BODIES: Readonly<Record<string, (id: string) => Body>> = {
  createJob: (parent_job_id) => ({ task_description: 'x', parent_job_id }),
  submitJob: (parent_job_id) => ({ task_description: 'x', parent_job_id }),
  allocateResources: (job_id) => ({ job_id, depth: 0, worker_count: 1 }),
  releaseResources: (job_id) => ({ job_id }),
}
const concrete = ({ path }: Route, id: string): string => path.replace('{job_id}', id)
const send = (by: Member, route: Route, id: string): Promise<Reply> =>
  jobs.call(by, route.method.toUpperCase(), concrete(route, id), BODIES[route.operation]?.(id))

describe(`each of the ${SCOPED.length} routes of jobs and resources`, () => {
  const withoutOne = SCOPED.flatMap((route) =>
    SCOPES.filter((scope) => scope !== route.access).map((scope) => [route.operation, scope, route] as const),
  )

  test(`S1 answers 403 with any other scope alone: ${withoutOne.length} pairs`, async () => {
    const { id } = await jobs.accepted(operator)
    const members = new Map<Scope, Member>()
    for (const scope of SCOPES) members.set(scope, await joinWith(api, [scope], operator.workspace_id))
    for (const [operation, scope, route] of withoutOne) {
      const by = members.get(scope) ?? operator
      const { status, body } = await send(by, route, id)
      expect([operation, scope, status, body.code]).toEqual([operation, scope, 403, 'FORBIDDEN'])
    }
    expect((await jobs.read(operator, id)).status).toBe('PENDING')
  })

  test('S1 answers 401 without a token and with a bad one', async () => {
    for (const route of SCOPED) {
      const path = concrete(route, UNKNOWN_JOB)
      const method = route.method.toUpperCase()
      expect((await api.call(method, path)).status).toBe(401)
      expect((await api.call(method, path, { token: 'x' })).status).toBe(401)
    }
  })

  const named = SCOPED.filter((route) => route.path.includes('{job_id}') || route.operation in BODIES)

  test(`answers 404 to another tenant’s id: ${named.length} routes`, async () => {
    const { id } = await jobs.accepted(other)
    for (const route of named) {
      const { status, body } = await send(operator, route, id)
      expect([route.operation, status, body.code]).toEqual([route.operation, 404, 'NOT_FOUND'])
    }
    expect((await jobs.read(other, id)).status).toBe('PENDING')
  })

  test('shows a platform operator every tenant, and what they submit below a job belongs to its tenant', async () => {
    const mine = await joinWith(api, SCOPES)
    const { id } = await jobs.accepted(mine)
    expect((await jobs.read(platform, id)).workspace_id).toBe(mine.workspace_id)
    const filtered = await jobs.call(platform, 'GET', `/jobs?workspace_id=${mine.workspace_id}`)
    expect(filtered.body.total).toBe(1)
    expect((await jobs.call(platform, 'GET', '/jobs')).body.total).toBeGreaterThan(1)
    expect((await jobs.call(mine, 'GET', `/jobs?workspace_id=${other.workspace_id}`)).body.total).toBe(0)
    const below = await jobs.accepted(platform, { parent_job_id: id })
    expect(below.workspace_id).toBe(mine.workspace_id)
    const root = await jobs.accepted(platform)
    expect(root.workspace_id).not.toBe('*')
    expect((await jobs.call(platform, 'POST', `/jobs/${id}/cancel`)).body.status).toBe('CANCELED')
  })
})
