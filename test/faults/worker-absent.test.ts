import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'
import { expectOnePlan, failureOf, planJobsOf, startsOf } from './history.ts'

const PRESENTATION = '2103/5104'
const LOCKED = '2101/5107'
const WAITING = 'Accepted and waiting: planning begins as soon as a worker is free.'

const request_id = randomUUID()

let rig: Rig
let student: Student

// One story: parked while a worker lived, asked while none does, done when one comes.
beforeAll(async () => {
  rig = await startRig()
  student = await rig.student()
  await student.start(LOCKED)
  await failureOf(student, LOCKED)
  await rig.stopWorker()
})

afterAll(() => rig[Symbol.asyncDispose]())

describe('without any worker', () => {
  test('a start is accepted with 202, its job is pending, and the snapshot says so', async () => {
    const { status, body } = await student.start(PRESENTATION)
    expect(status).toBe(202)
    expect(body).toMatchObject({ status: 'running', stage: null, progress: 0, message: WAITING })
    const jobs = await planJobsOf(rig, body.workspace_id)
    expect(jobs.map((job) => job.status)).toEqual(['PENDING'])
    expect(await student.snapshot(PRESENTATION)).toMatchObject({ status: 'running', message: WAITING })
  })

  test('a second start joins the first', async () => {
    const { status, body } = await student.start(PRESENTATION)
    expect([status, body.message]).toEqual([200, WAITING])
  })

  test('a retry answers 503 with Retry-After, and nothing has changed yet', async () => {
    const before = await student.snapshot(LOCKED)
    const { status, headers, body } = await student.retry(LOCKED, 'fetch_canvas_context', { request_id })
    expect([status, body.code, body.retryable]).toEqual([503, 'SERVICE_UNAVAILABLE', true])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await student.snapshot(LOCKED)).toEqual(before)
  })

  test('the run begins by itself when a worker comes', async () => {
    await rig.startWorker()
    const events = await student.finished(PRESENTATION)
    expectOnePlan(events)
    expect(startsOf(events, 'fetch_canvas_context')).toBe(1)
  })

  test('a retry that got 503 and is sent again is carried out once, whether or not it had got through', async () => {
    await student.retry(LOCKED, 'fetch_canvas_context', { request_id })
    const { workspace_id } = await student.snapshot(LOCKED)
    while ((await planJobsOf(rig, workspace_id)).length < 2) await turn()
    await failureOf(student, LOCKED)
    const jobs = await planJobsOf(rig, workspace_id)
    expect(jobs.map(({ status, attempt }) => [status, attempt])).toEqual([
      ['FAILED', 1],
      ['FAILED', 2],
    ])
  })
})
