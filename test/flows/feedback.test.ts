import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { FeedbackJobList } from '../../contract/feedback-routes.ts'
import { FEEDBACK_STAGES, STAGE_RANGES } from '../../contract/stages.ts'
import { expectSoundStream } from '../faults/history.ts'
import { PATIENT, startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

const ESSAY = '2101/5101'
const SURVEY = '2104/5106'
const PROJECT = '2102/5102'
const NO_AI = '184670000000002203/184670000000005511'
const TEXT = [
  'Water came late to the city, and blame came early.',
  'In 1854 the vestry minutes name the pump on Broad Street as “a nuisance well known to this board” (Vestry 1854, 12).',
  'I argue that reform came because the counting of deaths made blame local.',
].join('\n\n')

let rig: Rig
let student: Student
let milestone: string

beforeAll(async () => {
  rig = await startRig({ env: PATIENT })
  student = await rig.student()
  await student.start(ESSAY)
  await student.finished(ESSAY)
  milestone = (await student.call('GET', `/assignments/${ESSAY}/plan`)).body.milestones[1].id
})

afterAll(() => rig[Symbol.asyncDispose]())

describe('asking for feedback', () => {
  test('A8 on a milestone answers 202 with a new job id, and twice gives two jobs', async () => {
    const replies = [
      await student.sendWork(ESSAY, TEXT, { milestone }),
      await student.sendWork(ESSAY, TEXT, { milestone }),
    ]
    for (const { status, body, headers } of replies) {
      expect(status).toBe(202)
      expect(body).toMatchObject({ job_type: 'milestone_feedback', status: 'pending' })
      expect(body.target).toEqual({ type: 'milestone', id: milestone })
      expect(headers.get('location')).toBe(body.status_url)
      expect(body.events_url).toBe(`/assignments/${ESSAY}/events`)
      expect((await student.call('GET', body.status_url)).status).toBe(200)
    }
    expect(replies[0]?.body.job_id).not.toBe(replies[1]?.body.job_id)
  })

  test('A9 on the assignment answers 202 with a new job id', async () => {
    const { status, body } = await student.sendWork(ESSAY, TEXT)
    expect(status).toBe(202)
    expect(body).toMatchObject({
      job_type: 'assignment_feedback',
      target: { type: 'assignment', id: '5101' },
    })
    expect(body.job_id).toMatch(/^j_[0-9a-f]{12}$/)
  })

  test('A10 the job has no result before it is completed and its Feedback afterwards', async () => {
    await rig.stopWorker()
    const { body } = await student.sendWork(ESSAY, TEXT)
    const before = (await student.call('GET', body.status_url)).body
    expect(before).toMatchObject({ status: 'pending', result: null, evidence: [], completed_at: null })
    await rig.startWorker()
    const after = await student.feedback(ESSAY, body.job_id)
    expect(after).toMatchObject({
      status: 'completed',
      progress: 100,
      stage: 'finalize_feedback',
      error: null,
    })
    expect(after.result?.target).toEqual({ type: 'assignment', id: '5101' })
    expect(after.result?.scorecard.criterion_scores.length).toBeGreaterThan(2)
    expect(after.result?.required_fixes.join(' ')).toMatch(/1,800/)
  })

  test('every piece of evidence points at a line of the result, and its quote stands where it says', async () => {
    const { body } = await student.sendWork(ESSAY, TEXT)
    const { result, evidence } = await student.feedback(ESSAY, body.job_id)
    expect(evidence.length).toBeGreaterThan(0)
    const texts = new Map<string, string>()
    const rows = await rig.db.read.selectFrom('documents').select(['document_id', 'text']).execute()
    for (const { document_id, text } of rows) texts.set(document_id, text)
    const sent = await rig.db.read.selectFrom('submissions').select(['submission_id', 'text']).execute()
    for (const { submission_id, text } of sent) texts.set(submission_id, text ?? '')
    const isThere = ({ pointer }: { pointer: string }) =>
      pointer
        .split('/')
        .slice(1)
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], result) !==
      undefined
    expect(evidence.filter((item) => !isThere(item))).toEqual([])
    const exact = evidence.filter(({ match }) => match === 'exact')
    const standing = exact.map(({ document_id, start, end }) =>
      texts.get(document_id)?.slice(start ?? 0, end ?? 0),
    )
    expect(standing).toEqual(exact.map(({ quote }) => quote))
  })

  test('shows each stage on the stream of the assignment, ends in feedback_ready and leaves the workspace as it was', async () => {
    const before = await student.snapshot(ESSAY)
    const { body } = await student.sendWork(ESSAY, TEXT, { milestone })
    await student.feedback(ESSAY, body.job_id)
    const all = await student.eventsUntil(
      ESSAY,
      ({ event_type, job_id }) => event_type === 'feedback_ready' && job_id === body.job_id,
    )
    expectSoundStream(all)
    const events = all.filter(({ job_id }) => job_id === body.job_id)
    for (const event of events) expect(StreamEvent.safeParse(event).error).toBeUndefined()
    for (const stage of FEEDBACK_STAGES) {
      const own = events.filter((event) => event.stage === stage)
      expect(own.filter(({ event_type }) => event_type === 'stage_started')).toHaveLength(1)
      expect(own.filter(({ event_type }) => event_type === 'stage_completed')).toHaveLength(1)
      for (const { progress } of own) expect(progress).toBeLessThanOrEqual(STAGE_RANGES[stage].to)
    }
    expect(events.some(({ feedback_preview }) => (feedback_preview ?? '') !== '')).toBe(true)
    const progress = events.map((event) => event.progress)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(events.at(-1)).toMatchObject({
      event_type: 'feedback_ready',
      status: 'completed',
      progress: 100,
      payload: { target: { type: 'milestone', id: milestone } },
    })
    const { status, job_id, stage, updated_at } = await student.snapshot(ESSAY)
    expect({ status, job_id, stage, updated_at }).toEqual({
      status: before.status,
      job_id: before.job_id,
      stage: before.stage,
      updated_at: before.updated_at,
    })
  })

  test('without a cursor a stream shows the newest terminal event of the newest job', async () => {
    const { body } = await student.sendWork(ESSAY, TEXT)
    await student.feedback(ESSAY, body.job_id)
    using reader = await student.stream(ESSAY, '')
    const shown = await reader.untilMessage('feedback_ready')
    expect(shown.data['job_id']).toBe(body.job_id)
    expect(reader.messages.map(({ event }) => event)).toEqual(['snapshot', 'feedback_ready'])
  })

  test('the same request sent again answers the same job', async () => {
    const request_id = randomUUID()
    const first = await student.sendWork(ESSAY, TEXT, { request_id })
    const again = await student.sendWork(ESSAY, TEXT, { request_id })
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotent-replay')).toBe('true')
    const other = await student.sendWork(ESSAY, `${TEXT} And more.`, { request_id })
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
  })

  test('all jobs are listed, newest first, and pages hold what was asked for', async () => {
    const { body } = await student.call('GET', `/assignments/${ESSAY}/feedback/jobs?limit=2&offset=1`)
    const list = FeedbackJobList.parse(body)
    expect(list).toMatchObject({ limit: 2, offset: 1 })
    expect(list.jobs).toHaveLength(2)
    const whole = FeedbackJobList.parse(
      (await student.call('GET', `/assignments/${ESSAY}/feedback/jobs`)).body,
    )
    expect(whole.total).toBe(whole.jobs.length)
    const times = whole.jobs.map(({ created_at }) => created_at)
    expect(times).toEqual(times.toSorted().toReversed())
  })
})

