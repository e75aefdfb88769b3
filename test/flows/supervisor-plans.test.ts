import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { assignmentWorkflowId, feedbackWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { endedJob, readJob } from '../rig/jobs.ts'
import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { detailsOf, readWorker, statesOf, steer, workerOf, workerWhen } from '../rig/workers.ts'
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

const planRun = ({ user_id }: Student): string =>
  assignmentWorkflowId({ user_id, course_id: '2101', assignment_id: '5101' })

/** A plan that is paused while its first stage waits for Canvas; and what lets that come to its end. */
async function pausedPlan(student: Student, operator: Student) {
  rig.canvas.faults.add({ kind: 'server-error', path: '*/assignments/5101', times: 1 })
  await student.start(ESSAY)
  const { job_id } = await student.snapshot(ESSAY)
  const id = await workerOf(operator, job_id)
  await workerWhen(operator, id, 'RUNNING')
  return { job_id, id, ...(await steer(operator, id, 'pause', { reason: 'Canvas is slow' })) }
}

test('a paused plan stops before its next stage, shows so everywhere, and goes on when it is resumed', async () => {
  const { student, operator } = await pair()
  const { job_id, id, status, body } = await pausedPlan(student, operator)
  expect([status, body.status]).toEqual([200, 'PAUSED'])
  expect(await student.snapshot(ESSAY)).toMatchObject({ paused: true, status: 'running' })
  expect(await detailsOf(rig, planRun(student))).toContain('Paused by an operator')
  expect((await readJob(operator, job_id)).status).toBe('RUNNING')

  expect((await steer(operator, id, 'resume')).status).toBe(200)
  const events = await student.finished(ESSAY)
  expect(events.at(-1)?.event_type).toBe('plan_ready')
  const told = events.filter(({ event_type }) => event_type === 'job_status')
  expect(told.map(({ payload }) => payload)).toMatchObject([
    { job_id, paused: true, reason: 'Canvas is slow', actor: { type: 'operator', id: operator.user_id } },
    { job_id, paused: false, reason: null },
  ])
  const [pause, resume] = told.map(({ seq }) => seq)
  // What was at work may end while it is paused; nothing new begins.
  const begun = events.filter(
    ({ event_type, seq, payload }) =>
      event_type === 'stage_started' &&
      seq > (pause ?? 0) &&
      seq < (resume ?? 0) &&
      'attempt' in payload &&
      payload.attempt === 1,
  )
  expect(begun).toEqual([])
  expect(statesOf(await readWorker(operator, id))).toEqual([
    'IDLE',
    'RUNNING',
    'PAUSED',
    'RUNNING',
    'COMPLETED',
  ])
  expect(await student.snapshot(ESSAY)).toMatchObject({ paused: false, status: 'ready' })
})

test('a terminated plan ends its run, its rows and its worker, and its student is told why', async () => {
  const { student, operator } = await pair()
  const { job_id, id } = await pausedPlan(student, operator)
  const { status, body } = await steer(operator, id, 'terminate', { reason: 'Wrong course' })
  expect([status, body.status, body.current_job_id]).toEqual([200, 'TERMINATED', null])
  expect(body.state_history[0]).toMatchObject({ reason: 'Wrong course', actor: { type: 'operator' } })
  expect((await readJob(operator, job_id)).status).toBe('CANCELED')
  expect(await student.snapshot(ESSAY)).toMatchObject({
    paused: false,
    status: 'failed',
    last_error: {
      code: 'TERMINATED',
      retryable: false,
      message:
        'An operator ended this run: “Wrong course”. If you still want the plan once that is settled, reprocess the assignment.',
    },
  })
  const run = await rig.temporal.workflow.getHandle(planRun(student)).describe()
  expect(run.status.name).toBe('TERMINATED')
  expect((await student.finished(ESSAY)).at(-1)?.event_type).toBe('failed')
})

test('the worker of a draft is neither ended nor paused: both say who reviews it, and a rejection ends it', async () => {
  const { student, operator } = await pair()
  await student.start(ESSAY)
  await student.finished(ESSAY)
  const { masterplan_id } = await student.snapshot(ESSAY)
  const { body } = await operator.call('GET', '/jobs?kind=masterplan')
  const [{ id: job_id, worker_id }] = body.jobs
  const refused = [
    await steer(operator, worker_id, 'terminate', { reason: 'Not wanted' }),
    await steer(operator, worker_id, 'pause'),
  ]
  for (const { status, body: problem } of refused) {
    // Only a review or a reprocess changes a draft, so that nothing else is said to be allowed.
    expect([status, problem.current_state, problem.allowed]).toEqual([409, 'IDLE', ['RUNNING']])
    expect(problem.detail).toContain(`POST /masterplans/${masterplan_id}/approve, or end it with /reject`)
  }
  expect((await student.plan('GET', masterplan_id ?? '')).body.status).toBe('draft')
  expect((await student.plan('POST', masterplan_id ?? '', '/reject')).status).toBe(200)
  expect((await readWorker(operator, worker_id)).status).toBe('TERMINATED')
  expect((await readJob(operator, job_id)).status).toBe('CANCELED')
})

test('feedback and a masterplan are paused and resumed as a plan is; a task names what stands above it', async () => {
  const { student, operator } = await pair()
  await student.start(ESSAY)
  await student.finished(ESSAY)
  const { masterplan_id } = await student.snapshot(ESSAY)
  const plan = masterplan_id ?? ''

  await rig.stopWorker()
  const sent = await student.sendWork(ESSAY, 'Reform came when delay cost more than filters.')
  const feedback = await workerOf(operator, sent.body.job_id)
  const paused = await rig.db.write.transaction().execute(async (trx) => {
    // Its first stage cannot read what was handed in before this is over.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
    await sql`lock table submissions in access exclusive mode`.execute(trx)
    await rig.startWorker()
    await workerWhen(operator, feedback, 'RUNNING')
    return steer(operator, feedback, 'pause')
  })
  expect(paused.status).toBe(200)
  expect(await detailsOf(rig, feedbackWorkflowId(sent.body.job_id))).toContain('Paused by an operator')
  await steer(operator, feedback, 'resume')
  expect((await endedJob(operator, sent.body.job_id)).status).toBe('COMPLETED')

  await student.plan('POST', plan, '/approve')
  await student.plan('POST', plan, '/execute')
  const { body: list } = await operator.call('GET', '/supervisor/workers?limit=100')
  const of = (kind: string): string =>
    list.workers.find((worker: { kind: string }) => worker.kind === kind).id
  const held = await steer(operator, of('masterplan'), 'pause', { reason: 'A look first' })
  expect([held.status, held.body.status]).toEqual([200, 'PAUSED'])
  expect((await student.plan('GET', plan, '/status')).body.status).toBe('paused')
  const assignment = await steer(operator, of('assignment'), 'terminate', { reason: 'x' })
  expect([assignment.status, assignment.body.code]).toEqual([409, 'INVALID_STATE_TRANSITION'])
  expect(assignment.body.allowed).not.toContain('TERMINATED')
  // A person resumes it as its student; its worker follows.
  expect((await student.plan('POST', plan, '/resume')).status).toBe(200)
  expect((await readWorker(operator, of('masterplan'))).status).toBe('RUNNING')
  const ended = await steer(operator, of('masterplan'), 'terminate', { reason: 'Enough' })
  expect([ended.status, ended.body.status]).toEqual([200, 'TERMINATED'])
  while ((await student.plan('GET', plan, '/status')).body.status !== 'cancelled') await turn()
  const { last_error } = (await student.plan('GET', plan)).body
  expect(last_error).toMatchObject({ code: 'TERMINATED', retryable: false })
  expect(last_error.message).toContain('An operator ended the execution of this masterplan: “Enough”.')
})
