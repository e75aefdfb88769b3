import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import { expectOnePlan, expectSoundStream } from './history.ts'

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})

afterAll(() => rig[Symbol.asyncDispose]())

const REFUSED = [
  ['of an unknown course', '999/1', 'fetch_canvas_context', 'CANVAS_NOT_FOUND', /assignment 1.*published/],
  ['unknown to its course', '2101/999999', 'fetch_canvas_context', 'CANVAS_NOT_FOUND', /999999.*published/],
  ['locked', '2101/5107', 'fetch_canvas_context', 'ASSIGNMENT_LOCKED', /locked until .*Retry this stage/],
  ['that is a quiz in a lockdown browser', '2101/5108', 'fetch_canvas_context', 'NOT_PLANNABLE', /lockdown/],
  ['that is a quiz', '2101/5113', 'fetch_canvas_context', 'NOT_PLANNABLE', /is a quiz.*Choose a written/],
  [
    'without text',
    '2101/5112',
    'fetch_and_parse_attachments',
    'NO_TEXT',
    /no description.*Ask your instructor/,
  ],
  ['that is only a scan', '2102/5109', 'fetch_and_parse_attachments', 'NO_TEXT', /may be a scan.*OCR/],
  [
    'of a course that forbids AI',
    '184670000000002203/184670000000005511',
    'draft_plan',
    'POLICY_FORBIDS_AI',
    /ask your instructor.*“.*not permitted.*”/,
  ],
] as const

describe.concurrent('what cannot be planned', () => {
  test.each(REFUSED)('an assignment %s (%s) parks in %s with %s and says what to do', async (...row) => {
    const [, assignment, stage, code, words] = row
    const student = await rig.student()
    expect((await student.start(assignment)).status).toBe(202)
    const events = await student.finished(assignment)
    expectSoundStream(events)
    expect(events.at(-1)).toMatchObject({
      event_type: 'failed',
      status: 'failed',
      stage,
      payload: { code, retryable: false },
    })
    const snapshot = await student.snapshot(assignment)
    expect(snapshot).toMatchObject({ status: 'failed', plan_ready: false, last_error: { code, stage } })
    expect(snapshot.last_error?.message).toMatch(words)
    const { status, body } = await student.call('GET', `/assignments/${assignment}/plan`)
    expect([status, body.code, body.current_state]).toEqual([404, 'PLAN_NOT_READY', 'failed'])
  })

  test('a course the student is not enrolled in parks with CANVAS_FORBIDDEN', async () => {
    const student = await rig.student('sandbox~priya-raman~not-enrolled')
    await student.start('2103/5104')
    await student.finished('2103/5104')
    const { last_error } = await student.snapshot('2103/5104')
    expect(last_error?.code).toBe('CANVAS_FORBIDDEN')
    expect(last_error?.message).toMatch(/Ask your instructor for access/)
  })

  test('a file that wants a password beside full text is kept with its reason and does not stop the plan', async () => {
    const student = await rig.student()
    await student.start('2102/5110')
    expectOnePlan(await student.finished('2102/5110'))
    const { workspace_id } = await student.snapshot('2102/5110')
    const documents = await rig.db.read
      .selectFrom('documents')
      .select(['status', 'code', 'message'])
      .where('workspace_id', '=', workspace_id)
      .where('kind', '=', 'attachment')
      .execute()
    const encrypted = documents.find(({ code }) => code === 'ENCRYPTED')
    expect(encrypted?.status).toBe('refused')
    expect(encrypted?.message).toMatch(/password/)
  })
})
