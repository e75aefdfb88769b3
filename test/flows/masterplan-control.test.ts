import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { StreamEvent } from '../../contract/events.ts'
import { mostPlaces, watchPlaces } from '../rig/count-places.ts'
import {
  eventsToEnd,
  executePlan,
  expectSoundExecution,
  isOfTask,
  numbersIn,
  openJobsOf,
  placesTaken,
  readPlan,
  readTasks,
} from '../rig/execution.ts'
import { independent, sketchPlan, type SketchedPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

const TASK_DEPTH = 3
/** The default quota of that depth. */
const QUOTA = 3

let rig: Rig
let student: Student

beforeAll(async () => {
  // So many tries that a task with something in its way is at work until a test takes that away.
  rig = await startRig({ env: { STAGE_MAX_ATTEMPTS: '20', RECONCILE_SECONDS: '3600' } })
  await watchPlaces(rig)
  student = await rig.student(null)
})

afterAll(() => rig[Symbol.asyncDispose]())

const put = async (plan: SketchedPlan, verb: string, body: object = {}) =>
  student.plan('POST', plan.masterplan_id, verb, { body })

/** All events up to the first of a task in a state. */
const untilTask = (plan: SketchedPlan, number: number, status: string): Promise<StreamEvent[]> =>
  student.planEventsUntil(
    plan.masterplan_id,
    (event) =>
      isOfTask(event) && event.payload.task_id === plan.task(number) && event.payload.status === status,
  )

const untilStatus = (plan: SketchedPlan, wanted: string, after = 0): Promise<StreamEvent[]> =>
  student.planEventsUntil(
    plan.masterplan_id,
    (event) =>
      event.event_type === 'masterplan_status' && event.payload.status === wanted && event.seq > after,
  )

const beginningsAfter = (events: readonly StreamEvent[], seq: number) =>
  events.filter((event) => event.seq > seq && isOfTask(event) && event.payload.status === 'in_progress')

describe('M28 a plan that is steered while it runs', () => {
  test('Pause starts no new task, running ones come to their end, resume goes on', async () => {
    // Ten tasks and three places: 2 and 3 are held at work while 1 lets others run.
    const plan = await sketchPlan(rig, student, independent(10))
    await plan.obstruct(2, 3)
    await executePlan(student, plan)
    await untilTask(plan, 1, 'completed')
    const paused = await put(plan, '/pause', { reason: 'The bell rings.' })
    expect([paused.status, paused.body.status]).toEqual([200, 'paused'])
    const pausedAt = (await untilStatus(plan, 'paused')).at(-1)
    expect(pausedAt?.payload).toMatchObject({ previous_status: 'in_progress', reason: 'The bell rings.' })
    const atWork = numbersIn(await readTasks(student, plan.masterplan_id), 'in_progress', 'validating')
    expect(atWork).toEqual(expect.arrayContaining([2, 3]))

    await plan.clear(2, 3)
    for (const number of atWork) await untilTask(plan, number, 'completed')
    const meanwhile = await readTasks(student, plan.masterplan_id)
    expect(numbersIn(meanwhile, 'in_progress', 'validating')).toEqual([])
    expect(numbersIn(meanwhile, 'ready').length).toBeGreaterThan(0)
    expect((await readPlan(student, plan.masterplan_id)).status).toBe('paused')
    expect(await placesTaken(rig)).toBe(0)

    expect((await put(plan, '/resume')).body.status).toBe('in_progress')
    const events = await eventsToEnd(student, plan.masterplan_id)
    const tasks = await readTasks(student, plan.masterplan_id)
    expectSoundExecution(events, tasks)
    const [resumed] = events.filter(
      (event) => event.event_type === 'masterplan_status' && event.payload.previous_status === 'paused',
    )
    const from = pausedAt?.seq ?? 0
    const until = resumed?.seq ?? 0
    expect(until).toBeGreaterThan(from)
    expect(beginningsAfter(events.slice(0, until), from)).toEqual([])
    expect(beginningsAfter(events, until).length).toBe(numbersIn(meanwhile, 'ready', 'pending').length)
    expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
      status: 'completed',
      completed_tasks: 10,
    })
  })

  test('a plan whose last task ends while it is paused completes when it is resumed', async () => {
    const plan = await sketchPlan(rig, student, independent(1))
    await plan.obstruct(1)
    await executePlan(student, plan)
    await untilTask(plan, 1, 'in_progress')
    await put(plan, '/pause')
    await plan.clear(1)
    await untilTask(plan, 1, 'completed')
    expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
      status: 'paused',
      progress_percent: 100,
    })
    expect((await put(plan, '/resume')).body.status).toBe('completed')
  })

  test('cancel skips open tasks, stops those at work, and leaves what is completed', async () => {
    const plan = await sketchPlan(rig, student, [[], [], [1], [2], [4], []])
    await plan.obstruct(2)
    await executePlan(student, plan)
    for (const number of [1, 3, 6]) await untilTask(plan, number, 'completed')
    await untilTask(plan, 2, 'in_progress')
    const { status, body } = await put(plan, '/cancel', { reason: 'Another topic.' })
    expect([status, body.status, body.skipped_tasks, body.completed_tasks]).toEqual([200, 'cancelled', 3, 3])
    const tasks = await readTasks(student, plan.masterplan_id)
    expect(numbersIn(tasks, 'completed')).toEqual([1, 3, 6])
    expect(numbersIn(tasks, 'skipped')).toEqual([2, 4, 5])
    // The run ends although the task it had at work can come to no end.
    await rig.temporal.workflow.getHandle(`masterplan:${plan.masterplan_id}`).result()
    const events = await eventsToEnd(student, plan.masterplan_id)
    expectSoundExecution(events, tasks)
    expect(events.at(-1)?.payload).toMatchObject({ status: 'cancelled', skipped_tasks: 3 })
    expect(await openJobsOf(rig, plan)).toEqual([])
    expect(await placesTaken(rig)).toBe(0)
    const files = await student.plan('GET', plan.masterplan_id, '/files')
    expect(files.body.total).toBe(3)
  })
})

