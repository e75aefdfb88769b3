import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ROUTES, type Operation, type Route } from '../contract/routes.ts'
import { SCOPES, type Scope } from '../contract/scopes.ts'
import { joinWith } from '../test/members.ts'
import { sketchPlan } from '../test/rig/plans.ts'
import { serveApi, type Call, type Member, type Reply, type TestApi } from '../test/serve-api.ts'
import { EXAMPLES } from './openapi/examples.ts'

type Ids = Readonly<Record<string, string>>

// No worker runs here: what is begun stays where it is.
let api: TestApi
let owner: Member
let stranger: Member
/** Everything of the owner that a path or a body can name. */
let ids: Ids
let feedback_id: string
beforeAll(async () => {
  api = await serveApi()
  owner = await joinWith(api, SCOPES)
  stranger = await joinWith(api, SCOPES)
  const ground = { db: api.database.db, folder: 'no file is written here' }
  const plan = await sketchPlan(ground, owner, [[], []])
  // What a run keeps beside its plan, of which the sketch has none.
  await sql`insert into artefacts (workspace_id, generation, job_id, kind, sha256, body)
    select workspace_id, generation, job_id, 'evidence', sha256, '{"items": [], "documents": []}'
    from artefacts where workspace_id = ${plan.workspace_id} and kind = 'plan'`.execute(api.database.db.write)
  const [course_id = '', assignment_id = ''] = plan.assignment.split('/')
  const made = async (path: string, body: unknown) => {
    const reply = await api.call('POST', path, { token: owner.token, body })
    if (reply.status >= 300) throw new Error(`not made: ${reply.text}`)
    return reply.body
  }
  const job = await made('/jobs', { task_description: 'Do one thing' })
  const build = await made('/workflows/rivers/start', EXAMPLES.startHandoff)
  const text = { submission_text: 'Reform came when delay cost more than filters.' }
  feedback_id = (await made(`/assignments/${plan.assignment}/submissions/start`, text)).job_id
  ids = {
    course_id,
    assignment_id,
    milestone_id: 'one',
    stage: 'draft_plan',
    masterplan_id: plan.masterplan_id,
    project_id: plan.masterplan_id,
    discovery_id: plan.discovery_id,
    path: '01-step.md',
    workflow_id: build.workflow_id,
    job_id: job.id,
    parent_job_id: job.id,
    worker_id: job.worker_id,
    slug: 'first',
    task_id: plan.task(1),
  }
})
afterAll(() => api[Symbol.asyncDispose]())

/** Bodies that name something by its id. */
const NAMING: Readonly<Partial<Record<Operation, readonly string[]>>> = {
  createMasterplan: ['discovery_id'],
  createJob: ['parent_job_id'],
  submitJob: ['parent_job_id'],
  allocateResources: ['job_id'],
  releaseResources: ['job_id'],
}

/** Routes that name nothing of anybody: what they answer to somebody who has nothing is their own, and empty. */
const OWN: Readonly<Partial<Record<Operation, (reply: Reply) => void>>> = {
  createStreamTicket: ({ status }) => expect(status).toBe(201),
  me: ({ body }) => expect(body.user_id).toBe(stranger.user_id),
  putCanvasCredentials: ({ status }) => expect(status).toBeGreaterThanOrEqual(400),
  getCanvasCredentials: ({ body }) => expect(body.has_key).toBe(false),
  deleteCanvasCredentials: ({ status }) => expect(status).toBe(204),
  // Course and assignment are names in the caller's own Canvas, which is not connected.
  startAssignment: ({ body }) => expect(body.code).toBe('MISSING_PREREQUISITE'),
  listMasterplans: ({ body }) => expect(body.total).toBe(0),
  getHandoffStats: ({ body }) => expect(body.total_workflows).toBe(0),
  listJobs: ({ body }) => expect(body.total).toBe(0),
  listWorkers: ({ body }) => expect(body.total).toBe(0),
  getSupervisorMetrics: ({ body }) => expect(body.total_workers).toBe(0),
  getQuotas: ({ status }) => expect(status).toBe(200),
  getResourceUsage: ({ text }) => expect(text).not.toContain(owner.workspace_id),
}

const GUARDED = Object.entries<Route>(ROUTES).filter(([, { access }]) => access !== 'none')
const operationOf = (name: string): Operation | undefined =>
  Object.values(ROUTES).find(({ operation }) => operation === name)?.operation

