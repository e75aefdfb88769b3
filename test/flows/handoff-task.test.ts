import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { HandoffStatus } from '../../contract/handoffs.ts'
import { PHASES } from '../../contract/machines/handoff-machine.ts'
import { ModelUsage } from '../../contract/usage.ts'
import { Build } from '../rig/build.ts'
import { eventsToEnd, executePlan, openJobsOf, placesTaken, readPlan, readTasks } from '../rig/execution.ts'
import { takePlaces } from '../rig/places.ts'
import { independent, planAnew, sketchPlan, type SketchedPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'

const PHASE_DEPTH = 5

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig[Symbol.asyncDispose]())

async function buildOf(student: Student, plan: SketchedPlan, number: number): Promise<Build> {
  const task = (await readTasks(student, plan.masterplan_id)).find(
    ({ task_number }) => task_number === number,
  )
  if (task?.workflow_id == null) throw new Error(`task ${number} has no build`)
  return new Build(student, task.workflow_id, plan.masterplan_id)
}

/** Waits until a task has its build. */
async function begun(student: Student, plan: SketchedPlan, number: number): Promise<Build> {
  for (;;) {
    const task = (await readTasks(student, plan.masterplan_id))[number - 1]
    if (task?.workflow_id != null) return buildOf(student, plan, number)
    await turn()
  }
}

