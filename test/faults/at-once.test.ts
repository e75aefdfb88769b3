import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { completeStage } from '../../db/write/stages.ts'
import { RunSuperseded } from '../../db/write/fence.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Reply } from '../rig/student.ts'
import { executionsOf, expectOnePlan, expectSoundStream, failureOf, planJobsOf, runIdOf } from './history.ts'

const PRESENTATION = '2103/5104'
const LOCKED = '2101/5107'
const STARTERS = 50

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})

afterAll(() => rig[Symbol.asyncDispose]())

const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

function byStatus(replies: readonly Reply[], status: number): readonly Reply[] {
  return replies.filter((reply) => reply.status === status)
}

describe('a start from 50 clients at once', () => {
  test('begins one run: one 202, one workspace, one plan job, one Temporal execution', async () => {
    const student = await rig.student()
    const replies = await many(STARTERS, () => student.start(PRESENTATION))
    expect(byStatus(replies, 202)).toHaveLength(1)
    expect(byStatus(replies, 200)).toHaveLength(STARTERS - 1)
    expect(new Set(replies.map(({ body }) => `${body.workspace_id} ${body.job_id}`)).size).toBe(1)
    expectOnePlan(await student.finished(PRESENTATION))
    const { workspace_id } = await student.snapshot(PRESENTATION)
    expect(await planJobsOf(rig, workspace_id)).toHaveLength(1)
    expect(await executionsOf(rig, runIdOf(student, PRESENTATION))).toBe(1)
  })

  test('with one request id carries it out once and answers the others the same or "in progress"', async () => {
    const student = await rig.student()
    const request_id = randomUUID()
    const start = () => student.call('POST', `/assignments/${PRESENTATION}/start`, { body: { request_id } })
    const replies = await many(10, start)
    const [first] = replies.filter(({ headers }) => !headers.has('idempotent-replay') && headers.has('etag'))
    expect(first?.status).toBe(202)
    const others = replies.filter((reply) => reply !== first)
    for (const { body } of byStatus(others, 202)) expect(body).toEqual(first?.body)
    const waiting = others.filter(({ status }) => status !== 202)
    expect(waiting.map(({ status, body }) => [status, body.code])).toEqual(
      waiting.map(() => [409, 'IDEMPOTENCY_IN_PROGRESS']),
    )
    const again = await start()
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([202, 'true'])
    expect(again.body).toEqual(first?.body)
  })
})

describe('two reprocesses at once', () => {
  test('begin one new generation: one 202, one 409; the old plan is gone and its run can write nothing', async () => {
    const student = await rig.student()
    await student.start(PRESENTATION)
    await student.finished(PRESENTATION)
    const old = await student.snapshot(PRESENTATION)
    // The new run waits at Canvas until the test has looked.
    rig.canvas.faults.add({ kind: 'slow', ms: 2_000, path: '*/assignments/5104' })
    const replies = await many(2, () => student.start(PRESENTATION, '?reprocess=true'))
    const plan = await student.call('GET', `/assignments/${PRESENTATION}/plan`)
    const evidence = await student.call('GET', `/assignments/${PRESENTATION}/plan/evidence`)
    const next = await student.snapshot(PRESENTATION)
    rig.canvas.faults.clear()

    const [accepted] = byStatus(replies, 202)
    const [refused] = byStatus(replies, 409)
    expect(accepted?.body).toMatchObject({ generation: 2, reprocess: true, plan_ready: false })
    expect(refused?.body).toMatchObject({ code: 'REPROCESS_IN_PROGRESS', current_state: 'running' })
    expect([plan.status, plan.body.code]).toEqual([404, 'PLAN_NOT_READY'])
    expect([evidence.status, evidence.body.code]).toEqual([404, 'PLAN_NOT_READY'])
    expect(next.job_id).not.toBe(old.job_id)

    const { workspace_id, generation, job_id } = old
    const late = { workspace_id, generation, job_id, stage: 'draft_plan', attempt: 9 } as const
    const store = completeStage(rig.db.write, late, {
      artefacts: [{ kind: 'late', body: {} }],
      duration_ms: 1,
    })
    await expect(store).rejects.toThrow(RunSuperseded)

    const events = await student.finished(PRESENTATION)
    expectOnePlan(events)
    const superseded = events.filter(({ event_type }) => event_type === 'superseded')
    expect(superseded.map(({ payload }) => payload)).toEqual([{ generation: 1, new_generation: 2 }])
    expect(events.findLast((event) => event.generation === 1)?.event_type).toBe('superseded')
    const jobs = await planJobsOf(rig, workspace_id)
    expect(jobs.map((job) => [job.status, job.superseded])).toEqual([
      ['COMPLETED', true],
      ['COMPLETED', false],
    ])
    expect((await student.call('GET', `/assignments/${PRESENTATION}/plan`)).status).toBe(200)
  })

  test('a reprocess takes the place of a plain run that is still at work', async () => {
    const student = await rig.student()
    rig.canvas.faults.add({ kind: 'slow', ms: 1_000, path: '*/assignments/5104', times: 1 })
    await student.start(PRESENTATION)
    await student.eventsUntil(PRESENTATION, ({ event_type }) => event_type === 'stage_started')
    const { status } = await student.start(PRESENTATION, '?reprocess=true')
    expect(status).toBe(202)
    const events = await student.finished(PRESENTATION)
    expectOnePlan(events)
    const old = events.filter(({ generation }) => generation === 1)
    expect(old.map(({ event_type }) => event_type)).toEqual(['stage_started', 'superseded'])
    const { workspace_id } = await student.snapshot(PRESENTATION)
    const jobs = await planJobsOf(rig, workspace_id)
    expect(jobs.map((job) => job.status)).toEqual(['CANCELED', 'COMPLETED'])
  })
})

