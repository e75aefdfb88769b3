import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { MAYA as MAYA_OKAFOR } from '../../stack/canvas/people.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { readJob } from '../rig/jobs.ts'
import { MAYA, promote, startRig, type Rig } from '../rig/rig.ts'
import { readWorker, statesOf } from '../rig/workers.ts'
import { ARTEFACTS, artefactsOf, expectOnePlan, failureOf, planJobsOf, startsOf } from './history.ts'

const SURVEY = '2104/5106'
const FIRST_KEY = 'sandbox~first~key'
const SECOND_KEY = 'sandbox~second~key'
const CONTEXT_PATH = '/api/v1/courses/2104/assignments/5106'
/** How often a stage is tried again where nothing else is configured. */
const RETRIES = 3
const DOWNLOADS = '/files/7006/download'

let rig: Rig

beforeAll(async () => {
  const tokens = new Map([FIRST_KEY, SECOND_KEY].map((key) => [key, MAYA_OKAFOR]))
  rig = await startRig({ env: { STAGE_MAX_ATTEMPTS: String(1 + RETRIES) }, canvas: { tokens } })
})

afterAll(() => rig[Symbol.asyncDispose]())

function asked(path: string): number {
  return rig.canvas.requests.all().filter((request) => request.path === path).length
}

// One after the other: faults of the sandbox meet whoever asks.
describe('Canvas in the middle of a run', () => {
  test('a key revoked mid-run parks the run as "reconnect Canvas", and a new key and a retry take it to its plan', async () => {
    rig.canvas.requests.clear()
    const student = await rig.student(FIRST_KEY)
    rig.canvas.faults.add({ kind: 'revoked-token', token: FIRST_KEY, path: DOWNLOADS })
    await student.start(SURVEY)
    const error = await failureOf(student, SURVEY)
    const { workspace_id } = await student.snapshot(SURVEY)

    expect(error).toMatchObject({
      code: 'CANVAS_KEY_REJECTED',
      stage: 'fetch_and_parse_attachments',
      retryable: false,
    })
    expect(error.message).toMatch(/revoked.*Store a new key.*retry this stage/)
    expect(await artefactsOf(rig, workspace_id)).toEqual(['canvas_context'])
    expect(asked(DOWNLOADS)).toBe(1)

    const too_early = await student.retry(SURVEY, error.stage ?? '')
    expect(too_early.status).toBe(202)
    expect((await failureOf(student, SURVEY)).code).toBe('CANVAS_KEY_REJECTED')

    expect((await student.connectCanvas(rig.canvas.origin, SECOND_KEY)).status).toBe(200)
    const { status, body } = await student.retry(SURVEY, error.stage ?? '')
    expect([status, body.status, body.last_error]).toEqual([202, 'running', null])
    const events = await student.finished(SURVEY)
    expectOnePlan(events)
    expect(startsOf(events, 'fetch_canvas_context')).toBe(1)
    expect(asked(CONTEXT_PATH)).toBe(1)
    expect(await artefactsOf(rig, workspace_id)).toEqual(ARTEFACTS)
    const jobs = await planJobsOf(rig, workspace_id)
    expect(jobs.map(({ status, attempt }) => [status, attempt])).toEqual([
      ['FAILED', 1],
      ['FAILED', 2],
      ['COMPLETED', 3],
    ])
  })

  test('credentials cannot be stored while Canvas is down: 502, and nothing is kept', async () => {
    const student = await rig.student(null)
    rig.canvas.faults.add({ kind: 'network-down' })
    const { status, body } = await student.connectCanvas(rig.canvas.origin, MAYA)
    rig.canvas.faults.clear()
    expect([status, body.code, body.retryable]).toEqual([502, 'CANVAS_UNREACHABLE', true])
    expect(body.canvas).toEqual({ kind: 'network', status: null })
    const { body: stored } = await student.call('GET', '/users/me/canvas-credentials')
    expect(stored).toEqual({ base_url: null, has_key: false, updated_at: null })
  })

  test('a key that Canvas does not know is refused with 400, and nothing is kept', async () => {
    const student = await rig.student(null)
    const { status, body } = await student.connectCanvas(rig.canvas.origin, 'sandbox~nobody')
    expect([status, body.code]).toEqual([400, 'CANVAS_KEY_REJECTED'])
    const { body: stored } = await student.call('GET', '/users/me/canvas-credentials')
    expect(stored.has_key).toBe(false)
  })

  test.each(['network-down', 'server-error'] as const)(
    'Canvas gone at a later stage (%s) is tried again, then parks the run, and a retry goes on from that stage',
    async (kind) => {
      const student = await rig.student()
      rig.canvas.requests.clear()
      rig.canvas.faults.add({ kind, path: DOWNLOADS })
      await student.start(SURVEY)
      const error = await failureOf(student, SURVEY)
      const { workspace_id } = await student.snapshot(SURVEY)
      expect(error).toMatchObject({
        code: 'CANVAS_UNREACHABLE',
        stage: 'fetch_and_parse_attachments',
        retryable: true,
      })
      expect(asked(DOWNLOADS)).toBe(1 + RETRIES)

      rig.canvas.faults.clear()
      expect((await student.retry(SURVEY, 'fetch_and_parse_attachments')).status).toBe(202)
      const events = await student.finished(SURVEY)
      expectOnePlan(events)
      expect(startsOf(events, 'fetch_and_parse_attachments')).toBe(2 + RETRIES)
      expect(startsOf(events, 'fetch_canvas_context')).toBe(1)
      expect(asked(CONTEXT_PATH)).toBe(1)
      expect(await artefactsOf(rig, workspace_id)).toEqual(ARTEFACTS)
    },
  )

  test.each(['network-down', 'server-error'] as const)(
    'Recovery: transient network → 3 retries, stays RUNNING (%s)',
    async (kind) => {
      const student = await promote(rig, await rig.student(), SCOPES)
      rig.canvas.faults.add({ kind, path: CONTEXT_PATH, times: RETRIES })
      const { body } = await student.start(SURVEY)
      const events = await student.finished(SURVEY)
      rig.canvas.faults.clear()
      expectOnePlan(events)
      expect(startsOf(events, 'fetch_canvas_context')).toBe(1 + RETRIES)
      expect(events.filter(({ event_type }) => event_type === 'failed')).toEqual([])
      const job = await readJob(student, body.job_id)
      const states = job.state_history.map(({ to_state }) => to_state)
      expect(states).toEqual(['COMPLETED', 'RUNNING', 'PENDING', 'SUBMITTED'])
      const worker = await readWorker(student, job.worker_id ?? '')
      expect(statesOf(worker)).toEqual(['IDLE', 'RUNNING', 'COMPLETED'])
    },
  )

  test('Canvas that stumbles once is not noticed by anybody but the event stream', async () => {
    const student = await rig.student()
    rig.canvas.faults.add({ kind: 'server-error', path: CONTEXT_PATH, times: 1 })
    await student.start(SURVEY)
    const events = await student.finished(SURVEY)
    rig.canvas.faults.clear()
    expectOnePlan(events)
    expect(startsOf(events, 'fetch_canvas_context')).toBe(2)
    expect(events.filter(({ event_type }) => event_type === 'failed')).toEqual([])
  })
})
