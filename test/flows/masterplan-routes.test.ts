import { randomUUID } from 'node:crypto'

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { MASTERPLAN_ROUTES } from '../../contract/masterplan-routes.ts'
import { createWorkspace } from '../../db/intents/workspaces.ts'
import { planIn } from '../rig/plan-states.ts'
import { independent, sketchPlan, type SketchedPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

const ROUTES = Object.values(MASTERPLAN_ROUTES)
const ONE_PLAN = ROUTES.filter(({ path }) => path.includes('{masterplan_id}'))
const MALFORMED = ['1', 'abc', 'urn:uuid:3f0c', '3f0c2a4e-0000-4000-8000-00000000000g', '%00']

let rig: Rig
let student: Student
let stranger: Student
let plan: SketchedPlan

beforeAll(async () => {
  rig = await startRig({ worker: false, env: { RECONCILE_SECONDS: '3600' } })
  student = await rig.student(null)
  stranger = await rig.student(null)
  plan = await planIn('in_progress', rig, student)
})

afterAll(() => rig[Symbol.asyncDispose]())

interface Ids {
  readonly masterplan_id: string
  readonly task_id: string
}

const fill = (path: string, { masterplan_id, task_id }: Ids): string =>
  path.replace('{masterplan_id}', masterplan_id).replace('{task_id}', task_id).replace('{path}', '01-step.md')

const ask = (who: Student, route: (typeof ROUTES)[number], ids: Ids) =>
  who.call(route.method.toUpperCase(), fill(route.path, ids))

const idsOf = (sketched: SketchedPlan): Ids => ({
  masterplan_id: sketched.masterplan_id,
  task_id: sketched.task(1),
})

async function everythingOf({ masterplan_id }: SketchedPlan): Promise<unknown> {
  const { rows } = await sql`
    select to_jsonb(plan) as plan, (select jsonb_agg(to_jsonb(task) order by task_number) from masterplan_tasks task
      where task.masterplan_id = plan.masterplan_id) as tasks,
      (select count(*) from transitions) as transitions
    from masterplans plan where masterplan_id = ${masterplan_id}`.execute(rig.db.write)
  return rows
}

describe(`each of the ${ONE_PLAN.length} routes of one masterplan`, () => {
  test.each(ONE_PLAN)('M5 a malformed id is 400 on $method $path', async (route) => {
    for (const masterplan_id of MALFORMED) {
      const { status, body } = await ask(student, route, { ...idsOf(plan), masterplan_id })
      expect([masterplan_id, status, body.code]).toEqual([masterplan_id, 400, 'INVALID_REQUEST'])
      expect(body.errors).toMatchObject([{ pointer: 'masterplan_id' }])
    }
  })

  test.each(ONE_PLAN)('an unknown id is 404 on $method $path', async (route) => {
    const { status, body } = await ask(student, route, { ...idsOf(plan), masterplan_id: randomUUID() })
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
  })

  test.each(ONE_PLAN)("another user's id is 404 on $method $path, as if it were not there", async (route) => {
    const before = await everythingOf(plan)
    const unknown = await ask(stranger, route, { ...idsOf(plan), masterplan_id: randomUUID() })
    const { status, body } = await ask(stranger, route, idsOf(plan))
    expect([status, body.code, body.title]).toEqual([404, 'NOT_FOUND', unknown.body.title])
    expect(await everythingOf(plan)).toEqual(before)
  })

  test.each(ONE_PLAN)('no token is 401 on $method $path', async (route) => {
    const path = fill(route.path, idsOf(plan))
    const { status } = await fetch(`${rig.origin}${path}`, { method: route.method.toUpperCase() })
    expect(status).toBe(401)
  })
})

test('a malformed cursor is 400 on its stream, as a header as in the address', async () => {
  const path = `/masterplans/${plan.masterplan_id}/events`
  const authorization = `Bearer ${student.token}`
  const asked = [
    fetch(`${rig.origin}${path}?after=x`, { headers: { authorization } }),
    fetch(`${rig.origin}${path}`, { headers: { authorization, 'last-event-id': 'x' } }),
  ]
  for (const reply of await Promise.all(asked)) {
    const { status, code } = (await reply.json()) as { status: number; code: string }
    expect([status, code]).toEqual([400, 'INVALID_REQUEST'])
  }
})

describe('an id inside a masterplan', () => {
  const retry = (task_id: string) => student.plan('POST', plan.masterplan_id, `/tasks/${task_id}/retry`)

  test('M5 that is malformed is 400', async () => {
    for (const task_id of MALFORMED) {
      const { status, body } = await retry(task_id)
      expect([status, body.code, body.errors[0].pointer]).toEqual([400, 'INVALID_REQUEST', 'task_id'])
    }
  })

  test('of a task that is unknown or of another masterplan is 404', async () => {
    const other = await planIn('in_progress', rig, student)
    for (const task_id of [randomUUID(), other.task(1)]) {
      const { status, body } = await retry(task_id)
      expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
      expect(body.detail).toContain('lists its tasks')
    }
  })

  test.each(['..%2f..%2fapi.log', '..%2F01-step.md', '%2fetc%2fpasswd', '.%00', '99-step.md'])(
    'a path of a file that leads out or nowhere is refused: %s',
    async (path) => {
      const { status } = await student.plan('GET', plan.masterplan_id, `/files/${path}`)
      expect([400, 404]).toContain(status)
    },
  )
})

describe('a masterplan to print', () => {
  const print = async (masterplan_id: string): Promise<string> => {
    const url = `${rig.origin}/masterplans/${masterplan_id}/export?format=markdown`
    return (await fetch(url, { headers: { authorization: `Bearer ${student.token}` } })).text()
  }

  test('ticks what its student marked as done, and nothing for having been executed', async () => {
    const done = await planIn('completed', rig, student)
    const executed = await print(done.masterplan_id)
    expect(executed).toContain('scaffold written')
    expect(executed).not.toContain('[x]')

    const { discovery_id, assignment } = await planIn('cancelled', rig, student)
    const made = await student.call('POST', '/masterplans', { body: { discovery_id, session_id: 'a tab' } })
    const { status } = await student.call('PATCH', `/assignments/${assignment}/tasks/second`, {
      body: { state: 'done' },
    })
    expect(status).toBe(200)
    const ticked = (await print(made.body.masterplan_id)).split('\n').filter((line) => line.includes('[x]'))
    expect(ticked).toEqual([expect.stringMatching(/^- \[x\] \*\*\d+\. Task second\*\*$/)])
  })

  test('is Markdown in which lines stay lines and what belongs to a task stands under it', async () => {
    const { masterplan_id } = await sketchPlan(rig, student, [[], [1], [1, 2]])
    const url = `${rig.origin}/masterplans/${masterplan_id}/export?format=markdown`
    const reply = await fetch(url, { headers: { authorization: `Bearer ${student.token}` } })
    expect(reply.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(await reply.text()).toContain(
      [
        '- [ ] **3. Step 3**',
        '  What is done in step 3.',
        '  After: 1, 2.  \n  Leaves: `03-step.md`',
        '  - [ ] Step 3 is done.',
      ].join('\n\n'),
    )
  })
})

describe('making a masterplan of a finished plan', () => {
  const create = (discovery_id: string, who = student, session_id = 'a tab') =>
    who.call('POST', '/masterplans', { body: { discovery_id, session_id } })

  test('M18 Create answers status draft, and afterwards the one there is', async () => {
    const rejected = await planIn('rejected', rig, student)
    const made = await create(rejected.discovery_id)
    expect([made.status, made.body.status]).toEqual([201, 'draft'])
    expect(made.body.masterplan_id).not.toBe(rejected.masterplan_id)
    const again = await create(rejected.discovery_id, student, 'another tab')
    expect([again.status, again.body.masterplan_id]).toEqual([200, made.body.masterplan_id])
    const detail = await student.plan('GET', made.body.masterplan_id)
    expect(detail.body).toMatchObject({ session_id: 'a tab', discovery_id: rejected.discovery_id })
    const names = detail.body.phases.flatMap((phase: { milestones: { tasks: { name: string }[] }[] }) =>
      phase.milestones.flatMap(({ tasks }) => tasks.map(({ name }) => name)),
    )
    expect(names).toEqual(expect.arrayContaining(['Task first', 'Task second', 'Task third']))
  })

  test('gives the draft that came with the plan the session it is first asked for in', async () => {
    const draft = await planIn('draft', rig, student)
    for (const tab of ['first tab', 'second tab']) {
      const { status, body } = await create(draft.discovery_id, student, tab)
      expect([status, body.masterplan_id]).toEqual([200, draft.masterplan_id])
    }
    expect((await student.plan('GET', draft.masterplan_id)).body.session_id).toBe('first tab')
  })

  test('M18 ten creates at once make one', async () => {
    const cancelled = await planIn('cancelled', rig, student)
    const replies = await Promise.all(Array.from({ length: 10 }, () => create(cancelled.discovery_id)))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(9)
    expect(new Set(replies.map(({ body }) => body.masterplan_id)).size).toBe(1)
  })

  test.each(MALFORMED)('M19 a malformed discovery id is 400: %s', async (discovery_id) => {
    const { status, body } = await create(discovery_id)
    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
  })

  test("M19 an unknown discovery id is 404, and so is another user's", async () => {
    for (const discovery_id of [randomUUID(), plan.discovery_id]) {
      const { status, body } = await create(discovery_id, stranger)
      expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    }
  })

  test('M19 an assignment without a plan yet is 400 MISSING_PREREQUISITE', async () => {
    const { tenant_id } = await rig.db.read
      .selectFrom('accounts')
      .select('tenant_id')
      .where('user_id', '=', student.user_id)
      .executeTakeFirstOrThrow()
    const key = { user_id: student.user_id, course_id: '8', assignment_id: '1' }
    await createWorkspace(rig.db.write, { ...key, tenant_id, request_id: null })
    const { discovery_id } = await student.snapshot('8/1')
    const { status, body } = await create(discovery_id ?? '')
    expect([status, body.code, body.missing]).toEqual([400, 'MISSING_PREREQUISITE', 'plan'])
  })

  test('M19 a plan of which none can be made is 500 MASTERPLAN_GENERATION_FAILED, and nothing is made', async () => {
    const rejected = await sketchPlan(rig, student, independent(1))
    await sql`update masterplans set status = 'rejected' where masterplan_id = ${rejected.masterplan_id}`.execute(
      rig.db.write,
    )
    // A task that waits for itself, as a version before the check of plans could have stored it.
    await sql`update artefacts set body = jsonb_set(body, '{milestones,0,tasks,0,depends_on}', '["first"]')
      where workspace_id = ${rejected.workspace_id} and kind = 'plan'`.execute(rig.db.write)
    const { status, body } = await create(rejected.discovery_id)
    expect([status, body.code]).toEqual([500, 'MASTERPLAN_GENERATION_FAILED'])
    expect(body.detail).toContain('circular dependencies between first')
    expect((await student.snapshot(rejected.assignment)).masterplan_id).toBe(rejected.masterplan_id)
  })
})