describe('a retry', () => {
  test('in the wrong state, at another stage or of another attempt answers 409 and says where the run stands', async () => {
    const student = await rig.student()
    await student.start(LOCKED)
    await failureOf(student, LOCKED)
    const refused = await Promise.all([
      student.retry(LOCKED, 'draft_plan'),
      student.retry(LOCKED, 'fetch_canvas_context', { expected_attempt: 2 }),
    ])
    const path = `/assignments/${LOCKED}`
    expect(refused.map(({ body }) => body.detail)).toEqual([
      expect.stringContaining(`Retry it with POST ${path}/stages/fetch_canvas_context/retry`),
      expect.stringContaining(`GET ${path} says why it failed; then send expected_attempt 1`),
    ])
    for (const { status, body } of refused) {
      expect([status, body.code]).toEqual([409, 'INVALID_STATE_TRANSITION'])
      expect([body.current_state, body.allowed]).toEqual(['failed', ['running']])
    }
    await student.start(PRESENTATION)
    await student.finished(PRESENTATION)
    const ready = await student.retry(PRESENTATION, 'finalize_plan')
    expect([ready.status, ready.body.code]).toEqual([409, 'INVALID_STATE_TRANSITION'])
    expect([ready.body.current_state, ready.body.allowed]).toEqual(['ready', ['running']])
    expect(ready.body.detail).toContain(`POST /assignments/${PRESENTATION}/start?reprocess=true`)
    const { workspace_id } = await student.snapshot(LOCKED)
    expect(await planJobsOf(rig, workspace_id)).toHaveLength(1)
  })

  test('of one parked run from ten clients at once makes one new job', async () => {
    const student = await rig.student()
    await student.start(LOCKED)
    await failureOf(student, LOCKED)
    const replies = await many(10, () =>
      student.retry(LOCKED, 'fetch_canvas_context', { expected_attempt: 1 }),
    )
    expect(byStatus(replies, 202)).toHaveLength(1)
    for (const { body } of byStatus(replies, 409)) expect(body.code).toBe('INVALID_STATE_TRANSITION')
    expect(byStatus(replies, 409)).toHaveLength(9)
    const { workspace_id } = await student.snapshot(LOCKED)
    expectSoundStream(await student.finished(LOCKED))
    const jobs = await planJobsOf(rig, workspace_id)
    expect(jobs.map(({ status, attempt }) => [status, attempt])).toEqual([
      ['FAILED', 1],
      ['FAILED', 2],
    ])
  })

  test('sent twice under one request id answers the same twice and makes one new job', async () => {
    const student = await rig.student()
    await student.start(LOCKED)
    await failureOf(student, LOCKED)
    const retry = { request_id: randomUUID(), reason: 'try once more' }
    const first = await student.retry(LOCKED, 'fetch_canvas_context', retry)
    await student.finished(LOCKED)
    const second = await student.retry(LOCKED, 'fetch_canvas_context', retry)
    expect([first.status, second.status]).toEqual([202, 202])
    expect(first.headers.get('idempotent-replay')).toBeNull()
    expect(second.headers.get('idempotent-replay')).toBe('true')
    expect(second.body).toEqual(first.body)
    const { workspace_id } = await student.snapshot(LOCKED)
    expect(await planJobsOf(rig, workspace_id)).toHaveLength(2)
    const other = await student.retry(LOCKED, 'fetch_canvas_context', { ...retry, reason: 'another reason' })
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
    const moves = await rig.db.read
      .selectFrom('transitions')
      .select(['reason', 'request_id', 'actor_id'])
      .where('entity_id', '=', workspace_id)
      .where('kind', '=', 'retry')
      .execute()
    expect(moves).toEqual([{ reason: retry.reason, request_id: retry.request_id, actor_id: student.user_id }])
  })
})
