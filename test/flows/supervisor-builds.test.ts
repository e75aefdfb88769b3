import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { handoffWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { Build, lookOften, looksOf } from '../rig/build.ts'
import { phaseBegun, waitsForPeople, workingBuild } from '../rig/build-at-work.ts'
import { executePlan, readTasks } from '../rig/execution.ts'
import { heldBy, readJob } from '../rig/jobs.ts'
import { takePlaces } from '../rig/places.ts'
import { independent, sketchPlan } from '../rig/plans.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { detailsOf, readWorker, statesOf, steer, workerOf, workerWhen } from '../rig/workers.ts'
import { turn } from '../streams/read-stream.ts'
import { STAGE_STATE } from '../../workflows/search-attributes.ts'

let rig: Rig
let student: Student
let operator: Student

beforeAll(async () => {
  rig = await startRig()
})
beforeEach(async () => {
  student = await rig.student(null)
  const { body } = await student.call('GET', '/auth/me')
  operator = await rig.operator(SCOPES, body.workspace_id)
})
afterAll(() => rig[Symbol.asyncDispose]())

async function jobOf({ id }: Build): Promise<string> {
  const row = rig.db.read.selectFrom('handoffs').select('job_id').where('workflow_id', '=', id)
  return (await row.executeTakeFirstOrThrow()).job_id
}

const workerAt = async (build: Build): Promise<string> => workerOf(operator, await jobOf(build))

async function stageStateOf({ id }: Build) {
  const run = await rig.temporal.workflow.getHandle(handoffWorkflowId(id)).describe()
  return run.typedSearchAttributes.get(STAGE_STATE)
}

/** What happened to a build and to a worker, in the order it was written. */
async function movesOf(build: Build, worker_id: string): Promise<readonly string[]> {
  const rows = await rig.db.read
    .selectFrom('transitions')
    .select('to_state')
    .where('entity_id', 'in', [build.id, worker_id])
    .orderBy('seq')
    .execute()
  return rows.map(({ to_state }) => to_state)
}

/** Takes a build back to planning, as an operator does. */
const back = ({ id }: Build) =>
  operator.call('POST', `/workflows/${id}/rollback`, {
    body: { target_state: 'planning', reason: 'Another brief.' },
  })

/** A build that is driven by hand, in a state, its job and its worker. */
async function drivenTo(state: Parameters<Build['to']>[0]) {
  const build = await Build.start(student)
  await build.to(state)
  return { build, job_id: await jobOf(build), id: await workerAt(build) }
}

describe('a build that the model roles work', () => {
  test('ends the phase at work and begins no other, shows so everywhere, and goes on when it is resumed', async () => {
    const { build, id, paused } = await workingBuild(rig, student, async (begun) => {
      const worker_id = await workerAt(begun)
      const reason = 'The model is slow today'
      return { build: begun, id: worker_id, paused: await steer(operator, worker_id, 'pause', { reason }) }
    })
    expect([paused.status, paused.body.status]).toEqual([200, 'PAUSED'])
    expect(paused.body.state_history[0]).toMatchObject({
      reason: 'The model is slow today',
      actor: { type: 'operator', id: operator.user_id },
    })
    while ((await build.status()).current_state !== 'planning') await turn()
    while (!(await waitsForPeople(rig, build))) await turn()
    expect(await build.status()).toMatchObject({ current_state: 'planning', paused: true })
    expect((await readJob(operator, await jobOf(build))).status).toBe('RUNNING')
    expect(await detailsOf(rig, handoffWorkflowId(build.id))).toContain('Paused by an operator')
    expect(await stageStateOf(build)).toBe('paused')

    expect((await steer(operator, id, 'resume')).body.status).toBe('RUNNING')
    await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
    expect((await movesOf(build, id)).slice(0, 8).join(' ')).toBe(
      'IDLE discovery RUNNING PAUSED planning RUNNING handoff_to_coder implementation',
    )
    expect(await build.status()).toMatchObject({ status: 'complete', paused: false })
    expect((await readWorker(operator, id)).status).toBe('COMPLETED')
    expect(await detailsOf(rig, handoffWorkflowId(build.id))).not.toContain('Paused')
  })

  test('takes no place that comes free while it is paused', async () => {
    const taken = await takePlaces(rig, student, 1)
    const build = await Build.start(student, { autorun: true })
    const id = await workerAt(build)
    await workerWhen(operator, id, 'RUNNING')
    expect((await steer(operator, id, 'pause')).status).toBe(200)
    await taken.giveBack()
    while (!(await waitsForPeople(rig, build))) await turn()
    expect((await build.status()).current_state).toBe('discovery')
    expect(await heldBy(operator)).toEqual([0, 0, 0, 0, 0, 0])
    await steer(operator, id, 'resume')
    await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
  })

  test('is paused still after its process was lost in the midst of a phase, which comes to its end', async () => {
    const { build, id } = await workingBuild(rig, student, async (begun) => {
      const worker_id = await workerAt(begun)
      await steer(operator, worker_id, 'pause')
      await rig.killWorker()
      return { build: begun, id: worker_id }
    })
    await rig.startWorker()
    while ((await build.status()).current_state !== 'planning') await turn()
    while (!(await waitsForPeople(rig, build))) await turn()
    expect(await build.status()).toMatchObject({ current_state: 'planning', paused: true })
    const anew = await workerAt(build)
    expect(statesOf(await readWorker(operator, id)).at(-1)).toBe('FAILED')
    expect(statesOf(await readWorker(operator, anew)).join(' ')).toBe('IDLE RUNNING PAUSED')
    expect((await steer(operator, anew, 'resume')).status).toBe(200)
    await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
  })

  test('is resumed by itself where it was paused in the midst of its last phase', async () => {
    const ends = new Set<string>()
    for (let round = 0; round < 6; round++) {
      const build = await Build.start(student, { autorun: true })
      const id = await workerAt(build)
      await phaseBegun(rig, build, 'deployment')
      // It may have ended meanwhile: then the pause is refused.
      const { status } = await steer(operator, id, 'pause')
      expect([200, 409]).toContain(status)
      await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
      ends.add(statesOf(await readWorker(operator, id)).join(' '))
    }
    expect(['IDLE RUNNING COMPLETED', 'IDLE RUNNING PAUSED RUNNING COMPLETED']).toEqual(
      expect.arrayContaining([...ends]),
    )
  })
})

describe('a build that is driven by hand', () => {
  test('takes no result and no retry while it is paused, says what to do, and takes both once it is resumed', async () => {
    const { build, id } = await drivenTo('testing')
    expect((await steer(operator, id, 'pause')).status).toBe(200)
    for (const refused of [
      await build.advance('testing'),
      await build.fail(),
      await build.call('POST', '/request-retry', { reason: 'Once more.' }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([409, 'INVALID_STATE_TRANSITION'])
      expect([refused.body.current_state, refused.body.allowed]).toEqual(['testing', []])
      expect(refused.body.detail).toContain('An operator has paused this build')
    }
    expect(await build.status()).toMatchObject({ current_state: 'testing', paused: true, retry_count: 0 })
    expect(await detailsOf(rig, handoffWorkflowId(build.id))).not.toContain('/advance')
    expect((await steer(operator, id, 'resume')).status).toBe(200)
    expect((await build.call('POST', '/request-retry', { reason: 'Once more.' })).status).toBe(200)
    await build.to('complete')
    expect(statesOf(await readWorker(operator, id)).join(' ')).toBe('IDLE RUNNING PAUSED RUNNING COMPLETED')
  })

  test('is taken back by an operator while it is paused, and stays so', async () => {
    const { build, id } = await drivenTo('testing')
    await steer(operator, id, 'pause')
    expect((await back(build)).status).toBe(200)
    expect(await build.status()).toMatchObject({ current_state: 'planning', paused: true })
    expect((await build.advance('planning')).status).toBe(409)
    await steer(operator, id, 'resume')
    expect((await build.advance('planning')).status).toBe(200)
  })

  test('is paused no more once it has stopped on an error: it is recovered under a new worker', async () => {
    const { build, id } = await drivenTo('testing')
    for (let time = 0; time < 2; time++) {
      await back(build)
      await build.to('testing')
    }
    await steer(operator, id, 'pause')
    expect((await back(build)).body.current_state).toBe('error')
    expect(await build.status()).toMatchObject({ current_state: 'error', paused: false })
    expect(statesOf(await readWorker(operator, id)).slice(2)).toEqual(['PAUSED', 'RUNNING', 'FAILED'])
    expect(await stageStateOf(build)).toBeUndefined()
    const late = await steer(operator, id, 'resume')
    expect([late.status, late.body.current_state]).toEqual([409, 'FAILED'])
    expect((await build.advance('error')).status).toBe(200)
    expect((await readWorker(operator, await workerAt(build))).status).toBe('RUNNING')
  })

  test('is paused once however often it is asked under one id, and by one of many at once', async () => {
    const { build, id } = await drivenTo('planning')
    const request_id = randomUUID()
    expect((await steer(operator, id, 'pause', { request_id })).status).toBe(200)
    await rig.db.write.deleteFrom('idempotency_keys').where('request_id', '=', request_id).execute()
    expect((await steer(operator, id, 'pause', { request_id })).status).toBe(200)
    expect((await steer(operator, id, 'pause')).status).toBe(409)
    const replies = await Promise.all(Array.from({ length: 5 }, () => steer(operator, id, 'resume')))
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409])
    expect(statesOf(await readWorker(operator, id))).toEqual(['IDLE', 'RUNNING', 'PAUSED', 'RUNNING'])
    expect((await build.advance('planning')).status).toBe(200)
  })

  test('of a pause and the last advance at once exactly one is carried out, and the other is refused', async () => {
    for (let round = 0; round < 8; round++) {
      const { build, id } = await drivenTo('deployment')
      const [paused, advanced] = await Promise.all([
        steer(operator, id, 'pause'),
        build.advance('deployment'),
      ])
      expect([paused.status, advanced.status].toSorted((a, b) => a - b)).toEqual([200, 409])
      const worker = await readWorker(operator, id)
      expect(worker.status).toBe(paused.status === 200 ? 'PAUSED' : 'COMPLETED')
    }
  })
})

describe('the pause of a build', () => {
  test('outlasts its run: one that takes the place of a lost run holds it, and a resume starts one where there is none', async () => {
    const { build, id } = await drivenTo('planning')
    await steer(operator, id, 'pause')
    const run = await lookOften(rig, build.id)
    while ((await looksOf(run)) < 2) await turn()
    expect(await detailsOf(rig, run.workflowId)).toContain('Paused by an operator')
    expect(await stageStateOf(build)).toBe('paused')
    await run.terminate('lost')
    expect((await build.advance('planning')).status).toBe(409)
    expect((await steer(operator, id, 'resume')).body.status).toBe('RUNNING')
    expect((await build.advance('planning')).status).toBe(200)
  })

  test('ends with a terminate or a cancel, which take its run and what is below it with them', async () => {
    const reason = 'Wrong brief'
    const terminate = (id: string) => steer(operator, id, 'terminate', { reason })
    const cancel = async (id: string) => {
      const { job_id } = await readWorker(operator, id)
      return operator.call('POST', `/jobs/${job_id}/cancel`, { body: { reason } })
    }
    for (const [end, told] of [
      [terminate, 'An operator ended this build: “Wrong brief”. Start a new one to go on.'],
      [cancel, 'This build was canceled. Start a new one to go on.'],
    ] as const) {
      const { build, job_id, id } = await drivenTo('implementation')
      await steer(operator, id, 'pause')
      expect((await end(id)).status).toBe(200)
      const job = await readJob(operator, job_id)
      expect([job.status, ...new Set(job.child_jobs.map(({ status }) => status))]).toEqual([
        'CANCELED',
        'COMPLETED',
        'CANCELED',
      ])
      expect((await readWorker(operator, id)).status).toBe('TERMINATED')
      const status = await build.status()
      expect(status).toMatchObject({ status: 'error', paused: false, last_error: { message: told } })
      const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
      expect(events.at(-1)).toMatchObject({ status: 'canceled', message: 'Wrong brief' })
      const run = rig.temporal.workflow.getHandle(handoffWorkflowId(build.id))
      await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } })
      expect(await detailsOf(rig, run.workflowId)).toContain('it was stopped here for good')
      const late = await steer(operator, id, 'resume')
      expect([late.status, late.body.current_state]).toEqual([409, 'TERMINATED'])
    }
  })

  test('is none of its phases, nor of the build of a task: each names what to take in its place', async () => {
    const { job_id } = await drivenTo('planning')
    const { child_jobs } = await readJob(operator, job_id)
    const open = child_jobs.find(({ status }) => status === 'RUNNING')
    const phase = await steer(operator, await workerOf(operator, open?.id ?? ''), 'pause')
    expect([phase.status, phase.body.detail]).toEqual([
      409,
      'A phase is no run of its own: take the worker of the build above it.',
    ])

    const taken = await takePlaces(rig, student, 5)
    const plan = await sketchPlan(rig, student, independent(1), new Set([1]))
    await executePlan(student, plan)
    const buildOf = async () => (await readTasks(student, plan.masterplan_id))[0]?.workflow_id ?? null
    while ((await buildOf()) === null) await turn()
    const below = new Build(student, (await buildOf()) ?? '', plan.masterplan_id)
    const id = await workerAt(below)
    await workerWhen(operator, id, 'RUNNING')
    const held = await steer(operator, id, 'pause')
    expect([held.status, held.body.detail]).toEqual([
      409,
      'The build of a task is a part of its masterplan: take the worker of the masterplan above it.',
    ])
    await taken.giveBack()
    await below.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
  })
})
