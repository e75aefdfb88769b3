import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { StreamEvent } from '../../contract/events.ts'
import { Plan } from '../../contract/plan.ts'
import { PLAN_STAGES, STAGE_RANGES } from '../../contract/stages.ts'
import { PATIENT, startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

const PROJECT = '2102/5102'
const LAB_REPORT = '2103/5103'

let rig: Rig
let student: Student
let events: StreamEvent[]

beforeAll(async () => {
  rig = await startRig({ env: PATIENT })
  student = await rig.student()
  await student.start(PROJECT)
  events = await student.finished(PROJECT)
})

afterAll(() => rig[Symbol.asyncDispose]())

async function workspaceOf(assignment: string): Promise<string> {
  return (await student.snapshot(assignment)).workspace_id
}

describe('one run from request to plan', () => {
  test('A1 the database refuses a second workspace row for the same user, course and assignment', async () => {
    const again = sql`insert into assignment_workspaces select * from (
      select gen_random_uuid() as workspace_id, user_id, tenant_id, course_id, assignment_id, status, generation, reprocess,
        discovery_id, job_id, stage, progress, message, paused, last_error, version, created_at, updated_at
      from assignment_workspaces where workspace_id = ${await workspaceOf(PROJECT)}) as copy`
    await expect(again.execute(rig.db.write)).rejects.toThrow(/duplicate key/)
  })

  test('A3 the stored context holds assignment, rubric and course', async () => {
    const row = await rig.db.read
      .selectFrom('artefacts')
      .select('body')
      .where('workspace_id', '=', await workspaceOf(PROJECT))
      .where('kind', '=', 'canvas_context')
      .executeTakeFirstOrThrow()
    const { context } = row.body as { context: object }
    expect(Object.keys(context).sort()).toEqual(['assignment', 'course', 'rubric'])
  })

  test('A4 a second start answers 200 with the same workspace and job and makes no second job', async () => {
    const before = await student.snapshot(PROJECT)
    const { status, body } = await student.start(PROJECT)
    expect(status).toBe(200)
    expect([body.workspace_id, body.job_id]).toEqual([before.workspace_id, before.job_id])
    const jobs = await rig.db.read
      .selectFrom('processing_jobs')
      .select('job_id')
      .where('workspace_id', '=', before.workspace_id)
      .where('kind', '=', 'plan')
      .execute()
    expect(jobs).toHaveLength(1)
  })

  test('A6 the stream carries stage, status and progress for every stage and ends in plan_ready', () => {
    for (const event of events) expect(StreamEvent.safeParse(event).error).toBeUndefined()
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    for (const stage of PLAN_STAGES) {
      const own = events.filter((event) => event.stage === stage)
      expect(own.filter(({ event_type }) => event_type === 'stage_started')).toHaveLength(1)
      expect(own.filter(({ event_type }) => event_type === 'stage_completed')).toHaveLength(1)
      for (const { progress } of own) {
        expect(progress).toBeGreaterThanOrEqual(STAGE_RANGES[stage].from)
        expect(progress).toBeLessThanOrEqual(STAGE_RANGES[stage].to)
      }
    }
    expect(events.at(-1)).toMatchObject({ event_type: 'plan_ready', status: 'completed', progress: 100 })
  })

  test('progress never falls inside the job, and previews name every milestone of the plan', async () => {
    // The draft masterplan that comes with the plan has a job of its own, which begins at nothing.
    for (const own of Map.groupBy(events, ({ job_id }) => job_id).values()) {
      const progress = own.map((event) => event.progress)
      expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    }
    const shown = events.flatMap(({ milestone_preview }) => milestone_preview?.id ?? [])
    const { body } = await student.call('GET', `/assignments/${PROJECT}/plan`)
    expect(shown).toEqual(body.milestones.map(({ id }: { id: string }) => id))
    expect(events.filter(({ draft_summary }) => draft_summary !== undefined)).toHaveLength(1)
  })

  test('A7 GET plan answers the plan with the keys of the contract and nothing else', async () => {
    const { status, body, headers } = await student.call('GET', `/assignments/${PROJECT}/plan`)
    expect(status).toBe(200)
    expect(Plan.safeParse(body).error).toBeUndefined()
    const etag = headers.get('etag') ?? ''
    const again = await student.call('GET', `/assignments/${PROJECT}/plan`, {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    })
    expect(again.status).toBe(304)
  })

  test('every hard constraint rests on a quote that stands in its stored document at the given place', async () => {
    const plan = (await student.call('GET', `/assignments/${PROJECT}/plan`)).body
    const { body } = await student.call('GET', `/assignments/${PROJECT}/plan/evidence`)
    expect(plan.assignment_summary.hard_constraints.length).toBeGreaterThan(2)
    for (const index of plan.assignment_summary.hard_constraints.keys()) {
      const own = body.items.filter(
        ({ pointer }: { pointer: string }) => pointer === `/assignment_summary/hard_constraints/${index}`,
      )
      expect(own.length).toBeGreaterThan(0)
    }
    for (const { document_id, quote, start, end, match } of body.items) {
      if (match !== 'exact') continue
      const { text } = await rig.db.read
        .selectFrom('documents')
        .select('text')
        .where('document_id', '=', document_id)
        .executeTakeFirstOrThrow()
      expect(text.slice(start, end)).toBe(quote)
    }
  })

  test('the workspace is ready and its snapshot has an ETag that changes with it', async () => {
    const { body, headers } = await student.call('GET', `/assignments/${PROJECT}`)
    expect(body).toMatchObject({
      status: 'ready',
      progress: 100,
      plan_ready: true,
      last_error: null,
      generation: 1,
      reprocess: false,
    })
    expect(body.last_event_id).toBe(events.at(-1)?.seq)
    expect(headers.get('etag')).toBe(
      `"1-${body.last_event_id > 0 ? headers.get('etag')?.split('-')[1] : ''}-${body.last_event_id}"`,
    )
  })

  test('every change of state left a transition that the machine allows, with who and why', async () => {
    const { workspace_id, job_id } = await student.snapshot(PROJECT)
    const rows = await rig.db.read
      .selectFrom('transitions')
      .selectAll()
      .where('entity_id', 'in', [workspace_id, job_id])
      .orderBy('seq')
      .execute()
    const steps = (machine: string) =>
      rows.filter((row) => row.machine === machine).map((row) => row.to_state)
    expect(steps('workspace')).toEqual(['idle', 'running', 'ready'])
    expect(steps('job')).toEqual(['SUBMITTED', 'PENDING', 'RUNNING', 'COMPLETED'])
    expect(rows[0]).toMatchObject({ actor_type: 'user', actor_id: student.user_id, reason: 'start' })
  })

  test('the model calls of the run are booked with provider and prompt version', async () => {
    const { job_id } = await student.snapshot(PROJECT)
    const calls = await rig.db.read
      .selectFrom('llm_calls')
      .selectAll()
      .where('job_id', '=', job_id)
      .orderBy('at')
      .execute()
    expect(calls.map(({ stage, provider, outcome }) => [stage, provider, outcome])).toEqual([
      ['distill_assignment_requirements', 'offline', 'ok'],
      ['draft_plan', 'offline', 'ok'],
      ['verify_against_source', 'offline', 'ok'],
    ])
  })
})

describe('documents and prefixes', () => {
  test('A11 the text of the PDF and of the DOCX attachment is in the stored documents', async () => {
    await student.start(LAB_REPORT)
    await student.finished(LAB_REPORT)
    const textOf = async (assignment: string) => {
      const rows = await rig.db.read
        .selectFrom('documents')
        .select(['text', 'name', 'parser'])
        .where('workspace_id', '=', await workspaceOf(assignment))
        .where('kind', '=', 'attachment')
        .execute()
      return rows.map(({ text, parser }) => ({ text, parser }))
    }
    const [pdf] = await textOf(PROJECT)
    expect(pdf?.parser).toMatch(/^pdf-parse@/)
    expect(pdf?.text).toContain('R15')
    const [docx] = await textOf(LAB_REPORT)
    expect(docx?.parser).toMatch(/^mammoth@/)
    expect(docx?.text.length).toBeGreaterThan(1_000)
  })

  test.each(['', '/api', '/api/v1'])(
    'A12 %s/canvas/{path} answers 404, and the assignment routes are served there',
    async (prefix) => {
      expect((await student.call('GET', `${prefix}/canvas/api/v1/courses`)).body).toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
      })
      expect((await student.call('GET', `${prefix}/assignments/${PROJECT}`)).status).toBe(200)
    },
  )
})

describe('reprocess', () => {
  test('A5 raises the generation, takes the old plan away and keeps the old job as superseded', async () => {
    const before = await student.snapshot(PROJECT)
    const { status, body, headers } = await student.start(PROJECT, '?reprocess=true')
    expect(status).toBe(202)
    expect(headers.get('location')).toBe(`/assignments/${PROJECT}`)
    expect(body).toMatchObject({
      generation: 2,
      reprocess: true,
      plan_ready: false,
      workspace_id: before.workspace_id,
    })
    expect(body.job_id).not.toBe(before.job_id)
    const all = await student.finished(PROJECT)
    const superseded = all.find(({ event_type }) => event_type === 'superseded')
    expect(superseded).toMatchObject({ generation: 1, payload: { generation: 1, new_generation: 2 } })
    const old = await rig.db.read
      .selectFrom('processing_jobs')
      .select(['status', 'superseded'])
      .where('job_id', '=', before.job_id)
      .executeTakeFirstOrThrow()
    expect(old).toEqual({ status: 'COMPLETED', superseded: true })
    expect((await student.call('GET', `/assignments/${PROJECT}/plan`)).status).toBe(200)
    const seqs = all.map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  })
})
