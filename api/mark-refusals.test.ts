import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { keepMark } from '../db/intents/marks.ts'
import { Marking, statesOf } from '../test/marking.ts'
import { planOf } from '../test/ready-plan.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'

const PLAN = planOf({ read: ['find', 'note'], write: ['draft', 'revise'] })
const NOTHING = { rows: [], events: [] }

let api: TestApi
let member: Member
let student: Marking
let count = 0
beforeAll(async () => {
  api = await serveApi()
  member = await api.join()
})
beforeEach(async () => {
  count += 1
  student = new Marking(api, member, String(count))
  await student.begin(PLAN)
})
afterAll(() => api[Symbol.asyncDispose]())

describe('nothing is marked', () => {
  test.each(['tasks/polish', 'milestones/polish', 'tasks/read', 'milestones/find'])(
    'by %s, which is not in the plan: 404 that says where to look',
    async (path) => {
      const { status, body } = await student.mark(path, 'done')
      expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
      expect(body.detail).toContain(`${student.assignment.path}/progress`)
      expect(await student.written()).toEqual(NOTHING)
    },
  )

  test.each([[{ state: 'finished' }], [{ state: null }], [{}], [{ state: 'done', note: 'x' }], ['done']])(
    'by the body %j: 422',
    async (body) => {
      const reply = await student.call('PATCH', 'tasks/find', { body })
      expect([reply.status, reply.body.code]).toEqual([422, 'VALIDATION_FAILED'])
      expect(await student.written()).toEqual(NOTHING)
    },
  )

  test.each(['tasks/Not%20a%20slug', 'milestones/a_b'])('by %s, which is no id: 422', async (path) => {
    expect((await student.mark(path, 'done')).status).toBe(422)
  })

  test('while there is no plan: 404 PLAN_NOT_READY', async () => {
    await student.assignment.reprocess()
    const { status, body } = await student.mark('tasks/find', 'done')
    expect([status, body.code, body.current_state]).toEqual([404, 'PLAN_NOT_READY', 'running'])
    expect(await student.written()).toEqual(NOTHING)
  })

  test('without a token: 401', async () => {
    const path = `${student.assignment.path}/tasks/find`
    expect((await api.call('PATCH', path, { body: { state: 'done' } })).status).toBe(401)
    expect(await student.written()).toEqual(NOTHING)
  })

  test('on the plan of somebody else: 404, as if it were not there', async () => {
    const stranger = new Marking(api, await api.join(), student.assignment.intent.assignment_id)
    const replies = [
      await stranger.mark('tasks/find', 'done'),
      await stranger.mark('milestones/read', 'done'),
      await stranger.read(),
    ]
    expect(replies.map(({ status, body }) => [status, body.code])).toEqual(
      replies.map(() => [404, 'NOT_FOUND']),
    )
    expect(await student.written()).toEqual(NOTHING)
  })
})

describe('If-Match', () => {
  test('lets a mark through on the version the client saw, and on no other', async () => {
    const seen = (await student.read()).headers.get('etag') ?? ''
    const first = await student.mark('tasks/find', 'done', { 'if-match': seen })
    expect(first.status).toBe(200)
    const stale = await student.mark('tasks/note', 'done', { 'if-match': seen })
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE_VERSION'])
    expect(stale.body.detail).toContain(`${student.assignment.path}/progress`)
    expect(statesOf((await student.read()).body)).toMatchObject({ note: 'todo' })
    const fresh = first.headers.get('etag') ?? ''
    const listed = await student.mark('tasks/note', 'done', { 'if-match': `"0-0", W/${fresh}` })
    expect(listed.status).toBe(200)
    expect((await student.mark('tasks/draft', 'done', { 'if-match': '*' })).status).toBe(200)
  })

  test('that is no ETag is refused, and not taken for no condition', async () => {
    const { status, body } = await student.mark('tasks/find', 'done', { 'if-match': '1-0' })
    expect([status, body.errors[0].pointer]).toEqual([422, 'If-Match'])
    expect(await student.written()).toEqual(NOTHING)
  })

  test('of an earlier generation is stale, although nothing was marked since', async () => {
    const seen = (await student.read()).headers.get('etag') ?? ''
    await student.assignment.reprocess()
    await student.assignment.finish(PLAN)
    expect((await student.mark('tasks/find', 'done', { 'if-match': seen })).status).toBe(412)
    expect(await student.written()).toEqual(NOTHING)
  })
})

describe('a mark sent again with its request id', () => {
  test('gets the reply of the first, although other marks came between', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const first = await student.mark('tasks/find', 'done', key)
    await student.mark('tasks/find', 'todo')
    const again = await student.mark('tasks/find', 'done', key)
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([200, 'true'])
    expect(again.body).toEqual(first.body)
    expect(statesOf((await student.read()).body)).toMatchObject({ find: 'todo' })
    const other = await student.mark('tasks/find', 'doing', key)
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
  })

  test('is known even if its first answer was never kept: no second mark, and no 412', async () => {
    const request_id = randomUUID()
    const { user_id, course_id, assignment_id } = student.assignment.intent
    const asked = { kind: 'task', id: 'find', state: 'done' } as const
    // As a process would leave it that died between its commit and its answer.
    const intent = { user_id, course_id, assignment_id, asked, expected: ['1-0'], request_id }
    expect(await keepMark(api.database.db.write, intent)).toMatchObject({ outcome: 'marked' })
    await student.mark('tasks/note', 'doing')
    const before = await student.written()
    const headers = { 'if-match': '"1-0"', 'idempotency-key': request_id }
    const late = await student.mark('tasks/find', 'done', headers)
    expect([late.status, late.body.version]).toEqual([200, 2])
    expect(await student.written()).toEqual(before)
  })
})
