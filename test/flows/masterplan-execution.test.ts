import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { StreamEvent } from '../../contract/events.ts'
import type { MasterplanTask } from '../../contract/masterplans.ts'
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
import { independent, sketchPlan, type SketchedPlan, type Waits } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

let rig: Rig
let student: Student

beforeAll(async () => {
  // One try for each attempt: what a test puts in the way of a task fails the attempt at once.
  rig = await startRig({ env: { STAGE_MAX_ATTEMPTS: '1', RECONCILE_SECONDS: '3600' } })
  student = await rig.student(null)
})

afterAll(() => rig[Symbol.asyncDispose]())

const retry = (plan: SketchedPlan, number: number) =>
  student.plan('POST', plan.masterplan_id, `/tasks/${plan.task(number)}/retry`)

const FAILING = [7, 18, 29, 40, 51]
/** Sixty tasks: each failing one has a dependent and that another; of the rest every third waits for the one before. */
const SIXTY: Waits = Array.from({ length: 60 }, (_, index) => {
  const number = index + 1
  const place = number % 11
  if (place === 8 || place === 9) return [number - 1]
  return place !== 7 && place !== 10 && number % 3 === 0 ? [number - 1] : []
})

/** Everything that waits for one of these tasks, directly or not, found by walking on until nothing more is found. */
function waitingFor(numbers: readonly number[]): readonly number[] {
  const found = new Set<number>()
  for (let before = -1; before !== found.size;) {
    before = found.size
    for (const [index, waits] of SIXTY.entries())
      if (waits.some((need) => numbers.includes(need) || found.has(need))) found.add(index + 1)
  }
  return [...found].toSorted((one, other) => one - other)
}

