import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { FeedbackJob } from '../../contract/feedback-routes.ts'
import type { StreamEvent } from '../../contract/events.ts'
import { feedbackWorkflowId } from '../../contract/ids.ts'
import { FEEDBACK_STAGES, type FeedbackStage } from '../../contract/stages.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { expectSoundStream, startsOf } from './history.ts'
import { HeldWrites, type WriteToHold } from './hold-writes.ts'
import { exportRun } from './transcripts.ts'

const ESSAY = '2101/5101'
const CANARY = 'A sentence about quicksilver that only Ada could have written'
const TEXT = `${CANARY}.\n\nThe tube was heated to 170 °C, and the current fell at 4.9 V.`
const LEFT: Readonly<Record<FeedbackStage, string>> = {
  ingest_submission: 'submission',
  analyze_against_plan_and_rubric: 'assessment',
  generate_feedback: 'advice',
  finalize_feedback: 'feedback',
}

let rig: Rig
let writes: HeldWrites
let undisturbed: FeedbackJob

async function planned(): Promise<Student> {
  const student = await rig.student()
  await student.start(ESSAY)
  await student.finished(ESSAY)
  return student
}

async function eventsOf(student: Student, job_id: string): Promise<StreamEvent[]> {
  const all = await student.eventsUntil(
    ESSAY,
    ({ event_type, job_id: of }) =>
      of === job_id && (event_type === 'feedback_ready' || event_type === 'failed'),
  )
  expectSoundStream(all)
  return all.filter((event) => event.job_id === job_id)
}

/** Feedback without what names its run: two runs on the same text say the same. */
function wordsOf({ result, evidence }: FeedbackJob) {
  return { result, evidence: evidence.map((item) => ({ ...item, document_id: 'any' })) }
}

async function artefactsOf(job_id: string): Promise<string[]> {
  const rows = await rig.db.read
    .selectFrom('job_artefacts')
    .select('kind')
    .where('job_id', '=', job_id)
    .orderBy('created_at')
    .execute()
  return rows.map(({ kind }) => kind)
}

beforeAll(async () => {
  rig = await startRig({ env: { RECONCILE_SECONDS: '1', STAGE_MAX_ATTEMPTS: '20', LOG_LEVEL: 'trace' } })
  writes = await HeldWrites.open(rig)
  const student = await planned()
  const { body } = await student.sendWork(ESSAY, TEXT)
  undisturbed = await student.feedback(ESSAY, body.job_id)
})

afterAll(async () => {
  await writes[Symbol.asyncDispose]()
  await rig[Symbol.asyncDispose]()
})

describe('a worker killed while it gives feedback', () => {
  interface Run {
    readonly student: Student
    readonly job_id: string
    readonly stage: FeedbackStage
    readonly moment: WriteToHold['moment']
  }
  const runs: Run[] = []

  beforeAll(async () => {
    // Each run is a student of its own: a hold is on everything a student writes.
    const cases = (['write', 'commit'] as const).flatMap((moment) =>
      FEEDBACK_STAGES.map((stage) => ({ moment, stage })),
    )
    const students = await Promise.all(cases.map(() => planned()))
    for (const [index, { moment, stage }] of cases.entries()) {
      const student = students[index]
      if (student === undefined) throw new Error('a student is missing')
      await writes.hold({ user_id: student.user_id, what: LEFT[stage], moment })
      const { body } = await student.sendWork(ESSAY, TEXT)
      runs.push({ student, job_id: body.job_id, stage, moment })
    }
    await writes.reached()
    await rig.killWorker()
    await writes.release('waymark-worker')
    await rig.startWorker()
  })

  test.each(
    (['write', 'commit'] as const).flatMap((moment) =>
      FEEDBACK_STAGES.map((stage) => [moment, stage] as const),
    ),
  )(
    'at the %s of %s: the job ends as if nothing had happened, each stage stored once',
    async (moment, stage) => {
      const run = runs.find((one) => one.moment === moment && one.stage === stage)
      if (run === undefined) throw new Error('no such run')
      const job = await run.student.feedback(ESSAY, run.job_id)
      expect(job.status).toBe('completed')
      expect(wordsOf(job)).toEqual(wordsOf(undisturbed))
      expect(await artefactsOf(run.job_id)).toEqual(Object.values(LEFT))
      const events = await eventsOf(run.student, run.job_id)
      const done = events.filter(({ event_type }) => event_type === 'stage_completed')
      expect(done.map((event) => event.stage)).toEqual(FEEDBACK_STAGES)
      expect(startsOf(events, stage)).toBe(moment === 'write' ? 2 : 1)
    },
  )
})

test('an API that dies between keeping the work and asking Temporal loses nothing: the run begins by itself', async () => {
  const student = await planned()
  await writes.hold({ user_id: student.user_id, what: 'accepted submission', moment: 'commit' })
  const answer = student.sendWork(ESSAY, TEXT).then(
    ({ status }) => status,
    () => 'cut off',
  )
  await writes.reached()
  await rig.killApi()
  await writes.release('waymark-api')
  expect(await answer).toBe('cut off')
  await sql`update processing_jobs set updated_at = updated_at - interval '10 minutes'
    where user_id = ${student.user_id} and status = 'PENDING'`.execute(rig.db.write)
  await rig.startApi()
  const { jobs } = (await student.call('GET', `/assignments/${ESSAY}/feedback/jobs`)).body
  expect(jobs).toHaveLength(1)
  expect((await student.feedback(ESSAY, jobs[0].job_id)).status).toBe('completed')
})

describe('a feedback run ended in Temporal', () => {
  async function waiting() {
    const student = await planned()
    await rig.stopWorker()
    const { body } = await student.sendWork(ESSAY, TEXT)
    const handle = rig.temporal.workflow.getHandle(feedbackWorkflowId(body.job_id))
    return { student, handle, job_id: String(body.job_id) }
  }

  test('by terminate is closed, and its job says so', async () => {
    const { student, handle, job_id } = await waiting()
    await handle.terminate('by hand')
    await rig.startWorker()
    await sql`update processing_jobs set updated_at = updated_at - interval '10 minutes'
      where job_id = ${job_id}`.execute(rig.db.write)
    const job = await student.feedback(ESSAY, job_id)
    expect(job).toMatchObject({ status: 'canceled', error: { code: 'TERMINATED' } })
    expect(job.error?.message).toMatch(/Ask for it again/)
  })

  test('by cancel is closed by the run itself', async () => {
    const { student, handle, job_id } = await waiting()
    await handle.cancel()
    await rig.startWorker()
    const job = await student.feedback(ESSAY, job_id)
    expect(job).toMatchObject({ status: 'canceled', error: { code: 'CANCELED' } })
  })
})

test('no word of a student is in a history of Temporal or in a log', async () => {
  const { text, events } = await exportRun(rig.temporal, feedbackWorkflowId(undisturbed.job_id))
  expect(events).toBeLessThan(40)
  expect(text).toContain(undisturbed.job_id)
  for (const place of [text, await rig.logs()]) expect(place).not.toContain('quicksilver')
})
