import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { assignmentWorkflowId, feedbackWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { listParkedRuns } from '../../db/read/failures.ts'
import { STAGE_STATE } from '../../workflows/search-attributes.ts'
import { endedJob, readJob } from '../rig/jobs.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'

const ESSAY = '2101/5101'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig[Symbol.asyncDispose]())

/** A student, and an operator of their tenant. */
async function pair(): Promise<{ student: Student; operator: Student }> {
  const student = await rig.student()
  const { body } = await student.call('GET', '/auth/me')
  return { student, operator: await rig.operator(SCOPES, body.workspace_id) }
}

const workflowOf = ({ user_id }: Student) =>
  rig.temporal.workflow.getHandle(assignmentWorkflowId({ user_id, course_id: '2101', assignment_id: '5101' }))

const statusOf = async (student: Student): Promise<string> =>
  (await workflowOf(student).describe()).status.name

/** A plan that is parked, and its job. */
async function parked(student: Student): Promise<string> {
  rig.canvas.faults.add({ kind: 'permission-403', path: '*/assignments/5101', times: 1 })
  await student.start(ESSAY)
  await student.finished(ESSAY)
  while ((await workflowOf(student).describe()).typedSearchAttributes.get(STAGE_STATE) !== 'parked')
    await turn()
  return (await student.snapshot(ESSAY)).job_id
}

const steer = (by: Student, job_id: string, verb: string, body: unknown = {}) =>
  by.call('POST', `/jobs/${job_id}/${verb}`, { body })

describe('the job of a plan', () => {
  test('that is parked goes on by a retry of its job, as by a retry of its stage', async () => {
    const { student, operator } = await pair()
    const failed = await parked(student)
    expect(await readJob(operator, failed)).toMatchObject({
      kind: 'plan',
      status: 'FAILED',
      depth: 1,
      error: { code: 'CANVAS_FORBIDDEN' },
    })
    const body = { reason: 'The instructor has opened it', request_id: randomUUID() }
    const { status, body: job, headers } = await steer(operator, failed, 'retry', body)
    expect([status, job.retry_of, job.attempt]).toEqual([202, failed, 2])
    // Its run may be quicker than the answer.
    expect(['PENDING', 'RUNNING']).toContain(job.status)
    expect(headers.get('location')).toBe(`/jobs/${job.id}`)
    const again = await steer(operator, failed, 'retry', body)
    expect([again.status, again.body.id]).toEqual([202, job.id])
    const finished = await endedJob(operator, job.id)
    expect(finished.status).toBe('COMPLETED')
    expect(finished.state_history.at(-1)).toMatchObject({
      reason: body.reason,
      actor: { type: 'user', id: operator.user_id },
    })
    expect((await steer(operator, failed, 'retry')).status).toBe(409)
  })

  test('that is parked and given up has no run any more, and cannot be taken up by its job', async () => {
    const { student, operator } = await pair()
    const failed = await parked(student)
    const reason = 'The course was taken off the list'
    const { status, body } = await steer(operator, failed, 'abandon', { reason })
    expect([status, body.status, body.id]).toEqual([200, 'FAILED', failed])
    expect(await statusOf(student)).toBe('TERMINATED')
    const told = `An operator ended this run: “${reason}”. If you still want the plan, reprocess the assignment.`
    expect(await student.snapshot(ESSAY)).toMatchObject({
      status: 'failed',
      last_error: { code: 'TERMINATED', message: told, retryable: false },
    })
    const parkedRuns = await listParkedRuns(rig.db.read, { code: undefined, limit: 500 })
    expect(parkedRuns.map(({ job_id }) => job_id)).not.toContain(failed)
    expect((await steer(operator, failed, 'abandon')).status).toBe(409)
    expect((await steer(operator, failed, 'retry')).status).toBe(409)
    expect((await student.start(ESSAY, '?reprocess=true')).status).toBe(202)
    expect((await student.finished(ESSAY)).at(-1)?.event_type).toBe('plan_ready')
  })

  test('that runs is canceled with the reason and name of who did it, and its student is told', async () => {
    const { student, operator } = await pair()
    await rig.stopWorker()
    await student.start(ESSAY)
    const { job_id } = await student.snapshot(ESSAY)
    const { status, body } = await steer(operator, job_id, 'cancel', { reason: 'Wrong course' })
    expect([status, body.status]).toEqual([200, 'CANCELED'])
    expect((await readJob(operator, job_id)).state_history[0]).toMatchObject({
      reason: 'Wrong course',
      actor: { id: operator.user_id },
    })
    expect(await student.snapshot(ESSAY)).toMatchObject({
      status: 'failed',
      last_error: { code: 'CANCELED' },
    })
    expect(await statusOf(student)).toBe('TERMINATED')
    await rig.startWorker()
    expect((await steer(operator, job_id, 'cancel')).status).toBe(409)
  })
})

test('every run of a tenant is listed as one tree, and a job that is no run of its own says what to cancel', async () => {
  const { student, operator } = await pair()
  await student.start(ESSAY)
  await student.finished(ESSAY)
  const { body } = await operator.call('GET', '/jobs')
  const rows = body.jobs.map((job: { kind: string; depth: number }) => [job.kind, job.depth])
  expect(rows).toEqual(
    expect.arrayContaining([
      ['assignment', 0],
      ['plan', 1],
      ['masterplan', 1],
    ]),
  )
  const masterplan = body.jobs.find((job: { kind: string }) => job.kind === 'masterplan')
  const refused = await steer(operator, masterplan.id, 'cancel')
  expect([refused.status, refused.body.allowed, refused.body.detail]).toEqual([
    409,
    ['RUNNING'],
    expect.stringMatching(/approve it with POST \/masterplans\/.*\/approve, or end it with \/reject/),
  ])
  await student.plan('POST', (await student.snapshot(ESSAY)).masterplan_id ?? '', '/approve')
  const canceled = await steer(operator, masterplan.id, 'cancel')
  expect([canceled.status, canceled.body.status]).toEqual([200, 'CANCELED'])
  expect((await student.snapshot(ESSAY)).masterplan_status).toBe('cancelled')

  await rig.stopWorker()
  const sent = await student.sendWork(ESSAY, 'Reform came when delay cost more than filters.')
  const root = (await readJob(operator, sent.body.job_id)).parent_job_id ?? ''
  expect((await steer(operator, root, 'cancel')).body).toMatchObject({ status: 409 })
  const feedback = await steer(operator, sent.body.job_id, 'cancel')
  expect([feedback.status, feedback.body.status]).toEqual([200, 'CANCELED'])
  const { status } = await rig.temporal.workflow.getHandle(feedbackWorkflowId(sent.body.job_id)).describe()
  expect(status.name).toBe('TERMINATED')
  await rig.startWorker()
})
