import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { StreamEvent } from '../contract/events.ts'
import { Marking, statesOf } from '../test/marking.ts'
import { planOf } from '../test/ready-plan.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'
import { openStream } from '../test/streams/read-stream.ts'

const PLAN = planOf({ read: ['find', 'note'], write: ['draft', 'revise', 'proofread'], breathe: [] })

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

describe('GET progress', () => {
  test('shows every milestone and task of a fresh plan as to do', async () => {
    const { status, body, headers } = await student.read()
    expect(status).toBe(200)
    expect(body).toMatchObject({ generation: 1, version: 0, done_tasks: 0, total_tasks: 5 })
    expect(new Set(Object.values(statesOf(body)))).toEqual(new Set(['todo']))
    expect(body.milestones[0]).toEqual({
      id: 'read',
      title: 'Milestone read',
      order: 1,
      state: 'todo',
      updated_at: null,
      done_tasks: 0,
      total_tasks: 2,
      tasks: [
        { id: 'find', title: 'Task find', state: 'todo', updated_at: null },
        { id: 'note', title: 'Task note', state: 'todo', updated_at: null },
      ],
    })
    expect(headers.get('etag')).toBe('"1-0"')
  })

  test('answers 304 to the version the client has, until something is marked', async () => {
    const etag = (await student.read()).headers.get('etag') ?? ''
    const again = () => student.call('GET', 'progress', { headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    await student.mark('tasks/find', 'doing')
    const changed = await again()
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"1-1"'])
  })

  test('answers 404 without a workspace, and while there is no plan says how it goes on', async () => {
    const nowhere = await api.call('GET', '/assignments/1/999/progress', { token: member.token })
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'NOT_FOUND'])
    await student.assignment.reprocess()
    const early = await student.read()
    expect([early.status, early.body.code]).toEqual([404, 'PLAN_NOT_READY'])
    expect(early.body.current_state).toBe('running')
    await student.assignment.fail()
    const failed = await student.read()
    expect([failed.body.code, failed.body.current_state]).toEqual(['PLAN_NOT_READY', 'failed'])
    expect(failed.body.detail).toContain('retry the stage')
  })
})

describe('PATCH of a task or milestone', () => {
  test('answers the progress as it is then, which is what GET answers from then on', async () => {
    const { status, body, headers } = await student.mark('tasks/find', 'done')
    expect(status).toBe(200)
    expect(statesOf(body)).toMatchObject({ find: 'done', note: 'todo', read: 'doing', write: 'todo' })
    expect(body).toMatchObject({ version: 1, done_tasks: 1, total_tasks: 5 })
    expect(body.milestones[0].tasks[0].updated_at).toMatch(/^\d{4}-.*Z$/)
    const now = await student.read()
    expect(now.body).toEqual(body)
    expect(now.headers.get('etag')).toBe(headers.get('etag'))
  })

  test('lets the milestone follow its tasks, and the tasks of a milestone that is done or to do follow it', async () => {
    await student.mark('tasks/find', 'done')
    const noted = await student.mark('tasks/note', 'done')
    expect(statesOf(noted.body)).toMatchObject({ read: 'done', write: 'todo' })
    const done = await student.mark('milestones/write', 'done')
    expect(statesOf(done.body)).toMatchObject({ write: 'done', draft: 'done', revise: 'done' })
    expect(done.body.done_tasks).toBe(5)
    const todo = await student.mark('milestones/read', 'todo')
    expect(statesOf(todo.body)).toMatchObject({ read: 'todo', find: 'todo', note: 'todo', write: 'done' })
    const begun = await student.mark('milestones/read', 'doing')
    expect(statesOf(begun.body)).toMatchObject({ read: 'doing', find: 'todo', note: 'todo' })
    const bare = await student.mark('milestones/breathe', 'done')
    expect(statesOf(bare.body)).toMatchObject({ breathe: 'done' })
  })

  test('that is marked so already changes nothing, writes nothing and answers the same version', async () => {
    const first = await student.mark('milestones/write', 'done')
    const before = await student.written()
    for (const path of ['milestones/write', 'tasks/draft']) {
      const again = await student.mark(path, 'done')
      expect([again.status, again.headers.get('etag')]).toEqual([200, first.headers.get('etag')])
      expect(again.body).toEqual(first.body)
    }
    expect(await student.written()).toEqual(before)
  })

  test('keeps each mark with its generation and the request that brought it', async () => {
    const request_id = randomUUID()
    await student.call('PATCH', 'milestones/read', { body: { state: 'done', request_id } })
    const kept = { state: 'done', generation: 1, version: 1, request_id }
    expect(await student.rows()).toMatchObject([
      { kind: 'task', id: 'find', ...kept },
      { kind: 'task', id: 'note', ...kept },
      { kind: 'milestone', id: 'read', ...kept },
    ])
  })

  test('leaves the run as it was: no transition and no change of its state', async () => {
    const { path } = student.assignment
    const snapshot = async () => (await api.call('GET', path, { token: member.token })).body
    const transitions = async () =>
      (await api.database.db.read.selectFrom('transitions').select('seq').execute()).length
    const { last_event_id: before, ...state } = await snapshot()
    const audited = await transitions()
    await student.mark('milestones/write', 'done')
    const { last_event_id: after, ...then } = await snapshot()
    expect(then).toEqual(state)
    expect(after).toBe(before + 4)
    expect(await transitions()).toBe(audited)
  })
})

