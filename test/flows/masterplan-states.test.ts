import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { PLAN_VERBS } from '../../contract/execution/plan-controls.ts'
import { MACHINES } from '../../contract/machines.ts'
import type { PlanState } from '../../contract/machines/masterplan-machines.ts'
import { MasterplanState } from '../../contract/masterplans.ts'
import { takePlaces } from '../rig/places.ts'
import { planIn } from '../rig/plan-states.ts'
import { planAnew, type SketchedPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Reply, Student } from '../rig/student.ts'

const { states, moves } = MACHINES.plan
const TASK_DEPTH = 3
const WISHES = [...PLAN_VERBS, 'task retry'] as const
type Wish = (typeof WISHES)[number]

/** Where the table leads by a wish; undefined when nowhere. A task is tried again in a plan at work, or by reopening it. */
function targetOf(state: PlanState, wish: Wish): PlanState | undefined {
  if (wish !== 'task retry') return moves.find(({ from, on }) => from === state && on === wish)?.to
  if (state === 'in_progress' || state === 'paused') return state
  return moves.find(({ from, on }) => from === state && on === 'reopen')?.to
}

const PAIRS = states.flatMap((state) =>
  WISHES.map((wish) => ({ state, wish, target: targetOf(state, wish) })),
)
const ALLOWED = PAIRS.filter(({ target }) => target !== undefined)
const REFUSED = PAIRS.filter(({ target }) => target === undefined)

let rig: Rig
let student: Student
const plans = new Map<PlanState, SketchedPlan>()

beforeAll(async () => {
  // Nobody helps on a plan whose run was never started: each stays in the state it was brought to.
  rig = await startRig({ env: { RECONCILE_SECONDS: '3600' } })
  student = await rig.student(null)
  for (const state of states) plans.set(state, await planIn(state, rig, student))
})

afterAll(() => rig[Symbol.asyncDispose]())

function planOf(state: PlanState): SketchedPlan {
  const plan = plans.get(state)
  if (plan === undefined) throw new Error(`no plan is ${state}`)
  return plan
}

const pathOf = (plan: SketchedPlan, wish: Wish): string =>
  wish === 'task retry' ? `/tasks/${plan.task(1)}/retry` : `/${wish}`

async function put(plan: SketchedPlan, wish: Wish, request_id: string = randomUUID()): Promise<Reply> {
  const headers = { 'idempotency-key': request_id }
  return student.plan('POST', plan.masterplan_id, pathOf(plan, wish), { headers })
}

const detail = async (state: PlanState, wish: Wish): Promise<string> =>
  (await put(planOf(state), wish)).body.detail

const isRetry = (wish: Wish): boolean => wish === 'retry' || wish === 'task retry'

async function transitionsOf(request_id: string) {
  return rig.db.read
    .selectFrom('transitions')
    .select(['machine', 'from_state', 'to_state'])
    .where('request_id', '=', request_id)
    .where('machine', 'in', ['plan', 'task'])
    .execute()
}

describe(`${PAIRS.length} pairs of a state and a wish`, () => {
  test('are those of the contract', () => {
    expect([ALLOWED.length, REFUSED.length]).toEqual([15, 49])
    const lines = states.map((state) => {
      const own = ALLOWED.filter((pair) => pair.state === state)
      return `${state}: ${own.map(({ wish, target }) => `${wish} → ${target}`).join(', ')}`
    })
    expect(lines).toMatchInlineSnapshot(`
      [
        "draft: approve → approved, reject → rejected",
        "approved: reject → rejected, execute → in_progress, cancel → cancelled",
        "rejected: ",
        "in_progress: pause → paused, cancel → cancelled, task retry → in_progress",
        "paused: resume → in_progress, cancel → cancelled, task retry → paused",
        "completed: task retry → in_progress",
        "failed: reject → rejected, retry → in_progress, task retry → in_progress",
        "cancelled: ",
      ]
    `)
  })

  test.each(REFUSED)('$state: $wish is refused with 400', async ({ state, wish }) => {
    const plan = planOf(state)
    const before = (await student.plan('GET', plan.masterplan_id)).body
    const task = before.phases.flatMap((phase: Phase) => phase.milestones.flatMap(({ tasks }) => tasks))[0]
    // What is not failed is no business of a retry, whatever its plan is.
    const isTask = wish === 'task retry' && task.status !== 'failed'
    const [machine, current_state] = isTask ? (['task', task.status] as const) : (['plan', state] as const)
    const to = MACHINES[machine].moves.filter(({ from }) => from === current_state).map((move) => move.to)
    const { status, body } = await put(plan, wish)
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'INVALID_STATE_TRANSITION', status: 400, current_state })
    // What happened, then what to do instead.
    expect(body.detail).toMatch(/^[^.]+\. [A-Z][^.]+.*\.$/)
    expect(body.allowed.toSorted()).toEqual([...new Set<string>(to)].toSorted())
    expect((await student.plan('GET', plan.masterplan_id)).body).toEqual(before)
  })

  test.each(ALLOWED)('$state: $wish leads to $target', async ({ state, wish, target }) => {
    const plan = await planIn(state, rig, student)
    const request_id = randomUUID()
    const { status, body } = await put(plan, wish, request_id)
    expect([status, body.code]).toEqual([200, undefined])
    const written = await transitionsOf(request_id)
    const steps = [
      { machine: 'plan', from_state: state, to_state: target },
      { machine: 'task', from_state: 'failed', to_state: 'pending' },
    ]
    const expected = steps.filter(({ machine }) => (machine === 'plan' ? target !== state : isRetry(wish)))
    expect(written).toEqual(expect.arrayContaining(expected))
    expect(written.filter(({ machine }) => machine === 'plan')).toHaveLength(target === state ? 0 : 1)
  })
})

