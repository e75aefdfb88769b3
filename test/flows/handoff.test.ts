import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { handoffWorkflowId } from '../../contract/ids.ts'
import { HandoffHistory } from '../../contract/handoffs.ts'
import { STRAIGHT_WAY } from '../../contract/machines/handoff-machine.ts'
import { STATE_DUTIES } from '../../contract/roles.ts'
import { Build, RESULTS } from '../rig/build.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { openStream } from '../streams/read-stream.ts'

let rig: Rig
let student: Student

beforeAll(async () => {
  rig = await startRig()
  student = await rig.student(null)
})
afterAll(() => rig[Symbol.asyncDispose]())

describe('starting a build', () => {
  test('W18 W19 Start returns a 36-character workflow id, and the build is in discovery with progress 0', async () => {
    const body = { build_id: 'first', requirements: { topic: 'Rivers' } }
    const { status, body: started } = await student.call('POST', '/workflows/rivers/start', { body })
    expect(status).toBe(201)
    expect(started.workflow_id).toHaveLength(36)
    expect(started).toMatchObject({
      build_id: 'first',
      initial_state: 'discovery',
      status: 'started',
      current_role: 'q_assistant',
      next_role: 'q_assistant',
      instructions: STATE_DUTIES.discovery.task,
    })
    const build = new Build(student, started.workflow_id, 'rivers')
    expect(await build.status()).toMatchObject({
      current_state: 'discovery',
      progress: 0,
      status: 'in_progress',
    })
  })

  test('a second build of the same name in a project is a conflict, in another project it is not', async () => {
    const body = { build_id: 'twice', requirements: {} }
    expect((await student.call('POST', '/workflows/one/start', { body })).status).toBe(201)
    const again = await student.call('POST', '/workflows/one/start', { body })
    expect([again.status, again.body.code]).toEqual([409, 'CONFLICT'])
    expect((await student.call('POST', '/workflows/two/start', { body })).status).toBe(201)
  })

  test('W29 Five concurrent workflows stay distinct', async () => {
    const builds = await Promise.all(
      Array.from({ length: 5 }, () => Build.start(student, { project: 'five' })),
    )
    expect(new Set(builds.map(({ id }) => id)).size).toBe(5)
    const targets = ['planning', 'handoff_to_coder', 'implementation', 'testing', 'complete'] as const
    await Promise.all(builds.map((build, index) => build.to(targets[index] ?? 'planning')))
    const states = await Promise.all(builds.map(async (build) => (await build.status()).current_state))
    expect(states).toEqual(targets)
  })

  test('W28 Ten concurrent starts are all answered, each with a build of its own', async () => {
    const builds = await Promise.all(
      Array.from({ length: 10 }, () => Build.start(student, { project: 'ten' })),
    )
    expect(new Set(builds.map(({ id }) => id)).size).toBe(10)
    const { body } = await student.call('GET', '/workflows/project/ten/stats')
    expect(body).toMatchObject({ total_workflows: 10, in_progress: 10, completed: 0, failed: 0 })
  })
})