describe('a plan made anew', () => {
  const renew = async (milestones: Parameters<typeof planOf>[0]) => {
    await student.assignment.reprocess()
    await student.assignment.finish(planOf(milestones))
    return (await student.read()).body
  }

  test('shows the marks of the ids it has, also where a task is now in another milestone', async () => {
    await student.mark('milestones/read', 'done')
    const { headers } = await student.mark('tasks/draft', 'doing')
    const body = await renew({ read: ['note', 'discuss'], write: ['draft', 'find'], revise: ['revise'] })
    expect(body).toMatchObject({ generation: 2, version: 2, done_tasks: 2, total_tasks: 5 })
    expect(statesOf(body)).toEqual({
      read: 'doing',
      note: 'done',
      discuss: 'todo',
      write: 'doing',
      draft: 'doing',
      find: 'done',
      revise: 'todo',
    })
    expect((await student.read()).headers.get('etag')).not.toBe(headers.get('etag'))
  })

  test('keeps the marks of ids it does not have, for a plan that has them again', async () => {
    await student.mark('tasks/find', 'done')
    const without = await renew({ read: ['note'] })
    expect(statesOf(without)).toEqual({ read: 'todo', note: 'todo' })
    expect((await student.mark('tasks/find', 'doing')).status).toBe(404)
    expect(statesOf(await renew({ read: ['find'] }))).toEqual({ read: 'done', find: 'done' })
    expect(await student.rows()).toMatchObject([{ id: 'find', state: 'done', generation: 1 }])
  })
})

test('two students with the same assignment each have marks of their own', async () => {
  const other = new Marking(api, await api.join(), student.assignment.intent.assignment_id)
  await other.begin(PLAN)
  await student.mark('tasks/find', 'done')
  expect(statesOf((await other.read()).body)).toMatchObject({ find: 'todo' })
  expect(statesOf((await student.read()).body)).toMatchObject({ find: 'done' })
})

test('the stream tells each state that changed, tasks before their milestone, with the counts of the plan', async () => {
  const { workspace_id, job_id } = await student.assignment.workspace()
  const url = `${api.origin}${student.assignment.path}/events`
  using reader = await openStream(url, { headers: { authorization: `Bearer ${member.token}` } })
  await reader.untilMessage('plan_ready')
  await student.mark('tasks/draft', 'done')
  await student.mark('milestones/write', 'done')
  const ofMarks = () => reader.messages.filter(({ event }) => event === 'mark_changed')
  await reader.until(() => ofMarks().length >= 5)
  const told = ofMarks().map(({ data }) => StreamEvent.parse(data))
  const change = (task_id: string | null, previous_state: string, state: string, done_tasks: number) => ({
    milestone_id: 'write',
    task_id,
    state,
    previous_state,
    done_tasks,
    total_tasks: 5,
  })
  expect(told.map(({ payload }) => payload)).toEqual([
    change('draft', 'todo', 'done', 1),
    change(null, 'todo', 'doing', 1),
    change('revise', 'todo', 'done', 2),
    change('proofread', 'todo', 'done', 3),
    change(null, 'doing', 'done', 3),
  ])
  const run = { workspace_id, job_id, generation: 1, stage: 'finalize_plan', progress: 100 }
  for (const event of told) expect(event).toMatchObject({ ...run, status: 'completed' })
  expect(told[0]?.message).toBe('Task “Task draft” is done: 1 of 5 tasks done.')
  const from = told[0]?.seq ?? 0
  expect(told.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4].map((index) => from + index))
})

test('a mark wakes the hubs of every process once it is committed', async () => {
  const { workspace_id } = await student.assignment.workspace()
  const client = api.database.db.connection()
  await client.connect()
  const woken = Promise.withResolvers<string | undefined>()
  client.on('notification', ({ payload }) => woken.resolve(payload))
  await client.query('listen waymark_events')
  await student.mark('tasks/find', 'done')
  const payload = await woken.promise
  await client.end()
  expect(payload).toBe(`${workspace_id}|${(await student.events()).at(-1)?.seq}`)
})