describe(`the quota of ${QUOTA} tasks at once`, () => {
  test('is shared by two plans of one tenant, never exceeded and given back', async () => {
    const one = await sketchPlan(rig, student, independent(12))
    const other = await sketchPlan(rig, student, independent(12))
    // One of each is slow, so that both plans have something at work at the same time.
    await one.obstruct(1)
    await other.obstruct(1)
    for (const plan of [one, other]) await executePlan(student, plan)
    await untilTask(one, 1, 'in_progress')
    await untilTask(other, 1, 'in_progress')
    await one.clear(1)
    await other.clear(1)
    for (const plan of [one, other]) {
      const events = await eventsToEnd(student, plan.masterplan_id)
      expectSoundExecution(events, await readTasks(student, plan.masterplan_id))
      expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
        status: 'completed',
        completed_tasks: 12,
      })
    }
    expect(await mostPlaces(rig, TASK_DEPTH)).toBe(QUOTA)
    expect(await placesTaken(rig)).toBe(0)
  })

  test('is each tenant’s own: another one does not wait', async () => {
    const full = await sketchPlan(rig, student, independent(QUOTA))
    await full.obstruct(1, 2, 3)
    await executePlan(student, full)
    for (const number of [1, 2, 3]) await untilTask(full, number, 'in_progress')
    const neighbour = await rig.student(null)
    const plan = await sketchPlan(rig, neighbour, independent(4))
    await executePlan(neighbour, plan)
    await eventsToEnd(neighbour, plan.masterplan_id)
    expect(numbersIn(await readTasks(student, full.masterplan_id), 'in_progress')).toEqual([1, 2, 3])
    await put(full, '/cancel')
    expect(await placesTaken(rig)).toBe(0)
  })
})