describe('a plan of 60 tasks of which 5 are made to fail', () => {
  let plan: SketchedPlan
  let tasks: readonly MasterplanTask[]
  let events: StreamEvent[]

  beforeAll(async () => {
    plan = await sketchPlan(rig, student, SIXTY)
    await plan.obstruct(...FAILING)
    await executePlan(student, plan)
    events = await eventsToEnd(student, plan.masterplan_id)
    tasks = await readTasks(student, plan.masterplan_id)
  })

  test('M30 A failed task stops no independent task, and its dependents never run', async () => {
    const blocked = waitingFor(FAILING)
    expect(numbersIn(tasks, 'failed')).toEqual(FAILING)
    expect(numbersIn(tasks, 'blocked')).toEqual(blocked)
    expect(numbersIn(tasks, 'completed')).toHaveLength(60 - FAILING.length - blocked.length)
    const begun = new Set(
      tasks.filter(({ started_at }) => started_at !== null).map((task) => task.task_number),
    )
    expect(blocked.filter((number) => begun.has(number))).toEqual([])
    for (const task of tasks) {
      const blockers = FAILING.filter((number) => waitingFor([number]).includes(task.task_number))
      expect([task.task_number, task.blocked_by]).toEqual([
        task.task_number,
        task.status === 'blocked' ? blockers.map((number) => plan.task(number)) : [],
      ])
    }
  })

  test('M32 A plan of 50+ tasks runs and is monitored: each counter right at each event', async () => {
    expectSoundExecution(events, tasks)
    const read = await readPlan(student, plan.masterplan_id)
    expect(read).toMatchObject({ status: 'completed', total_tasks: 60, failed_tasks: 5, last_error: null })
    const { failed_tasks, blocked_tasks } = read
    expect(events.at(-1)?.message).toContain(
      `The execution has ended, but ${failed_tasks} tasks have failed and ${blocked_tasks} wait for what failed`,
    )
    expect(read.progress_percent).toBe(Math.floor((read.completed_tasks * 1_000) / 60) / 10)
    const phases = read.phases.reduce((sum, { completed_tasks }) => sum + completed_tasks, 0)
    expect(phases).toBe(read.completed_tasks)
  })

  test('M20 Tasks run in dependency order: each after all it depends on', () => {
    const at = (number: number, status: string): number =>
      events.findIndex(
        (event) =>
          isOfTask(event) && event.payload.task_id === plan.task(number) && event.payload.status === status,
      )
    const waiting = tasks.filter(
      ({ status, depends_on_tasks }) => status === 'completed' && depends_on_tasks.length > 0,
    )
    expect(waiting.length).toBeGreaterThan(5)
    for (const { task_number } of waiting)
      for (const need of SIXTY[task_number - 1] ?? [])
        expect(at(task_number, 'in_progress')).toBeGreaterThan(at(need, 'completed'))
  })

  test('M24 every step of plan and tasks is persisted', async () => {
    const read = await readPlan(student, plan.masterplan_id)
    expect([read.started_at, read.completed_at]).toEqual([expect.any(String), expect.any(String)])
    const rows = await rig.db.read
      .selectFrom('transitions')
      .select(['entity_id', 'from_state', 'to_state'])
      .where('machine', '=', 'task')
      .where('entity_id', 'in', plan.task_ids)
      .orderBy('seq')
      .execute()
    const wayOf = (number: number) =>
      rows.filter(({ entity_id }) => entity_id === plan.task(number)).map(({ to_state }) => to_state)
    const whole = ['pending', 'ready', 'in_progress', 'validating', 'completed']
    for (const number of numbersIn(tasks, 'completed')) expect(wayOf(number)).toEqual(whole)
    for (const number of FAILING) expect(wayOf(number)).toEqual(['pending', 'ready', 'in_progress', 'failed'])
    for (const number of numbersIn(tasks, 'blocked')) expect(wayOf(number)).toEqual(['pending', 'blocked'])
  })

  test('nothing is held and no job is open after the end', async () => {
    expect(await openJobsOf(rig, plan)).toEqual([])
    expect(await placesTaken(rig)).toBe(0)
  })

  test('M33 Task retry sets pending, reopens blocked dependents and runs again', async () => {
    await plan.clear(7)
    const { status, body } = await retry(plan, 7)
    expect([status, body.status, body.attempt]).toEqual([200, 'pending', 3])
    expect(body.reopened_tasks).toEqual([plan.task(8), plan.task(9)])
    const all = await eventsToEnd(student, plan.masterplan_id, events.at(-1)?.seq)
    const after = await readTasks(student, plan.masterplan_id)
    expectSoundExecution(all, after)
    const before = numbersIn(tasks, 'completed')
    expect(numbersIn(after, 'completed').filter((number) => !before.includes(number))).toEqual([7, 8, 9])
    expect(numbersIn(after, 'failed')).toEqual([18, 29, 40, 51])
    expect(after[6]).toMatchObject({ manual_retries: 1, retry_count: 0, last_error: null })
    expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
      status: 'completed',
      failed_tasks: 4,
    })
    expect(await openJobsOf(rig, plan)).toEqual([])
    expect(await placesTaken(rig)).toBe(0)
  })

  test('M33 retry of a task that is not failed, or blocked, is 400', async () => {
    for (const [number, current_state] of [
      [1, 'completed'],
      [19, 'blocked'],
    ] as const) {
      const { status, body } = await retry(plan, number)
      expect([status, body.code, body.current_state]).toEqual([
        400,
        'INVALID_STATE_TRANSITION',
        current_state,
      ])
    }
  })
})

test('M26 a lost wake-up never breaks execution: whoever follows sees every event', async () => {
  const plan = await sketchPlan(rig, student, independent(12))
  await student.plan('POST', plan.masterplan_id, '/approve')
  const following = eventsToEnd(student, plan.masterplan_id)
  // The API hears of nothing until it has noticed and listens again.
  const deafen = () =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'waymark-api' and query ilike 'listen%'`.execute(
      rig.db.write,
    )
  expect((await deafen()).rows.length).toBeGreaterThan(0)
  await student.plan('POST', plan.masterplan_id, '/execute')
  await deafen()
  expectSoundExecution(await following, await readTasks(student, plan.masterplan_id))
  expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
    status: 'completed',
    completed_tasks: 12,
  })
})
