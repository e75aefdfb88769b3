import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import { registerStudent, type Student } from '../rig/student.ts'

const PRESENTATION = '2103/5104'
const STAGE = 'fetch_canvas_context'

let rig: Rig
let student: Student

// No worker: nothing here may need one.
beforeAll(async () => {
  rig = await startRig({ worker: false })
  student = await rig.student()
})

afterAll(() => rig[Symbol.asyncDispose]())

async function countWorkspaces(): Promise<number> {
  const { count } = await rig.db.read
    .selectFrom('assignment_workspaces')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

const ROUTES = [
  ['POST', '/start'],
  ['POST', '/start?reprocess=true'],
  ['GET', ''],
  ['GET', '/plan'],
  ['GET', '/plan/evidence'],
  ['GET', '/requirements'],
  ['GET', '/events'],
  ['POST', `/stages/${STAGE}/retry`],
] as const

describe('ids', () => {
  const BAD = ['abc', '12a', '-1', '1~', '~1', '1~2~3', '1.5', '%20', '1%2F2', '٣', '9'.repeat(41)]

  test.each(BAD)('a course id such as %j answers 422 on every assignment route', async (id) => {
    for (const [method, rest] of ROUTES) {
      const { status, body } = await student.call(method, `/assignments/${id}/5104${rest}`)
      expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED'])
      expect(body.errors[0].pointer).toBe('course_id')
    }
    expect(await countWorkspaces()).toBe(0)
  })

  test.each(BAD)('an assignment id such as %j answers 422 on every assignment route', async (id) => {
    for (const [method, rest] of ROUTES) {
      const { status, body } = await student.call(method, `/assignments/2103/${id}${rest}`)
      expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED'])
      expect(body.errors[0].pointer).toBe('assignment_id')
    }
    expect(await countWorkspaces()).toBe(0)
  })

  test('a stage that does not exist answers 422', async () => {
    const { status, body } = await student.retry(PRESENTATION, 'no_such_stage')
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED'])
  })
})

describe('a start', () => {
  test.each(['', '?reprocess=true'])(
    'without Canvas credentials answers 400 and says what is missing (%j)',
    async (query) => {
      const newcomer = await registerStudent(rig.origin)
      const { status, body } = await newcomer.start(PRESENTATION, query)
      expect([status, body.code, body.missing]).toEqual([400, 'MISSING_PREREQUISITE', 'canvas_credentials'])
      expect(body.detail).toContain('PUT /users/me/canvas-credentials')
      expect(await countWorkspaces()).toBe(0)
    },
  )

  test('with a body above 64 kB answers 413', async () => {
    const raw = JSON.stringify({ padding: 'x'.repeat(64 * 1_024) })
    const { status, body } = await student.call('POST', `/assignments/${PRESENTATION}/start`, { raw })
    expect([status, body.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  })

  test('with a body that is not JSON by its type answers 415', async () => {
    const headers = { 'content-type': 'text/plain' }
    const path = `/assignments/${PRESENTATION}/start`
    const { status, body } = await student.call('POST', path, { raw: '{}', headers })
    expect([status, body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
  })

  test.each([
    ['a field nobody knows', { unknown: 1 }],
    ['a request id of the wrong type', { request_id: 7 }],
    ['a list', []],
    ['a number', 7],
  ])('with %s answers 422', async (_name, body) => {
    const reply = await student.call('POST', `/assignments/${PRESENTATION}/start`, { body })
    expect([reply.status, reply.body.code]).toEqual([422, 'VALIDATION_FAILED'])
  })

  test.each(['?reprocess=yes', '?unknown=1'])('with the query %s answers 422', async (query) => {
    const { status, body } = await student.start(PRESENTATION, query)
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED'])
  })

  test('that was refused has written nothing', async () => {
    expect(await countWorkspaces()).toBe(0)
  })
})

describe('a retry', () => {
  test.each([
    ['an attempt that is no number', { expected_attempt: 'first' }],
    ['attempt 0', { expected_attempt: 0 }],
    ['a field nobody knows', { stage: STAGE }],
    ['a reason that is no text', { reason: 7 }],
  ])('with %s answers 422', async (_name, body) => {
    const reply = await student.retry(PRESENTATION, STAGE, body)
    expect([reply.status, reply.body.code]).toEqual([422, 'VALIDATION_FAILED'])
  })
})

describe("another student's workspace", () => {
  test('answers 404 on every assignment route, before and after its owner starts it', async () => {
    const stranger = await rig.student()
    const others = ROUTES.filter(([, rest]) => !rest.startsWith('/start'))
    const ask = () =>
      Promise.all(
        others.map(([method, rest]) => stranger.call(method, `/assignments/${PRESENTATION}${rest}`)),
      )
    const before = await ask()
    expect((await student.start(PRESENTATION)).status).toBe(202)
    const after = await ask()
    for (const { status, body } of [...before, ...after]) {
      expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    }
    // A stranger learns nothing from the words either.
    const details = (replies: typeof before) => replies.map(({ body }) => body.detail)
    expect(details(after)).toEqual(details(before))
    expect(JSON.stringify(after)).not.toContain(student.user_id)
  })

  test('cannot be named by X-User-ID or by a user_id in the body', async () => {
    const stranger = await rig.student()
    const headers = { 'x-user-id': student.user_id }
    const seen = await stranger.call('GET', `/assignments/${PRESENTATION}`, { headers })
    expect(seen.status).toBe(404)
    const path = `/assignments/${PRESENTATION}/start`
    const started = await stranger.call('POST', path, { headers, body: { user_id: student.user_id } })
    expect(started.status).toBe(202)
    const own = await student.snapshot(PRESENTATION)
    expect(started.body.workspace_id).not.toBe(own.workspace_id)
  })
})