describe('tasks that make something, executed as builds of their masterplan', () => {
  let student: Student
  let plan: SketchedPlan

  beforeAll(async () => {
    student = await rig.student(null)
    plan = await sketchPlan(rig, student, [[], [], [2]], new Set([2, 3]))
    await executePlan(student, plan)
    await eventsToEnd(student, plan.masterplan_id)
  })

  test('come to completed, each with the build of its attempt', async () => {
    const tasks = await readTasks(student, plan.masterplan_id)
    expect(tasks.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed'])
    expect(tasks.map(({ workflow_id }) => workflow_id === null)).toEqual([true, false, false])
    const build = await buildOf(student, plan, 2)
    expect(await build.status()).toMatchObject({
      project_id: plan.masterplan_id,
      build_id: `${plan.task(2)}:1`,
      status: 'complete',
      progress: 100,
      autorun: true,
    })
  })

  test('are told of in the usage of their assignment, guide and phases, beside the budget of the execution', async () => {
    const { status, body } = await student.call('GET', `/assignments/${plan.assignment}/usage`)
    expect([status, body.code]).toEqual([200, undefined])
    const { by_stage, budget } = ModelUsage.parse(body)
    const calls = new Map(by_stage.map((row) => [row.stage, row.calls] as const))
    expect(calls).toEqual(new Map([['guide', 1], ...PHASES.map((phase) => [phase, 2] as const)]))
    expect(budget.execution).toEqual({ limit_tokens: 2_000_000, used_tokens: 0, left_tokens: 2_000_000 })
  })

  test('leave the files of their builds, which hold a scaffold', async () => {
    const { files } = (await student.plan('GET', plan.masterplan_id, '/files')).body
    expect(files.map(({ path }: { path: string }) => path)).toEqual([
      '01-step.md',
      '02-step.md',
      '03-step.md',
    ])
    const { phases } = HandoffStatus.parse(await (await buildOf(student, plan, 3)).status())
    expect(phases.implementation?.code.map(({ path, sha256 }) => ({ path, sha256 }))).toEqual(
      files.slice(2).map(({ path, sha256 }: { path: string; sha256: string }) => ({ path, sha256 })),
    )
  })

  test('stand at depth 4 with their phases at depth 5, and nothing stays open or taken', async () => {
    const build = await buildOf(student, plan, 2)
    const jobs = await rig.db.read
      .selectFrom('processing_jobs')
      .select(['kind', 'depth', 'status'])
      .where('subject_id', '=', build.id)
      .orderBy('created_at')
      .execute()
    expect(jobs).toEqual([
      { kind: 'workflow', depth: 4, status: 'COMPLETED' },
      ...Array.from({ length: 6 }, () => ({ kind: 'phase', depth: 5, status: 'COMPLETED' })),
    ])
    expect(await openJobsOf(rig, plan)).toEqual([])
    expect(await placesTaken(rig)).toBe(0)
  })

  test('count among the builds of the project that the masterplan is', async () => {
    const { body } = await student.call('GET', `/workflows/project/${plan.masterplan_id}/stats`)
    expect(body).toMatchObject({ total_workflows: 2, completed: 2, success_rate: 100, average_handoffs: 10 })
  })

  test('nobody else starts a build in it, and nobody takes the name of a task’s build', async () => {
    const body = { build_id: 'mine', requirements: {} }
    const path = `/workflows/${plan.masterplan_id}/start`
    const stranger = await rig.student(null)
    expect((await stranger.call('POST', path, { body })).status).toBe(404)
    const taken = { ...body, build_id: `${plan.task(1)}:7` }
    expect((await student.call('POST', path, { body: taken })).body.code).toBe('CONFLICT')
    expect((await student.call('POST', path, { body })).status).toBe(201)
  })
})

test('a build that cannot release its file fails its task, which is retried as a task and not as a build', async () => {
  const student = await rig.student(null)
  const plan = await sketchPlan(rig, student, independent(1), new Set([1]))
  await student.plan('POST', plan.masterplan_id, '/approve')
  await plan.obstruct(1)
  await student.plan('POST', plan.masterplan_id, '/execute')
  const events = await eventsToEnd(student, plan.masterplan_id)
  const [failed] = await readTasks(student, plan.masterplan_id)
  expect(failed).toMatchObject({
    status: 'failed',
    retry_count: 1,
    last_error: { code: 'RETRIES_EXHAUSTED' },
  })
  const build = await buildOf(student, plan, 1)
  expect(await build.status()).toMatchObject({
    build_id: `${plan.task(1)}:2`,
    current_state: 'error',
    status: 'error',
    completed_phases: ['discovery', 'planning', 'implementation', 'testing', 'verification'],
  })
  const { status, body } = await build.advance('error')
  expect([status, body.code]).toEqual([409, 'INVALID_STATE_TRANSITION'])
  expect(body.detail).toContain('Retry the task')
  await plan.clear(1)
  await student.plan('POST', plan.masterplan_id, `/tasks/${plan.task(1)}/retry`)
  await eventsToEnd(student, plan.masterplan_id, events.at(-1)?.seq)
  expect((await readPlan(student, plan.masterplan_id)).completed_tasks).toBe(1)
  expect(await (await buildOf(student, plan, 1)).status()).toMatchObject({
    build_id: `${plan.task(1)}:3`,
    status: 'complete',
  })
})

describe('builds at work', () => {
  test('wait without a place, are advanced by a person meanwhile, and go on from there by themselves', async () => {
    const student = await rig.student(null)
    const plan = await sketchPlan(rig, student, independent(1), new Set([1]))
    const { giveBack } = await takePlaces(rig, student, PHASE_DEPTH)
    await executePlan(student, plan)
    const build = await begun(student, plan, 1)
    let reply = await build.advance('discovery')
    // Its run is started by that of the masterplan, a moment after its rows.
    while (reply.status === 409 && reply.body.detail.includes('nobody works at it'))
      reply = await build.advance('discovery')
    expect([reply.status, reply.body.new_state]).toEqual([200, 'planning'])
    await giveBack()
    await eventsToEnd(student, plan.masterplan_id)
    expect(await build.status()).toMatchObject({ status: 'complete' })
    const { handoffs } = (await build.call('GET', '/history')).body
    expect(handoffs).toHaveLength(10)
  })

  test('are stopped where they stand when their masterplan is cancelled, and who follows them is told', async () => {
    const student = await rig.student(null)
    const plan = await sketchPlan(rig, student, independent(2), new Set([1, 2]))
    await takePlaces(rig, student, PHASE_DEPTH)
    await executePlan(student, plan)
    const build = await begun(student, plan, 1)
    const told = build.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
    expect((await student.plan('POST', plan.masterplan_id, '/cancel')).status).toBe(200)
    expect((await told).at(-1)).toMatchObject({ status: 'canceled', progress: 0 })
    expect(await build.status()).toMatchObject({
      current_state: 'discovery',
      current_role: null,
      status: 'error',
      last_error: { code: 'CANCELED', retryable: false },
      next_expectations: { role: null, task: expect.stringContaining('canceled') },
    })
    const { status, body } = await build.advance('discovery')
    expect([status, body.detail]).toEqual([409, expect.stringContaining('was canceled')])
    expect(await openJobsOf(rig, plan)).toEqual([])
    const stats = await student.call('GET', `/workflows/project/${plan.masterplan_id}/stats`)
    expect(stats.body).toMatchObject({ failed: stats.body.total_workflows, in_progress: 0 })
  })

  test('of a plan that is planned anew are given up where they have failed, and no other is started under it', async () => {
    const student = await rig.student(null)
    const plan = await sketchPlan(rig, student, independent(1), new Set([1]))
    const failed = await Build.start(student, { project: plan.masterplan_id })
    await failed.fail()
    const done = await Build.start(student, { project: plan.masterplan_id })
    await done.to('complete')
    expect(await planAnew(rig, student, plan)).toMatchObject({ handoff_ids: [failed.id] })
    expect(await failed.status()).toMatchObject({
      current_state: 'error',
      status: 'error',
      last_error: { code: 'CANCELED' },
    })
    expect((await failed.advance('error')).body.code).toBe('INVALID_STATE_TRANSITION')
    const told = await failed.eventsUntil(({ status }) => status === 'canceled')
    expect(told.at(-1)).toMatchObject({ event_type: 'workflow_failed' })
    expect((await done.status()).status).toBe('complete')
    const body = { build_id: 'late', requirements: {} }
    const path = (id: string) => `/workflows/${id}/start`
    for (const project of [plan.masterplan_id, plan.masterplan_id.toUpperCase()]) {
      const late = await student.call('POST', path(project), { body })
      expect([late.status, late.body.code]).toEqual([409, 'INVALID_STATE_TRANSITION'])
      expect(late.body.detail).toContain('planned anew since')
    }
    expect((await student.call('POST', path('a-name'), { body })).status).toBe(201)
  })

  test('are stopped by a reprocess of their assignment', async () => {
    const student = await rig.student(null)
    const plan = await sketchPlan(rig, student, independent(1), new Set([1]))
    await takePlaces(rig, student, PHASE_DEPTH)
    await executePlan(student, plan)
    const build = await begun(student, plan, 1)
    const byHand = await Build.start(student, { project: plan.masterplan_id })
    const elsewhere = await Build.start(student)
    expect(await planAnew(rig, student, plan)).toMatchObject({
      masterplan_ids: [plan.masterplan_id],
      handoff_ids: [byHand.id],
    })
    for (const stopped of [build, byHand]) {
      expect((await stopped.advance('discovery')).status).toBe(409)
      const last = await stopped.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
      expect(last.at(-1)?.status).toBe('canceled')
    }
    expect((await elsewhere.advance('discovery')).status).toBe(200)
  })
})
