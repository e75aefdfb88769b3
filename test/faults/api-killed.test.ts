import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'
import { executionsOf, expectOnePlan, failureOf, planJobsOf, runIdOf } from './history.ts'
import { HeldWrites } from './hold-writes.ts'
import { exportRun } from './transcripts.ts'

const PRESENTATION = '2103/5104'
const LOCKED = '2101/5107'
const NEVER = { RECONCILE_SECONDS: '3600' }
const OFTEN = { RECONCILE_SECONDS: '1' }

let rig: Rig
let writes: HeldWrites
let student: Student

beforeAll(async () => {
  rig = await startRig({ env: NEVER })
  writes = await HeldWrites.open(rig)
})

afterAll(async () => {
  await writes[Symbol.asyncDispose]()
  await rig[Symbol.asyncDispose]()
})

beforeEach(async () => {
  student = await rig.student()
})

/** Sends a request and kills the API when it has asked for the commit of its intent, before it asks Temporal. */
async function dieBetween(assignment: string, query: string, generation: number): Promise<void> {
  await writes.hold({ user_id: student.user_id, what: `generation ${generation}`, moment: 'commit' })
  const answer = student.start(assignment, query).then(
    ({ status }) => status,
    () => 'cut off',
  )
  await writes.reached()
  await rig.killApi()
  await writes.release('waymark-api')
  expect(await answer).toBe('cut off')
}

/** Lets the time pass that a run may be silent. */
async function age(): Promise<void> {
  await sql`update assignment_workspaces set updated_at = updated_at - interval '10 minutes'
    where user_id = ${student.user_id}`.execute(rig.db.write)
}

async function pendingJob(assignment: string, generation: number) {
  const { workspace_id } = await student.snapshot(assignment)
  const jobs = await planJobsOf(rig, workspace_id)
  expect(jobs.filter((job) => job.generation === generation)).toMatchObject([{ status: 'PENDING' }])
}

async function generationAtWork(assignment: string): Promise<unknown> {
  const { memo } = await rig.temporal.workflow.getHandle(runIdOf(student, assignment)).describe()
  return memo?.['generation']
}

describe('the API dies between writing the intent and asking Temporal', () => {
  test('a start is healed by the next start', async () => {
    await dieBetween(PRESENTATION, '', 1)
    await rig.startApi()
    await pendingJob(PRESENTATION, 1)
    await expect(rig.temporal.workflow.getHandle(runIdOf(student, PRESENTATION)).describe()).rejects.toThrow(
      /not found/,
    )
    expect((await student.start(PRESENTATION)).status).toBe(202)
    expectOnePlan(await student.finished(PRESENTATION))
    expect(await executionsOf(rig, runIdOf(student, PRESENTATION))).toBe(1)
  })

  test('a start is healed by the reconciler alone', async () => {
    await dieBetween(PRESENTATION, '', 1)
    await age()
    await rig.startApi(OFTEN)
    expectOnePlan(await student.finished(PRESENTATION))
    expect(await executionsOf(rig, runIdOf(student, PRESENTATION))).toBe(1)
    await rig.stopApi()
    await rig.startApi()
  })

  test('a reprocess of a finished run is healed by the next start', async () => {
    await student.start(PRESENTATION)
    await student.finished(PRESENTATION)
    await dieBetween(PRESENTATION, '?reprocess=true', 2)
    await rig.startApi()
    await pendingJob(PRESENTATION, 2)
    expect(await generationAtWork(PRESENTATION)).toBe(1)
    expect((await student.start(PRESENTATION)).status).toBe(202)
    const events = await student.finished(PRESENTATION)
    expectOnePlan(events)
    expect(events.at(-1)?.generation).toBe(2)
    expect(await generationAtWork(PRESENTATION)).toBe(2)
  })

  test('a reprocess of a parked run is healed by the reconciler alone, which ends the old run', async () => {
    await student.start(LOCKED)
    await failureOf(student, LOCKED)
    const old = await rig.temporal.workflow.getHandle(runIdOf(student, LOCKED)).describe()
    await dieBetween(LOCKED, '?reprocess=true', 2)
    await age()
    await rig.startApi(OFTEN)
    expect((await failureOf(student, LOCKED)).code).toBe('ASSIGNMENT_LOCKED')
    expect(await generationAtWork(LOCKED)).toBe(2)
    const replaced = rig.temporal.workflow.getHandle(runIdOf(student, LOCKED), old.runId)
    expect((await replaced.describe()).status.name).toBe('TERMINATED')
    await rig.stopApi()
    await rig.startApi()
  })
})