function idFor({ operation, tag }: Route, name: string): string {
  if (name === 'task_id' && operation === 'markTask') return ids['slug'] ?? ''
  if (name === 'job_id' && tag === 'feedback') return feedback_id
  const id = ids[name]
  if (id === undefined)
    throw new Error(`${operation} names {${name}}, of which this test has none: give it one`)
  return id
}

function pathOf(route: Route): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(idFor(route, name)))
  return route.operation.startsWith('upload') ? `${path}?name=essay.md` : path
}

function callOf(route: Route, token?: string): Call {
  const operation = operationOf(route.operation)
  const auth = token === undefined ? {} : { token }
  if (route.bodyIsFile) return { ...auth, raw: 'A text.', headers: { 'content-type': 'text/markdown' } }
  if (route.body === undefined || operation === undefined) return auth
  const named = (NAMING[operation] ?? []).map((name) => [name, idFor(route, name)] as const)
  return { ...auth, body: { ...EXAMPLES[operation], ...Object.fromEntries(named) } }
}

const send = (route: Route, token?: string): Promise<Reply> =>
  api.call(route.method.toUpperCase(), pathOf(route), callOf(route, token))

const isOwn = ([, { operation }]: (typeof GUARDED)[number]): boolean => operation in OWN
const naming = GUARDED.filter((each) => !isOwn(each))
const scoped = GUARDED.filter(([, { access }]) => access !== 'user')
const withoutScope = scoped.flatMap(([, route]) =>
  SCOPES.filter((scope) => scope !== route.access).map((scope) => [route, scope] as const),
)

/** All that has happened to anything. */
async function countChanges(): Promise<number> {
  const rows = api.database.db.read
    .selectFrom('transitions')
    .select((row) => row.fn.countAll<number>().as('n'))
  return (await rows.executeTakeFirstOrThrow()).n
}

describe(`each of the ${GUARDED.length} routes that need a token`, () => {
  test('names something of somebody, or is known to name nothing', () => {
    const unknown = naming.filter(([, { operation, path }]) => !path.includes('{') && !(operation in NAMING))
    expect(unknown.map(([operation]) => operation)).toEqual([])
  })

  test(`S1 answers 401 without a token and with a bad one: ${2 * GUARDED.length} requests`, async () => {
    for (const [operation, route] of GUARDED)
      for (const token of [undefined, 'made-up']) {
        const { status, body } = await send(route, token)
        expect([operation, token, status, body.code]).toEqual([operation, token, 401, 'UNAUTHORIZED'])
      }
  })

  test(`S1 answers 403 with any other scope alone: ${withoutScope.length} pairs of route and scope`, async () => {
    const members = new Map<Scope, Member>()
    for (const scope of SCOPES) members.set(scope, await joinWith(api, [scope], owner.workspace_id))
    const before = await countChanges()
    for (const [route, scope] of withoutScope) {
      const { status, body } = await send(route, members.get(scope)?.token)
      expect([route.operation, scope, status, body.code]).toEqual([route.operation, scope, 403, 'FORBIDDEN'])
    }
    expect(await countChanges()).toBe(before)
  })

  test(`answers 404 to another tenant’s ids, and changes nothing: ${naming.length} routes`, async () => {
    const before = await countChanges()
    for (const [operation, route] of naming) {
      const { status, body } = await send(route, stranger.token)
      expect([operation, status, body?.code]).toEqual([operation, 404, 'NOT_FOUND'])
    }
    expect(await countChanges()).toBe(before)
  })

  const own = GUARDED.filter(isOwn)
  test(`shows somebody who has nothing only that, where nothing is named: ${own.length} routes`, async () => {
    for (const [name, route] of own) {
      const operation = operationOf(name)
      const judge = operation === undefined ? undefined : OWN[operation]
      expect([name, typeof judge]).toEqual([name, 'function'])
      judge?.(await send(route, stranger.token))
    }
  })

  const read = naming.filter(
    ([operation, { method }]) => method === 'get' && operation !== 'getMasterplanFile',
  )
  test(`answers its owner, so that a 404 above means whose it is: ${read.length} routes that read`, async () => {
    for (const [operation, route] of read) {
      const headers = { authorization: `Bearer ${owner.token}` }
      const response = await fetch(`${api.origin}${pathOf(route)}`, { headers })
      await response.body?.cancel()
      expect([operation, response.status]).toEqual([operation, 200])
    }
  })
})
