import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createOpenApiDocument } from '../../api/openapi/document.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { Build } from '../rig/build.ts'
import { planIn } from '../rig/plan-states.ts'
import { MAYA, startRig, type Rig } from '../rig/rig.ts'
import { registerStudent, type Student } from '../rig/student.ts'
import { send } from '../serve-api.ts'
import { Judge } from './judge.ts'
import { Document } from './schema.ts'

const ESSAY = '2101/5101'
const [course_id = '', assignment_id = ''] = ESSAY.split('/')

const document = Document.parse(JSON.parse(JSON.stringify(createOpenApiDocument())))
const judge = new Judge(document)
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
)
const bodyOf = ({ requestBody }: Document['paths'][string][string]) =>
  requestBody?.content['application/json']

/** Whose request it is, the ids in its path, and ids in its body that have to be of something that is there. */
interface Ground {
  readonly by?: Student
  readonly ids?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, string>>
}

let rig: Rig
let student: Student
let operator: Student
beforeAll(async () => {
  rig = await startRig()
  student = await rig.student()
  const { body } = await student.call('GET', '/auth/me')
  operator = await rig.operator(SCOPES, body.workspace_id)
  await student.start(ESSAY)
  await student.finished(ESSAY)
})
afterAll(() => rig[Symbol.asyncDispose]())

const essay = (more: Readonly<Record<string, string>> = {}): Ground => ({
  ids: { course_id, assignment_id, ...more },
})

/** Somebody whose plan is parked at its first stage, and its job. */
async function parked(): Promise<{ by: Student; job_id: string }> {
  const by = await rig.operator(SCOPES)
  await by.connectCanvas(rig.canvas.origin, MAYA)
  rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5101', times: 1 })
  await by.start(ESSAY)
  await by.finished(ESSAY)
  return { by, job_id: (await by.snapshot(ESSAY)).job_id }
}

async function ofParked(): Promise<Ground> {
  const { by, job_id } = await parked()
  return { by, ids: { job_id, course_id, assignment_id, stage: 'fetch_canvas_context' } }
}

async function ofPlan(state: Parameters<typeof planIn>[0]): Promise<Ground> {
  const by = await rig.student(null)
  const plan = await planIn(state, rig, by)
  return { by, ids: { masterplan_id: plan.masterplan_id, task_id: plan.task(1) } }
}

/** An operator whose masterplan stands so, and its worker. */
async function ofWorker(state: Parameters<typeof planIn>[0]): Promise<Ground> {
  const by = await rig.operator(SCOPES)
  await planIn(state, rig, by)
  const { body } = await by.call('GET', '/supervisor/workers')
  const { id } = body.workers.find(({ kind }: { kind: string }) => kind === 'masterplan')
  return { by, ids: { worker_id: id } }
}

async function ofBuild(state: Parameters<Build['to']>[0]): Promise<Ground> {
  const build = await Build.start(operator)
  await build.to(state)
  return { by: operator, ids: { workflow_id: build.id } }
}

/** A job that nothing works at, so that it is still open when the example comes. */
async function ofOpenJob() {
  await rig.stopWorker()
  const { body } = await operator.call('POST', '/jobs', { body: { task_description: 'Do one thing' } })
  return { by: operator, ids: { job_id: body.id }, body: { job_id: body.id } }
}

const GROUNDS: Readonly<Record<string, () => Promise<Ground>>> = {
  login: async () => {
    const { email, password } = await registerStudent(rig.origin)
    return { body: { email, password } }
  },
  refresh: async () => {
    const { email, password } = await registerStudent(rig.origin)
    const { body } = await send(rig.origin, 'POST', '/auth/login', { body: { email, password } })
    return { body: { refresh_token: body.refresh_token } }
  },
  putCanvasCredentials: async () => ({ body: { base_url: rig.canvas.origin, api_key: MAYA } }),
  markMilestone: async () => essay({ milestone_id: 'understand' }),
  markTask: async () => essay({ task_id: 'set-up-document' }),
  startMilestoneFeedback: async () => essay({ milestone_id: 'understand' }),
  startAssignmentFeedback: async () => essay(),
  retryStage: ofParked,
  retryJob: ofParked,
  abandonJob: ofParked,
  createMasterplan: async () => ({
    body: { discovery_id: (await student.snapshot(ESSAY)).discovery_id ?? '' },
  }),
  rejectMasterplan: () => ofPlan('draft'),
  pauseMasterplan: () => ofPlan('in_progress'),
  resumeMasterplan: () => ofPlan('paused'),
  cancelMasterplan: () => ofPlan('paused'),
  retryMasterplanTask: () => ofPlan('paused'),
  startHandoff: async () => ({ ids: { project_id: 'rivers' } }),
  advanceHandoff: () => ofBuild('discovery'),
  requestHandoffRetry: () => ofBuild('testing'),
  rollbackHandoff: () => ofBuild('testing'),
  createJob: async () => ({ by: operator }),
  submitJob: async () => ({ by: operator }),
  allocateResources: ofOpenJob,
  releaseResources: ofOpenJob,
  cancelJob: async () => {
    const { by, ids } = await ofOpenJob()
    return { by, ids }
  },
  pauseWorker: () => ofWorker('in_progress'),
  resumeWorker: () => ofWorker('paused'),
  terminateWorker: () => ofWorker('in_progress'),
}

// The worker is stopped for the jobs that have to be open, so their examples come last.
const OF_OPEN_JOBS = new Set(['allocateResources', 'releaseResources', 'cancelJob'])
const examples = operations
  .flatMap((each) => {
    const example = bodyOf(each.operation)?.example
    return example === undefined ? [] : [[each.operation.operationId, { ...each, example }] as const]
  })
  .toSorted(([one], [other]) => Number(OF_OPEN_JOBS.has(one)) - Number(OF_OPEN_JOBS.has(other)))

describe('the examples of the document', () => {
  test('are there for every body that has more to say than which request it is', () => {
    const lacking = operations.filter(({ operation }) => {
      const body = bodyOf(operation)
      const isRequestIdAlone = body?.schema.$ref === '#/components/schemas/RequestIdBody'
      return body !== undefined && !isRequestIdAlone && body.example === undefined
    })
    expect(lacking.map(({ operation }) => operation.operationId)).toEqual([])
    expect(examples.length).toBeGreaterThan(20)
  })

  test.each(examples)(
    '%s is carried out as it stands',
    async (name, { path, method, operation, example }) => {
      const type = 'application/json'
      expect(
        judge.fault(['paths', path, method, 'requestBody', 'content', type, 'schema'], example),
      ).toBeNull()
      const { by = student, ids = {}, body = {} } = (await GROUNDS[name]?.()) ?? {}
      const concrete = path.replace(/\{(\w+)\}/g, (_, id: string) => encodeURIComponent(ids[id] ?? id))
      const filled = { ...example, ...body }
      const answer = await send(rig.origin, method.toUpperCase(), concrete, { token: by.token, body: filled })
      expect([name, answer.status < 300, answer.body?.detail]).toEqual([name, true, undefined])
      const place = ['paths', path, method, 'responses', String(answer.status), 'content', type, 'schema']
      expect(operation.responses).toHaveProperty([String(answer.status)])
      expect(judge.fault(place, answer.body)).toBeNull()
    },
  )
})