describe('a run that somebody ended in Temporal', () => {
  async function endAtWork(end: 'cancel' | 'terminate'): Promise<void> {
    rig.canvas.faults.add({ kind: 'slow', ms: 60_000, path: '*/assignments/5104', times: 1 })
    await student.start(PRESENTATION)
    await student.eventsUntil(PRESENTATION, ({ event_type }) => event_type === 'stage_started')
    const handle = rig.temporal.workflow.getHandle(runIdOf(student, PRESENTATION))
    await handle[end]()
    while ((await handle.describe()).status.name === 'RUNNING') await turn()
    rig.canvas.faults.clear()
  }

  test('by cancel has failed with CANCELED, and a retry goes on', async () => {
    await endAtWork('cancel')
    const error = await failureOf(student, PRESENTATION)
    expect(error).toMatchObject({ code: 'CANCELED', stage: 'fetch_canvas_context' })
    const { workspace_id } = await student.snapshot(PRESENTATION)
    expect((await planJobsOf(rig, workspace_id)).map((job) => job.status)).toEqual(['CANCELED'])
    const { status } = await student.retry(PRESENTATION, 'fetch_canvas_context')
    expect(status).toBe(202)
    expectOnePlan(await student.finished(PRESENTATION))
    expect((await planJobsOf(rig, workspace_id)).map((job) => job.status)).toEqual(['CANCELED', 'COMPLETED'])
  })

  test('by terminate has failed with TERMINATED as soon as a start finds it silent', async () => {
    await endAtWork('terminate')
    const joined = await student.start(PRESENTATION)
    expect([joined.status, joined.body.status]).toEqual([200, 'running'])
    await age()
    const told = await student.start(PRESENTATION)
    expect([told.status, told.body.status, told.body.last_error.code]).toEqual([200, 'failed', 'TERMINATED'])
    const { workspace_id } = await student.snapshot(PRESENTATION)
    expect((await planJobsOf(rig, workspace_id)).map((job) => job.status)).toEqual(['CANCELED'])
  })

  test('by terminate is closed by the reconciler alone', async () => {
    await endAtWork('terminate')
    await age()
    await rig.stopApi()
    await rig.startApi(OFTEN)
    expect((await failureOf(student, PRESENTATION)).code).toBe('TERMINATED')
    await rig.stopApi()
    await rig.startApi()
  })

  test('can be retried again when the retry fails as well, and no word of a reason is in any history', async () => {
    await endAtWork('cancel')
    await failureOf(student, PRESENTATION)
    rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5104', times: 1 })
    const stage = 'fetch_canvas_context'
    expect((await student.retry(PRESENTATION, stage, { reason: 'ZAPHOD first' })).status).toBe(202)
    expect((await failureOf(student, PRESENTATION)).code).toBe('CANVAS_FORBIDDEN')
    const again = await student.retry(PRESENTATION, stage, { reason: 'ZAPHOD second', expected_attempt: 2 })
    expect(again.status).toBe(202)
    const events = await student.finished(PRESENTATION)
    expectOnePlan(events)
    const reasons = events.flatMap((event) =>
      event.event_type === 'job_status' ? [event.payload.reason] : [],
    )
    expect(reasons).toEqual(['ZAPHOD first', 'ZAPHOD second'])
    const { text } = await exportRun(rig.temporal, runIdOf(student, PRESENTATION))
    expect(text).not.toContain('ZAPHOD')
  })

  test.each(['cancel', 'terminate'] as const)(
    'by %s while it is parked keeps its reason, and a retry goes on without doing finished stages again',
    async (end) => {
      const survey = '2104/5106'
      rig.canvas.faults.add({ kind: 'revoked-token', path: '/files/7006/download' })
      rig.canvas.requests.clear()
      await student.start(survey)
      const error = await failureOf(student, survey)
      const handle = rig.temporal.workflow.getHandle(runIdOf(student, survey))
      await handle[end]()
      while ((await handle.describe()).status.name === 'RUNNING') await turn()
      rig.canvas.faults.clear()
      expect((await student.snapshot(survey)).last_error).toEqual(error)
      expect((await student.retry(survey, error.stage ?? '')).status).toBe(202)
      expectOnePlan(await student.finished(survey))
      const asked = rig.canvas.requests.all().filter(({ path }) => path.endsWith('/assignments/5106'))
      expect(asked).toHaveLength(1)
    },
  )
})
