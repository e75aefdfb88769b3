import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { handoffWorkflowId, masterplanWorkflowId } from '../../contract/ids.ts'
import { Build } from '../rig/build.ts'
import { readPlan, statesAfter } from '../rig/execution.ts'
import { startModelRig, type ModelRig } from '../rig/model-rig.ts'
import type { Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { openStream } from '../streams/read-stream.ts'

const PROJECT = '2102/5102'
const REASON = 'Start with a sketch of the data on paper.'

let models: ModelRig
let rig: Rig
let student: Student
let id: string

beforeAll(async () => {
  models = await startModelRig({ RECONCILE_SECONDS: '3600' })
  rig = models.rig
})

afterAll(() => models[Symbol.asyncDispose]())

beforeEach(async () => {
  student = await rig.student()
  id = await student.draft(PROJECT)
})

const reprocess = async (): Promise<void> =>
  expect((await student.start(PROJECT, '?reprocess=true')).status).toBe(202)

/** Plans the assignment anew and answers what the model was asked for a draft meanwhile. */
async function redraft(): Promise<readonly string[]> {
  const before = models.draftPrompts.length
  await reprocess()
  await student.finished(PROJECT)
  return models.draftPrompts.slice(before)
}

const reject = (rejection_reason: string) =>
  student.plan('POST', id, '/reject', { body: { rejection_reason } })

describe('the reason of a rejection', () => {
  test('is what the next draft is asked with', async () => {
    await reject(REASON)
    const [prompt, ...further] = await redraft()
    expect(prompt).toMatch(new RegExp(`<<<data \\w+ REJECTION>>>\n${REASON}\n`))
    expect(further).toEqual([])
    const { masterplan_id, masterplan_status } = await student.snapshot(PROJECT)
    expect([masterplan_status, masterplan_id === id]).toEqual(['draft', false])
  })

  test('waits for the next draft there is: a generation that failed before has not heard it', async () => {
    await reject(REASON)
    rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5102', times: 1 })
    expect(await redraft()).toEqual([])
    expect((await student.snapshot(PROJECT)).status).toBe('failed')
    const [prompt] = await redraft()
    expect(prompt).toContain(REASON)
  })

  test('is over once a draft has answered it', async () => {
    await reject(REASON)
    await redraft()
    for (const prompt of await redraft()) expect(prompt).not.toContain(REASON)
    expect((await student.snapshot(PROJECT)).masterplan_status).toBe('draft')
  })
})

describe('a reprocess', () => {
  test('cancels the draft of the old generation, and its stream says so and ends', async () => {
    const headers = { authorization: `Bearer ${student.token}` }
    const url = `${rig.origin}/masterplans/${id}/events?after=0`
    using reader = await openStream(url, { headers })
    await reprocess()
    await reader.until(({ messages }) => messages.some(({ event }) => event === 'end'))
    expect(reader.events.at(-1)?.data).toMatchObject({
      event_type: 'masterplan_status',
      payload: {
        status: 'cancelled',
        previous_status: 'draft',
        reason: 'The assignment is planned anew.',
        actor: { type: 'user', id: student.user_id },
      },
    })
    const { status } = await fetch(`${rig.origin}/masterplans/${id}/events`, {
      headers: { ...headers, 'last-event-id': String(reader.lastId) },
    })
    expect(status).toBe(204)
    expect((await student.snapshot(PROJECT)).masterplan_id).not.toBe(id)
  })

  test('cancels an execution that is paused, as the assignment and its stream show: open tasks are skipped, jobs closed, its run ended', async () => {
    await student.plan('POST', id, '/approve')
    expect(await student.snapshot(PROJECT)).toMatchObject({
      masterplan_id: id,
      masterplan_status: 'approved',
    })
    for (const verb of ['/execute', '/pause']) expect((await student.plan('POST', id, verb)).status).toBe(200)
    const byHand = await Build.start(student, { project: id })
    await reprocess()
    const run = rig.temporal.workflow.getHandle(handoffWorkflowId(byHand.id))
    await expect.poll(async () => (await run.describe()).status.name).not.toBe('RUNNING')
    const events = await student.executed(id)
    expect(events.at(-1)?.payload).toMatchObject({ status: 'cancelled' })
    const open = [...statesAfter(events).values()].filter(
      (state) => !['completed', 'failed', 'skipped'].includes(state),
    )
    expect(open).toEqual([])
    const plan = await readPlan(student, id)
    expect(plan).toMatchObject({ status: 'cancelled', generation: 1 })
    expect(plan.skipped_tasks).toBeGreaterThan(0)
    const handle = rig.temporal.workflow.getHandle(masterplanWorkflowId(id))
    expect((await handle.describe()).status.name).toBe('TERMINATED')
    const jobs = await rig.db.read
      .selectFrom('processing_jobs')
      .select('status')
      .where('user_id', '=', student.user_id)
      .where('generation', '=', 1)
      .where('status', 'in', ['SUBMITTED', 'PENDING', 'RUNNING'])
      .execute()
    expect(jobs).toEqual([])
    const told = await student.eventsUntil(PROJECT, ({ event_type }) => event_type === 'superseded')
    const onAssignment = told.flatMap((event) =>
      event.event_type === 'masterplan_status' ? [event.payload.status] : [],
    )
    expect(onAssignment).toEqual(['draft', 'approved', 'in_progress', 'paused', 'cancelled'])
    const { status, body } = await student.plan('POST', id, '/resume')
    expect([status, body.current_state]).toEqual([400, 'cancelled'])
  })
})
