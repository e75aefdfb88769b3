import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { handoffWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { Build } from '../rig/build.ts'
import { readJob } from '../rig/jobs.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'

let rig: Rig
let student: Student
let operator: Student

beforeAll(async () => {
  rig = await startRig()
  student = await rig.student(null)
  const { body } = await student.call('GET', '/auth/me')
  operator = await rig.operator(SCOPES, body.workspace_id)
})
afterAll(() => rig[Symbol.asyncDispose]())

const cancel = (job_id: string, body: unknown = {}) =>
  operator.call('POST', `/jobs/${job_id}/cancel`, { body })

async function jobsOf({ id }: Build): Promise<{ build: string; phase: string }> {
  const rows = await rig.db.read
    .selectFrom('processing_jobs')
    .select(['job_id', 'kind'])
    .where('subject_id', '=', id)
    .where('status', '=', 'RUNNING')
    .execute()
  const idOf = (kind: string): string => rows.find((row) => row.kind === kind)?.job_id ?? ''
  return { build: idOf('workflow'), phase: idOf('phase') }
}

test('a build that was started by itself is canceled by its job, with its phase and its run, in the name of who did it', async () => {
  const build = await Build.start(student)
  await build.to('implementation')
  const jobs = await jobsOf(build)
  const body = { reason: 'Started by mistake', request_id: randomUUID() }
  const canceled = await cancel(jobs.build, body)
  expect([canceled.status, canceled.body.status, canceled.body.kind]).toEqual([200, 'CANCELED', 'workflow'])
  expect((await cancel(jobs.build, body)).status).toBe(200)
  expect((await cancel(jobs.build)).status).toBe(409)
  expect((await readJob(operator, jobs.build)).state_history[0]).toMatchObject({
    reason: body.reason,
    actor: { type: 'user', id: operator.user_id },
  })
  expect((await readJob(operator, jobs.phase)).status).toBe('CANCELED')
  const run = rig.temporal.workflow.getHandle(handoffWorkflowId(build.id))
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } })
  const events = await build.eventsUntil(({ event_type }) => event_type === 'workflow_failed')
  expect(events.at(-1)).toMatchObject({ status: 'canceled', message: body.reason })
  expect((await build.advance('implementation')).status).toBe(409)
})

test('a phase is no run of its own, and says what to cancel', async () => {
  const build = await Build.start(student)
  await build.to('planning')
  const { phase } = await jobsOf(build)
  const { status, body } = await cancel(phase)
  expect([status, body.detail]).toEqual([
    409,
    'A phase is no run of its own: cancel the job of the build above it.',
  ])
})
