import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { HandoffHistory } from '../../contract/handoffs.ts'
import { STRAIGHT_WAY } from '../../contract/machines/handoff-machine.ts'
import { Build, FAILING, RESULTS } from '../rig/build.ts'
import { promote, startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

let rig: Rig
let student: Student
let operator: Student

beforeAll(async () => {
  rig = await startRig()
  student = await rig.student(null)
  operator = await promote(rig, student, ['jobs:write'])
})
afterAll(() => rig[Symbol.asyncDispose]())

const retry = (build: Build, reason = 'Two parts only.') => build.call('POST', '/request-retry', { reason })
const rollback = (build: Build, target_state: string) =>
  operator.call('POST', `/workflows/${build.id}/rollback`, { body: { target_state, reason: 'Wrong brief.' } })

describe('work that comes back', () => {
  test('W24 In testing, request-retry returns to implementation; an unknown id is 404', async () => {
    const build = await Build.start(student)
    await build.to('testing')
    const { status, body } = await retry(build)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      workflow_id: build.id,
      retry_requested: true,
      previous_state: 'implementation',
      new_state: 'implementation',
      reason: 'Two parts only.',
      notification_sent: true,
    })
    expect(await build.status()).toMatchObject({
      current_state: 'implementation',
      progress: 33.3,
      retry_count: 1,
    })
    const unknown = await student.call('POST', `/workflows/${crypto.randomUUID()}/request-retry`, {
      body: { reason: 'x' },
    })
    expect(unknown.status).toBe(404)
  })

  test('work that came back owes what changed, and nothing changes before it says so', async () => {
    const build = await Build.start(student)
    await build.to('testing')
    await retry(build)
    const { status, body } = await build.advance('implementation')
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED'])
    expect(body.errors).toEqual([{ pointer: '/phase_result/changes', message: 'is missing' }])
    expect((await build.status()).current_state).toBe('implementation')
    const changes = 'A third part.'
    const told = await build.advance('implementation', {
      phase_result: { ...RESULTS.implementation, changes },
    })
    expect(told.body.new_state).toBe('handoff_to_tester')
  })

  test('W27 A retry loop testing → implementation → testing completes, and the fourth retry ends in error', async () => {
    const build = await Build.start(student)
    for (const _ of [1, 2, 3]) {
      await build.to('testing')
      const failed = await build.advance('testing', { phase_result: FAILING.testing })
      expect(failed.body).toMatchObject({ new_state: 'implementation', next_role: 'code_writer' })
    }
    await build.to('testing')
    const { status, body } = await retry(build)
    expect(status).toBe(200)
    expect(body).toMatchObject({ retry_requested: false, new_state: 'error' })
    expect(await build.status()).toMatchObject({
      status: 'error',
      retry_count: 3,
      last_error: { code: 'RETRIES_EXHAUSTED' },
    })
    const recovered = await build.advance('error')
    expect(recovered.body).toMatchObject({ previous_state: 'error', new_state: 'testing' })
    await build.to('complete')
    expect(await build.status()).toMatchObject({ status: 'complete', progress: 100, last_error: null })
  })

  test('verification that does not approve sends the work back, and what it said is kept', async () => {
    const build = await Build.start(student)
    await build.to('verification')
    const { body } = await build.advance('verification', { phase_result: FAILING.verification })
    expect(body.new_state).toBe('implementation')
    expect(body.handoff_data.phases).toMatchObject({
      planning: RESULTS.planning,
      implementation: null,
      testing: null,
    })
    const kept = HandoffHistory.parse((await build.call('GET', '/history')).body).handoffs
    expect(kept.at(-1)?.data_transferred).toEqual({
      result: FAILING.verification,
      handed_on: { discovery: 1, planning: 1, handoff_to_coder: 1 },
    })
    expect(kept.find(({ from_state }) => from_state === 'testing')?.data_transferred.result).toEqual(
      RESULTS.testing,
    )
  })
})

