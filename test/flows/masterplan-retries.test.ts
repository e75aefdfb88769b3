import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { nameFolder } from '../../activities/masterplan/artefact-folder.ts'
import {
  attemptsOf,
  eventsToEnd,
  executePlan,
  expectSoundExecution,
  numbersIn,
  openJobsOf,
  readPlan,
  readTasks,
} from '../rig/execution.ts'
import { independent, sketchPlan, type SketchedPlan } from '../rig/plans.ts'
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

/** Wishes something of a plan whose execution is over, and answers all events once it is over again. */
async function untilOverAgain({ masterplan_id }: SketchedPlan, wish: () => Promise<unknown>) {
  const { last_seq } = await rig.db.read
    .selectFrom('event_streams')
    .select('last_seq')
    .where('stream_id', '=', masterplan_id)
    .executeTakeFirstOrThrow()
  await wish()
  return eventsToEnd(student, masterplan_id, last_seq)
}

describe('retries', () => {
  test('M22 Automatic retry happens below max_retries and not at it; exhausted gives failed with failed_at', async () => {
    const plan = await sketchPlan(rig, student, independent(3))
    for (const [number, max] of [
      [1, 0],
      [2, 1],
      [3, 3],
    ] as const)
      await sql`update masterplan_tasks set max_retries = ${max} where task_id = ${plan.task(number)}`.execute(
        rig.db.write,
      )
    await plan.obstruct(1, 2, 3)
    await executePlan(student, plan)
    expectSoundExecution(
      await eventsToEnd(student, plan.masterplan_id),
      await readTasks(student, plan.masterplan_id),
    )
    const tasks = await readTasks(student, plan.masterplan_id)
    expect(tasks.map(({ retry_count }) => retry_count)).toEqual([0, 1, 3])
    for (const task of tasks) {
      expect(task).toMatchObject({ status: 'failed', manual_retries: 0, can_retry: true })
      expect(task.failed_at).not.toBeNull()
      expect(task.last_error).toMatchObject({
        code: 'RETRIES_EXHAUSTED',
        message: expect.stringContaining('Retry it'),
      })
      const attempts = await attemptsOf(rig, task.task_id)
      expect(attempts).toEqual(Array.from({ length: task.max_retries + 1 }, () => 'FAILED'))
    }
  })

  test('M22 a manual retry is counted apart and brings fresh automatic ones', async () => {
    const plan = await sketchPlan(rig, student, independent(1))
    await plan.obstruct(1)
    await executePlan(student, plan)
    await eventsToEnd(student, plan.masterplan_id)
    await untilOverAgain(plan, async () => expect((await retry(plan, 1)).body.attempt).toBe(3))
    const [again] = await readTasks(student, plan.masterplan_id)
    expect(again).toMatchObject({ status: 'failed', retry_count: 1, manual_retries: 1 })
    expect(await attemptsOf(rig, plan.task(1))).toEqual(['FAILED', 'FAILED', 'FAILED', 'FAILED'])
    await plan.clear(1)
    await untilOverAgain(plan, () => retry(plan, 1))
    const [done] = await readTasks(student, plan.masterplan_id)
    expect(done).toMatchObject({ status: 'completed', retry_count: 0, manual_retries: 2, last_error: null })
  })
})

describe('a plan that cannot be worked through', () => {
  test('M21 A cycle fails the plan with an error containing "circular"', async () => {
    const plan = await sketchPlan(rig, student, [[], [1], [2], []])
    const tie = (need: number, number: number) =>
      sql`update masterplan_tasks set depends_on_tasks = array[${plan.task(need)}]::uuid[]
        where task_id = ${plan.task(number)}`.execute(rig.db.write)
    await tie(3, 2)
    await student.plan('POST', plan.masterplan_id, '/approve')
    const { status, body } = await student.plan('POST', plan.masterplan_id, '/execute')
    expect([status, body.message]).toEqual([200, expect.stringContaining('circular')])
    const failed = await readPlan(student, plan.masterplan_id)
    expect(failed.status).toBe('failed')
    expect(failed.last_error).toMatchObject({ code: 'CIRCULAR_DEPENDENCY' })
    expect(failed.last_error?.message).toContain('circular')
    const tasks = await readTasks(student, plan.masterplan_id)
    expect(numbersIn(tasks, 'pending')).toEqual([1, 2, 3, 4])
    expectSoundExecution(await eventsToEnd(student, plan.masterplan_id), tasks)
    expect(await openJobsOf(rig, plan)).toEqual([])

    await tie(1, 2)
    await untilOverAgain(plan, () => student.plan('POST', plan.masterplan_id, '/retry'))
    expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
      status: 'completed',
      completed_tasks: 4,
      last_error: null,
    })
  })

  test('an empty plan completes at once', async () => {
    const plan = await sketchPlan(rig, student, [])
    await executePlan(student, plan)
    const events = await eventsToEnd(student, plan.masterplan_id)
    expect(events.map(({ event_type }) => event_type).slice(-2)).toEqual([
      'masterplan_execution_start',
      'masterplan_execution_complete',
    ])
    expect(events.at(-1)?.progress).toBe(100)
    expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
      status: 'completed',
      progress_percent: 100,
      total_tasks: 0,
    })
    expect(await openJobsOf(rig, plan)).toEqual([])
  })

  test('one without a folder is 503 with words, and goes on by a retry once there is one', async () => {
    const plan = await sketchPlan(rig, student, independent(2))
    const { workspace_path } = nameFolder({ masterplan_id: plan.masterplan_id, slug: 'made-up' })
    const root = join(rig.folder, 'artefacts')
    await mkdir(root, { recursive: true })
    await writeFile(join(root, workspace_path), 'A file is in the way.')
    await student.plan('POST', plan.masterplan_id, '/approve')
    const { status, body, headers } = await student.plan('POST', plan.masterplan_id, '/execute')
    expect([status, body.code, headers.has('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', true])
    expect(body.detail).toContain('cannot be written to')
    const failed = await readPlan(student, plan.masterplan_id)
    expect([failed.status, failed.workspace_path]).toEqual(['failed', workspace_path])
    await rm(join(root, workspace_path))
    await untilOverAgain(plan, () => student.plan('POST', plan.masterplan_id, '/retry'))
    expect(await readPlan(student, plan.masterplan_id)).toMatchObject({
      status: 'completed',
      completed_tasks: 2,
    })
  })
})
