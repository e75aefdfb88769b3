import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { EventPayload } from '../contract/events.ts'
import type { PlanProgress } from '../contract/marks.ts'
import { Marking, statesOf } from '../test/marking.ts'
import { planOf } from '../test/ready-plan.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'

const TASKS = Array.from({ length: 50 }, (_, index) => `task-${index}`)
const PLAN = planOf({ first: TASKS.slice(0, 25), second: TASKS.slice(25) })
const STATES = ['doing', 'done', 'todo'] as const

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

const mark = (id: string, state: string, headers: Record<string, string> = {}) =>
  student.mark(`tasks/${id}`, state, headers)
const read = async (): Promise<PlanProgress> => (await student.read()).body

async function toldChanges(): Promise<readonly EventPayload<'mark_changed'>[]> {
  const { events } = await student.written()
  return events.map(({ body }) => body['payload'] as EventPayload<'mark_changed'>)
}

/** The states that somebody knows who has read nothing but the stream; throws where an event does not follow. */
function fold(changes: readonly EventPayload<'mark_changed'>[]): Record<string, string> {
  const states = new Map<string, string>()
  for (const { milestone_id, task_id, state, previous_state } of changes) {
    const id = task_id ?? milestone_id
    expect([id, states.get(id) ?? 'todo']).toEqual([id, previous_state])
    states.set(id, state)
  }
  return Object.fromEntries(states)
}

describe('fifty marks at once', () => {
  test('on the same version: one is made, the others are told that it is stale', async () => {
    const replies = await Promise.all(TASKS.map((id) => mark(id, 'done', { 'if-match': '"1-0"' })))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    const refused = replies.filter(({ status }) => status !== 200)
    expect(refused.map(({ body }) => body.code)).toEqual(refused.map(() => 'STALE_VERSION'))
    expect(await read()).toMatchObject({ version: 1, done_tasks: 1 })
  })

  test('on any version: all are made, one after the other', async () => {
    const replies = await Promise.all(TASKS.map((id) => mark(id, 'done')))
    expect(replies.map(({ status }) => status)).toEqual(TASKS.map(() => 200))
    const versions = replies.map(({ body }) => body.version).toSorted((a, b) => a - b)
    expect(versions).toEqual(TASKS.map((_, index) => index + 1))
    expect(replies.map(({ body }) => body.done_tasks)).toEqual(replies.map(({ body }) => body.version))
    const progress = await read()
    expect(progress).toMatchObject({ version: 50, done_tasks: 50, milestones: [{ state: 'done' }, {}] })
    expect(fold(await toldChanges())).toEqual(statesOf(progress))
  })

  test('of two tasks, back and forth: what the stream tells leads to what there is', async () => {
    const wishes = TASKS.map((_, index) => ['task-0', 'task-30'][index % 2] ?? '')
    const replies = await Promise.all(wishes.map((id, index) => mark(id, STATES[index % 3] ?? '')))
    expect(replies.map(({ status }) => status)).toEqual(TASKS.map(() => 200))
    expect(statesOf(await read())).toMatchObject(fold(await toldChanges()))
  })
})

describe('marks at the moment of a reprocess', () => {
  test.each([0, 10, 25])(
    'are made on the old plan before it, %i requests ahead, or refused; none on a plan that is gone',
    async (ahead) => {
      const wishes = TASKS.map((id, index) => async () => {
        if (index === ahead) await student.assignment.reprocess()
        return { id, reply: await mark(id, 'done') }
      })
      const replies = await Promise.all(wishes.map((wish) => wish()))
      const made = replies.filter(({ reply }) => reply.status === 200).map(({ id }) => id)
      const refused = replies.filter(({ reply }) => reply.status !== 200)
      expect(refused.map(({ reply }) => reply.body.code)).toEqual(refused.map(() => 'PLAN_NOT_READY'))
      // The one that came after the reprocess is refused in any case.
      expect(refused.map(({ id }) => id)).toContain(`task-${ahead}`)

      const stored = await student.events()
      const raised = stored.findIndex(({ type }) => type === 'superseded')
      expect(stored.slice(raised + 1).map(({ type }) => type)).not.toContain('mark_changed')
      expect(new Set(stored.slice(0, raised + 1).map(({ generation }) => generation))).toEqual(new Set([1]))

      await student.assignment.finish(PLAN)
      const tasks = (await read()).milestones.flatMap((milestone) => milestone.tasks)
      const carried = tasks.filter(({ state }) => state === 'done').map(({ id }) => id)
      expect(carried.toSorted()).toEqual(made.toSorted())
    },
  )
})