describe('rollback', () => {
  test('W25 Rollback to an earlier phase lowers progress and keeps the undone results', async () => {
    const build = await Build.start(student)
    await build.to('testing')
    const { status, body } = await rollback(build, 'Planning')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      workflow_id: build.id,
      rollback_successful: true,
      new_state: 'planning',
      rollback_record: {
        from_state: 'testing',
        target_state: 'planning',
        rolled_back_by: student.user_id,
        undone_phases: ['planning', 'implementation'],
      },
    })
    const now = await build.status()
    expect(now).toMatchObject({ current_state: 'planning', progress: 16.7, rollback_count: 1 })
    expect(now.phases.planning).toBeNull()
    const { handoffs } = HandoffHistory.parse((await build.call('GET', '/history')).body)
    const planned = handoffs.find(({ from_state }) => from_state === 'planning')
    expect(planned?.data_transferred.result).toEqual(RESULTS.planning)
    await build.to('complete')
    expect((await build.status()).progress).toBe(100)
  })

  test('W25 an unknown id is 404, a forward target and a hand-off are 409, and so is anything out of complete', async () => {
    const build = await Build.start(student)
    await build.to('testing')
    for (const target of ['verification', 'testing', 'handoff_to_coder', 'complete', 'error']) {
      const { status, body } = await rollback(build, target)
      expect([target, status, body.code]).toEqual([target, 409, 'INVALID_STATE_TRANSITION'])
      expect(body.allowed).toEqual(['discovery', 'planning', 'implementation'])
    }
    const unknown = { body: { target_state: 'planning', reason: 'x' } }
    expect((await operator.call('POST', `/workflows/${crypto.randomUUID()}/rollback`, unknown)).status).toBe(
      404,
    )
    await build.to('complete')
    expect((await rollback(build, 'planning')).status).toBe(409)
  })

  test('a third rollback of an edge is 409 and stops the build with NON_CONVERGENCE', async () => {
    const build = await Build.start(student)
    for (const _ of [1, 2]) {
      await build.to('implementation')
      expect((await rollback(build, 'planning')).status).toBe(200)
    }
    await build.to('implementation')
    const { status, body } = await rollback(build, 'planning')
    expect([status, body.current_state]).toEqual([409, 'error'])
    expect(await build.status()).toMatchObject({
      status: 'error',
      rollback_count: 2,
      last_error: { code: 'NON_CONVERGENCE' },
    })
  })

  test('it needs jobs:write, and reaches the builds of the tenant alone', async () => {
    const build = await Build.start(student)
    await build.to('planning')
    const body = { target_state: 'discovery', reason: 'x' }
    expect((await build.call('POST', '/rollback', body)).body.code).toBe('FORBIDDEN')
    const stranger = await promote(rig, await rig.student(null), ['jobs:write'])
    expect((await stranger.call('POST', `/workflows/${build.id}/rollback`, { body })).status).toBe(404)
  })
})

describe('a build that fails', () => {
  test.each(STRAIGHT_WAY.slice(0, -1))(
    'stops in error from %s, and is taken up where it can go on',
    async (state) => {
      const build = await Build.start(student)
      await build.to(state)
      const failed = await build.fail()
      expect(failed.body).toMatchObject({ previous_state: state, new_state: 'error', next_role: null })
      expect(await build.status()).toMatchObject({
        status: 'error',
        current_role: null,
        last_error: {
          code: state === 'discovery' || state === 'planning' ? 'NOT_PLANNABLE' : 'RETRIES_EXHAUSTED',
          message: 'The brief is gone.',
        },
      })
      const giver = {
        handoff_to_coder: 'planning',
        handoff_to_tester: 'implementation',
        handoff_to_verifier: 'testing',
      }
      const more = { ...giver, handoff_to_releaser: 'verification' } as Partial<Record<string, string>>
      expect((await build.advance('error')).body.new_state).toBe(more[state] ?? state)
      await build.to('complete')
    },
  )

  test('says what the role has reported, code and reason; a code that only an end from outside has is 422', async () => {
    const build = await Build.start(student)
    const report = (code: string) =>
      build.advance('discovery', {
        next_state: 'error',
        phase_result: { reason: 'Only a scan.', error_code: code },
      })
    const refused = await report('TERMINATED')
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/phase_result/error_code'])
    expect((await report('NO_TEXT')).status).toBe(200)
    expect((await build.status()).last_error).toMatchObject({ code: 'NO_TEXT', message: 'Only a scan.' })
  })

  test('the stream tells of failure and recovery, and progress falls inside no job', async () => {
    const build = await Build.start(student)
    await build.to('testing')
    await build.fail()
    await build.advance('error', { next_state: 'planning' })
    await build.to('testing')
    await retry(build)
    await build.to('complete')
    const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
    const types = new Set(events.map(({ event_type }) => event_type))
    for (const type of ['workflow_failed', 'recovered', 'retry_requested'] as const)
      expect(types.has(type)).toBe(true)
    const highest = new Map<string, number>()
    for (const { job_id, progress } of events) {
      expect(progress).toBeGreaterThanOrEqual(highest.get(job_id) ?? 0)
      highest.set(job_id, progress)
    }
  })
})
