import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clearLockedPorts } from 'get-port'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'

import { startTemporal, type Temporal } from '../../stack/temporal.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { ARTEFACTS, artefactsOf, expectOnePlan, failureOf, planJobsOf } from './history.ts'

const PRESENTATION = '2103/5104'
const LOCKED = '2101/5107'

let folder: string
let temporal: Temporal
let rig: Rig
let student: Student
let inFlight: Student

async function start(port?: number): Promise<Temporal> {
  return startTemporal({
    dataDir: folder,
    namespace: inject('temporalNamespace'),
    ...(port === undefined ? {} : { port }),
    ui: false,
    env: process.env,
    say: () => undefined,
  })
}

// One story: a plan, a parked run and a run at work; then Temporal dies under them, and comes back.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-faults-temporal-'))
  temporal = await start()
  rig = await startRig({ temporalAddress: temporal.address })
  student = await rig.student()
  await Promise.all([student.start(PRESENTATION), student.start(LOCKED)])
  await Promise.all([student.finished(PRESENTATION), failureOf(student, LOCKED)])
  inFlight = await rig.student()
  rig.canvas.faults.add({ kind: 'slow', ms: 2_000, path: '*/assignments/5104', times: 1 })
  await inFlight.start(PRESENTATION)
  await inFlight.eventsUntil(PRESENTATION, ({ event_type }) => event_type === 'stage_started')
  process.kill(temporal.child.pid, 'SIGKILL')
  await temporal.child.exited
})

afterAll(async () => {
  await rig[Symbol.asyncDispose]()
  await temporal.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('without Temporal', () => {
  test('a start answers 503 with Retry-After and writes nothing', async () => {
    const newcomer = await rig.student()
    const { status, headers, body } = await newcomer.start(PRESENTATION)
    expect([status, body.code, body.retryable]).toEqual([503, 'SERVICE_UNAVAILABLE', true])
    expect(body.detail).toContain('Temporal does not answer')
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await newcomer.call('GET', `/assignments/${PRESENTATION}`)).status).toBe(404)
  })

  test('a reprocess answers 503, and the plan there is stays', async () => {
    const before = await student.snapshot(PRESENTATION)
    const { status, body } = await student.start(PRESENTATION, '?reprocess=true')
    expect([status, body.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
    expect(await student.snapshot(PRESENTATION)).toEqual(before)
    expect((await student.call('GET', `/assignments/${PRESENTATION}/plan`)).status).toBe(200)
  })

  test('work sent for feedback answers 503, and nothing of it is kept', async () => {
    const { status, body } = await student.sendWork(PRESENTATION, 'What I have so far.')
    expect([status, body.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
    const jobs = await student.call('GET', `/assignments/${PRESENTATION}/feedback/jobs`)
    expect(jobs.body).toMatchObject({ jobs: [], total: 0 })
  })

  test('a retry answers 503, and the run stays parked', async () => {
    const before = await student.snapshot(LOCKED)
    const { status, body } = await student.retry(LOCKED, 'fetch_canvas_context')
    expect([status, body.code]).toEqual([503, 'SERVICE_UNAVAILABLE'])
    expect(await student.snapshot(LOCKED)).toEqual(before)
  })

  test('a start of what is there joins it without asking Temporal', async () => {
    expect((await student.start(PRESENTATION)).status).toBe(200)
    expect((await student.start(LOCKED)).status).toBe(200)
  })

  test('/readyz says what is away, /livez does not mind', async () => {
    const [ready, live] = await Promise.all([student.call('GET', '/readyz'), student.call('GET', '/livez')])
    expect([ready.status, live.status]).toEqual([503, 200])
    expect(JSON.stringify(ready.body)).toContain('Temporal')
  })
})

describe('with Temporal back', () => {
  beforeAll(async () => {
    // The very port it had, which this process would not hand out again so soon.
    clearLockedPorts()
    temporal = await start(Number(new URL(`http://${temporal.address}`).port))
  })

  test('the run that was at work comes to its plan, nothing lost and nothing done twice', async () => {
    expectOnePlan(await inFlight.finished(PRESENTATION))
    const { workspace_id } = await inFlight.snapshot(PRESENTATION)
    expect(await artefactsOf(rig, workspace_id)).toEqual(ARTEFACTS)
  })

  test('start, reprocess and retry work again without a restart of API or worker', async () => {
    const newcomer = await rig.student()
    const replies = await Promise.all([
      newcomer.start(PRESENTATION),
      student.start(PRESENTATION, '?reprocess=true'),
      student.retry(LOCKED, 'fetch_canvas_context'),
    ])
    expect(replies.map(({ status }) => status)).toEqual([202, 202, 202])
    expectOnePlan(await newcomer.finished(PRESENTATION))
    expectOnePlan(await student.finished(PRESENTATION))
    await failureOf(student, LOCKED)
    const { workspace_id } = await student.snapshot(LOCKED)
    expect((await planJobsOf(rig, workspace_id)).map(({ attempt }) => attempt)).toEqual([1, 2])
  })
})