describe('feedback is refused', () => {
  test('before there is a plan, with what is missing', async () => {
    const other = await rig.student()
    const absent = await other.sendWork(SURVEY, TEXT)
    expect([absent.status, absent.body.code]).toEqual([404, 'NOT_FOUND'])
    await rig.stopWorker()
    await other.start(SURVEY)
    const early = await other.sendWork(SURVEY, TEXT)
    expect(early.body).toMatchObject({ status: 400, code: 'MISSING_PREREQUISITE', missing: 'plan' })
    await rig.startWorker()
    await other.finished(SURVEY)
    expect((await other.sendWork(SURVEY, TEXT)).status).toBe(202)
  })

  test('for a milestone the plan has not, naming those it has', async () => {
    const { status, body } = await student.sendWork(ESSAY, TEXT, { milestone: 'no-such-milestone' })
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    expect(body.detail).toContain(milestone)
  })

  test.each([
    ['no text', 422, ''],
    ['50,001 characters', 422, 'x'.repeat(50_001)],
    ['more than 256 kB', 413, 'é'.repeat(200_000)],
  ])('for %s (%d)', async (_, status, text) => {
    expect((await student.sendWork(ESSAY, text)).status).toBe(status)
  })

  test('for 50,000 characters it is not', async () => {
    expect((await student.sendWork(ESSAY, 'word '.repeat(10_000))).status).toBe(202)
  })

  test('to anybody but the student: jobs of others are absent', async () => {
    const { body } = await student.sendWork(ESSAY, TEXT)
    const stranger = await rig.student()
    const asked = await stranger.call('GET', body.status_url)
    expect([asked.status, asked.body.code]).toEqual([404, 'NOT_FOUND'])
    await stranger.start(ESSAY)
    expect((await stranger.call('GET', body.status_url)).status).toBe(404)
    await stranger.finished(ESSAY)
  })

  test('where the course allows no AI there is no plan, and so no feedback', async () => {
    const other = await rig.student()
    await other.start(NO_AI)
    await other.finished(NO_AI)
    const { body } = await other.sendWork(NO_AI, TEXT)
    expect(body).toMatchObject({ status: 400, code: 'MISSING_PREREQUISITE' })
  })
})

test('where the course allows planning and no more, the job fails with the words of the course', async () => {
  const other = await rig.student()
  await other.start(PROJECT)
  await other.finished(PROJECT)
  const { body } = await other.sendWork(PROJECT, TEXT)
  const job = await other.feedback(PROJECT, body.job_id)
  expect(job).toMatchObject({ status: 'failed', result: null, error: { code: 'POLICY_FORBIDS_AI' } })
  expect(job.error?.message).toMatch(/does not allow AI feedback.*“.+”/)
})

test('a reprocess leaves the jobs of the old generation readable, superseded, and ends those still open', async () => {
  const other = await rig.student()
  await other.start(SURVEY)
  await other.finished(SURVEY)
  const done = (await other.sendWork(SURVEY, TEXT)).body
  await other.feedback(SURVEY, done.job_id)
  await rig.stopWorker()
  const open = (await other.sendWork(SURVEY, TEXT)).body
  await other.start(SURVEY, '?reprocess=true')
  await rig.startWorker()
  await other.finished(SURVEY)
  const [old, ended] = await Promise.all(
    [done, open].map(async ({ status_url }) => (await other.call('GET', status_url)).body),
  )
  expect(old).toMatchObject({ status: 'completed', superseded: true, generation: 1 })
  expect(old.result).not.toBeNull()
  expect(ended).toMatchObject({ status: 'canceled', superseded: true, generation: 1, result: null })
  const fresh = (await other.sendWork(SURVEY, TEXT)).body
  expect(await other.feedback(SURVEY, fresh.job_id)).toMatchObject({ generation: 2, superseded: false })
})