describe('one request id', () => {
  test('is a wish of its own for every verb', async () => {
    const plan = await planIn('draft', rig, student)
    // With no place for a task the plan cannot come to its end between two wishes.
    const { giveBack } = await takePlaces(rig, student, TASK_DEPTH)
    const id = randomUUID()
    const states: string[] = []
    for (const wish of ['approve', 'execute', 'pause', 'resume', 'cancel'] as const)
      states.push((await put(plan, wish, id)).body.status)
    await giveBack()
    expect(states).toEqual(['approved', 'in_progress', 'paused', 'in_progress', 'cancelled'])
  })

  test('is a wish of its own for every task', async () => {
    const plan = await planIn('failed', rig, student)
    const id = randomUUID()
    const headers = { 'idempotency-key': id }
    for (const number of [1, 2]) {
      const path = `/tasks/${plan.task(number)}/retry`
      const { status, body } = await student.plan('POST', plan.masterplan_id, path, { headers })
      expect([status, body.task_id, body.status]).toEqual([200, plan.task(number), 'pending'])
    }
    const opened = (await transitionsOf(id)).filter(
      ({ from_state, to_state }) => from_state === 'failed' && to_state === 'pending',
    )
    expect(opened).toHaveLength(2)
  })
})

describe('a plan that was replaced', () => {
  test.each([
    ['failed', 'retry'],
    ['failed', 'task retry'],
    ['completed', 'task retry'],
  ] as const)('%s: %s is refused, and the newest plan named as the way on', async (state, wish) => {
    const plan = await planIn(state, rig, student)
    await planAnew(rig, student, plan)
    const { status, body } = await put(plan, wish)
    expect([status, body.code, body.current_state]).toEqual([400, 'INVALID_STATE_TRANSITION', state])
    expect(body.detail).toContain('planned anew')
    expect((await student.plan('GET', plan.masterplan_id)).body.status).toBe(state)
  })
})

interface Phase {
  readonly milestones: readonly { readonly tasks: readonly { readonly status: string }[] }[]
}

describe('what a person is told', () => {
  test('M4 Approving a rejected or in_progress one is 400', async () => {
    expect(await detail('rejected', 'approve')).toContain('is rejected, for good')
    expect(await detail('in_progress', 'approve')).toContain('already runs')
  })

  test('M12 Executing a draft is 400 and the detail says it is not approved', async () => {
    expect(await detail('draft', 'execute')).toContain('not approved')
  })

  test('M13 Executing a running one is 400 and the detail says it already runs', async () => {
    expect(await detail('in_progress', 'execute')).toContain('already runs')
    expect(await detail('paused', 'execute')).toContain('already runs')
  })

  test('M33 retrying what has not failed says what to do about a task in its state', async () => {
    expect(await detail('approved', 'task retry')).toContain('worked in its turn')
    expect(await detail('cancelled', 'task retry')).toContain('POST /masterplans')
  })

  const OPTIONS: { readonly [S in PlanState]: readonly string[] } = {
    draft: ['approve', 'reject'],
    approved: ['execute', 'reject'],
    in_progress: ['view_details', 'cancel'],
    paused: ['resume', 'cancel'],
    failed: ['retry', 'view_details', 'reject'],
    completed: ['view_details', 'export'],
    rejected: ['view_details'],
    cancelled: ['view_details'],
  }
  const CAN: readonly (readonly [string, readonly PlanState[]])[] = [
    ['can_execute', ['approved']],
    ['can_retry', ['failed']],
    ['can_pause', ['in_progress']],
    ['can_resume', ['paused']],
    ['can_cancel', ['approved', 'in_progress', 'paused']],
  ]

  test.each(states)('M27 Status returns the recovery_options of a plan that is %s', async (state) => {
    const { status, body } = await student.plan('GET', planOf(state).masterplan_id, '/status')
    expect(status).toBe(200)
    expect(MasterplanState.parse(body)).toMatchObject({ status: state, recovery_options: OPTIONS[state] })
    for (const [name, can] of CAN) expect([name, body[name]]).toEqual([name, can.includes(state)])
  })
})