describe('a build driven by hand from its start to its end', () => {
  let build: Build
  const advanced: Record<string, { new_state: string; next_role: string | null; handoff_data: object }> = {}

  beforeAll(async () => {
    build = await Build.start(student, { project: 'whole' })
  })

  test('W26 each state is advanced by the role whose turn it is, named in any case, and by no other', async () => {
    for (const state of STRAIGHT_WAY.slice(0, -1)) {
      const { actor } = STATE_DUTIES[state]
      const other = actor === 'q_assistant' ? 'release_manager' : 'q_assistant'
      const wrong = await build.advance(state, { role: other })
      expect([wrong.status, wrong.body.code]).toEqual([403, 'ROLE_MISMATCH'])
      expect(wrong.body.current_state).toBe(state)
      const named = { role: actor?.toUpperCase(), completed_state: state.toUpperCase() }
      const { status, body } = await build.advance(state, named)
      expect(status).toBe(200)
      expect(body.previous_state).toBe(state)
      advanced[state] = body
    }
    expect(Object.values(advanced).map(({ new_state }) => new_state)).toEqual(STRAIGHT_WAY.slice(1))
  })

  test('W20 In planning, the advance of q_assistant gave handoff_to_coder, next code_writer, not complete', () => {
    expect(advanced['planning']).toMatchObject({
      new_state: 'handoff_to_coder',
      next_role: 'code_writer',
      is_complete: false,
      state_description: STATE_DUTIES.handoff_to_coder.description,
    })
  })

  test('W21 In deployment, the advance of release_manager gave complete, no next role and progress 100', async () => {
    expect(advanced['deployment']).toMatchObject({
      new_state: 'complete',
      is_complete: true,
      next_role: null,
    })
    const status = await build.status()
    expect(status).toMatchObject({ progress: 100, status: 'complete', current_role: null })
    expect(status.completed_at).not.toBeNull()
  })

  test('an acceptance hands on everything done so far, never itself alone', () => {
    expect(advanced['handoff_to_tester']?.handoff_data).toMatchObject({
      workflow_id: build.id,
      current_phase: 'testing',
      previous_phase_output: RESULTS.implementation,
      phases: {
        discovery: RESULTS.discovery,
        planning: RESULTS.planning,
        implementation: RESULTS.implementation,
      },
      implementation_plan: RESULTS.planning.implementation_plan,
      requirements: RESULTS.planning.requirements,
      code: RESULTS.implementation.code,
      test_cases: RESULTS.implementation.test_cases,
    })
    expect(advanced['deployment']?.handoff_data).toMatchObject({
      test_results: RESULTS.testing.test_results,
      coverage: 90,
      approved_for_deployment: true,
    })
  })

  test('W15 W16 W17 stored results read back equal, under six keys', async () => {
    const { phases, completed_phases } = await build.status()
    const { discovery, planning, implementation, testing, verification, deployment } = RESULTS
    expect(phases).toEqual({ discovery, planning, implementation, testing, verification, deployment })
    expect(completed_phases).toHaveLength(6)
    const fresh = await Build.start(student)
    expect(Object.values((await fresh.status()).phases)).toEqual([null, null, null, null, null, null])
  })

  test('W23 Status has id, state, role and progress', async () => {
    const half = await Build.start(student)
    await half.to('implementation')
    expect(await half.status()).toMatchObject({
      workflow_id: half.id,
      current_state: 'implementation',
      current_role: 'code_writer',
      progress: 33.3,
      elapsed_time: '0h 0m',
      next_expectations: { role: 'code_writer', task: STATE_DUTIES.implementation.task, deadline: null },
    })
  })

  test('the history tells every move in its order, with what was handed in', async () => {
    const { body } = await build.call('GET', '/history?limit=4&offset=3')
    const page = HandoffHistory.parse(body)
    expect(page).toMatchObject({ handoff_count: 10, total: 10, limit: 4, offset: 3 })
    expect(page.handoffs.map(({ from_state }) => from_state)).toEqual(STRAIGHT_WAY.slice(3, 7))
    expect(page.handoffs[0]).toMatchObject({
      from_role: 'code_writer',
      to_role: 'test_auditor',
      data_transferred: { result: RESULTS.implementation, handed_on: { planning: 1, implementation: 1 } },
    })
    expect(page.handoffs[1]?.notes).toBe('All there.')
    expect((await build.call('GET', '/history?offset=9')).body.handoffs[0].to_role).toBeNull()
  })

  test('the events are those of the contract without a gap, and the stream ends for good', async () => {
    const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')
    for (const event of events) expect(StreamEvent.safeParse(event).error).toBeUndefined()
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1))
    expect(events.map(({ event_type }) => event_type)).toEqual([
      'workflow_started',
      ...Array.from({ length: 9 }, () => 'state_advanced'),
      'workflow_completed',
    ])
    expect(events.at(-1)).toMatchObject({ progress: 100, status: 'completed' })
    const headers = { authorization: `Bearer ${student.token}` }
    const url = `${rig.origin}/workflows/${build.id}/events`
    using opened = await openStream(url, { headers })
    await opened.closed
    expect(opened.messages.map(({ event }) => event)).toEqual(['snapshot', 'workflow_completed', 'end'])
    expect((await fetch(`${url}?after=11`, { headers })).status).toBe(204)
  })

  test('nothing anybody wrote is in the history of its run', async () => {
    const history = await rig.temporal.workflow.getHandle(handoffWorkflowId(build.id)).fetchHistory()
    // Payloads are base64 in JSON.
    const whole = historyToJSON(history).replaceAll(/"data": ?"([^"]*)"/g, (_, data: string) =>
      Buffer.from(data, 'base64').toString('utf8'),
    )
    expect(whole).toContain(build.id)
    expect(whole).not.toMatch(/rivers|outline|three parts|all there/i)
  })

  test('its jobs are the build’s own and one for each phase, all completed', async () => {
    const jobs = await rig.db.read
      .selectFrom('processing_jobs')
      .select(['kind', 'depth', 'status', 'stage', 'progress'])
      .where('subject_id', '=', build.id)
      .orderBy('created_at')
      .execute()
    expect(jobs.map(({ kind, depth }) => `${kind} ${depth}`)).toEqual([
      'workflow 0',
      ...Array(6).fill('phase 1'),
    ])
    expect(jobs.every(({ status, progress }) => status === 'COMPLETED' && progress === 100)).toBe(true)
  })
})

describe('the statistics of a project', () => {
  test('are zeros and null where there is no build', async () => {
    const { status, body } = await student.call('GET', '/workflows/project/nobody/stats')
    expect(status).toBe(200)
    expect(body).toEqual({
      project_id: 'nobody',
      total_workflows: 0,
      completed: 0,
      in_progress: 0,
      failed: 0,
      average_duration: 0,
      success_rate: 0,
      most_common_failure_point: null,
      average_handoffs: 0,
    })
  })

  test('count own builds by how they stand', async () => {
    const project = 'counted'
    const [done, failed] = [await Build.start(student, { project }), await Build.start(student, { project })]
    await Build.start(student, { project })
    await Build.start(await rig.student(null), { project })
    await done.to('complete')
    await failed.to('implementation')
    await failed.fail()
    expect((await student.call('GET', `/workflows/project/${project}/stats`)).body).toMatchObject({
      total_workflows: 3,
      completed: 1,
      in_progress: 1,
      failed: 1,
      success_rate: 33.3,
      most_common_failure_point: 'implementation',
      average_handoffs: 4.7,
    })
  })
})
