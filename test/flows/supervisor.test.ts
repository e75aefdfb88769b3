import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { jobWorkflowId } from '../../contract/ids.ts'
import { allowedMoves, MACHINES, next } from '../../contract/machines.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { SupervisorMetrics, WorkerList } from '../../contract/workers.ts'
import { startJobRig, type JobRig } from '../rig/job-model.ts'
import { acceptedJob, endedJob, heldBy, jobWhen, readJob } from '../rig/jobs.ts'
import type { Student } from '../rig/student.ts'
import { turn } from '../streams/read-stream.ts'
import { detailsOf, readWorker, statesOf, steer, workerOf, workerWhen } from '../rig/workers.ts'

let jobs: JobRig
let operator: Student

beforeAll(async () => {
  jobs = await startJobRig({ STAGE_MAX_ATTEMPTS: '2', RECONCILE_SECONDS: '1' })
  operator = await jobs.rig.operator(SCOPES)
})

afterAll(() => jobs[Symbol.asyncDispose]())

/** A job that the model holds until it is released, and its worker. */
async function heldJob(by = operator): Promise<{ job_id: string; id: string }> {
  const job_id = await acceptedJob(by, `hold ${randomUUID()}`)
  await jobs.held(1)
  return { job_id, id: await workerOf(by, job_id) }
}

describe('workers are seen', () => {
  test('S2 an empty list is total 0, workers []', async () => {
    const nobody = await jobs.rig.operator(SCOPES)
    const { status, body } = await nobody.call('GET', '/supervisor/workers')
    expect([status, body]).toEqual([200, { workers: [], total: 0, limit: 50, offset: 0 }])
  })

  test('S3 workers filter by workspace_id and by status; limit and offset are echoed', async () => {
    const by = await jobs.rig.operator(SCOPES)
    const { workspace_id } = (await by.call('GET', '/auth/me')).body
    for (const text of ['good one', 'good two', 'good three']) await endedJob(by, await acceptedJob(by, text))
    const held = await heldJob(by)
    const list = async (query: string) =>
      WorkerList.parse((await by.call('GET', `/supervisor/workers${query}`)).body)
    expect((await list('')).workers.map(({ status }) => status)).toEqual([
      'RUNNING',
      'COMPLETED',
      'COMPLETED',
      'COMPLETED',
    ])
    const running = await list('?status=RUNNING')
    expect([running.total, running.workers[0]?.id]).toEqual([1, held.id])
    const page = await list(`?workspace_id=${workspace_id}&status=COMPLETED&limit=2&offset=2`)
    expect([page.total, page.limit, page.offset, page.workers.length]).toEqual([3, 2, 2, 1])
    expect(await list('?workspace_id=another')).toEqual({ workers: [], total: 0, limit: 50, offset: 0 })
    expect((await by.call('GET', '/supervisor/workers?status=BUSY')).status).toBe(422)
    jobs.release()
    await endedJob(by, held.job_id)
  })

  test('S4 a worker shows id, workspace_id, status; an unknown one is 404', async () => {
    const { workspace_id } = (await operator.call('GET', '/auth/me')).body
    const job_id = await acceptedJob(operator, '- good one\n- good two', { metadata: { course: 'History' } })
    await endedJob(operator, job_id)
    const worker = await readWorker(operator, await workerOf(operator, job_id))
    expect(worker).toMatchObject({
      workspace_id,
      job_id,
      status: 'COMPLETED',
      kind: 'submitted',
      depth: 0,
      metadata: { course: 'History' },
      current_job_id: null,
      metrics: { task_count: 2 },
    })
    expect(statesOf(worker)).toEqual(['IDLE', 'RUNNING', 'COMPLETED'])
    const unknown = await operator.call('GET', '/supervisor/workers/w_0123456789ab')
    expect([unknown.status, unknown.body.code]).toEqual([404, 'NOT_FOUND'])
    expect((await operator.call('GET', '/supervisor/workers/nobody')).status).toBe(422)
  })

  test('S6 metrics hold total_workers and by_status with six keys, and count what happened', async () => {
    const by = await jobs.rig.operator(SCOPES)
    const read = async () => SupervisorMetrics.parse((await by.call('GET', '/supervisor/metrics')).body)
    const none = await read()
    expect(none.by_status).toEqual({
      IDLE: 0,
      RUNNING: 0,
      PAUSED: 0,
      COMPLETED: 0,
      FAILED: 0,
      TERMINATED: 0,
    })
    await endedJob(by, await acceptedJob(by, '- good one\n- good two'))
    const { job_id, id } = await heldJob(by)
    const request_id = randomUUID()
    await steer(by, id, 'pause', { request_id })
    await steer(by, id, 'pause', { request_id })
    expect((await steer(by, id, 'pause')).status).toBe(409)
    const counted = await read()
    expect(counted).toMatchObject({
      total_workers: 4,
      by_status: { IDLE: 0, RUNNING: 0, PAUSED: 1, COMPLETED: 3 },
      jobs: { submitted: 4, completed: 3, failed: 0, canceled: 0 },
      rejected_transitions: 1,
      idempotency: { hits: 1, misses: 1, hit_rate: 0.5 },
    })
    expect(counted.workers_by_status).toEqual(counted.by_status)
    expect(counted.transitions).toContainEqual({ machine: 'worker', from: 'RUNNING', to: 'PAUSED', count: 1 })
    expect(counted.time_in_state).toContainEqual(
      expect.objectContaining({ machine: 'job', state: 'RUNNING', count: 3 }),
    )
    const other = await operator.call('GET', `/supervisor/metrics?workspace_id=${by.user_id}`)
    expect(other.body.total_workers).toBe(0)
    jobs.release()
    await endedJob(by, job_id)
  })
})

test('a worker at work shows what it uses, counts for the sum of its tenant, and nothing once it is over', async () => {
  const by = await jobs.rig.operator(SCOPES)
  const { job_id, id } = await heldJob(by)
  const metrics = async () => SupervisorMetrics.parse((await by.call('GET', '/supervisor/metrics')).body)
  let measured = await readWorker(by, id)
  for (; measured.metrics.memory_mb === null; measured = await readWorker(by, id)) await turn()
  expect(measured.metrics.memory_mb).toBeGreaterThan(1)
  expect((await metrics()).total_memory_usage_mb).toBeGreaterThan(1)
  jobs.release()
  await endedJob(by, job_id)
  expect((await readWorker(by, id)).metrics).toMatchObject({ cpu_percent: null, memory_mb: null })
  expect(await metrics()).toMatchObject({ total_cpu_usage_percent: 0, total_memory_usage_mb: 0 })
})

describe('workers are steered', () => {
  test('S5 RUNNING → pause PAUSED → resume RUNNING → terminate TERMINATED, each with who and why', async () => {
    const { job_id, id } = await heldJob()
    const walk = [
      ['pause', 'PAUSED', 'RUNNING'],
      ['resume', 'RUNNING', 'RUNNING'],
      ['terminate', 'TERMINATED', 'CANCELED'],
    ] as const
    for (const [verb, state, job] of walk) {
      const { status, body } = await steer(operator, id, verb, { reason: `because of ${verb}` })
      expect([status, body.status]).toEqual([200, state])
      expect(body.state_history[0]).toMatchObject({
        to_state: state,
        reason: `because of ${verb}`,
        actor: { type: 'operator', id: operator.user_id },
      })
      expect((await readJob(operator, job_id)).status).toBe(job)
    }
    expect(await heldBy(operator)).toEqual([0, 0, 0, 0, 0, 0])
    jobs.release()
  })

  test('S7 pausing an IDLE worker is 409', async () => {
    await jobs.rig.stopWorker()
    const job_id = await acceptedJob(operator, 'good and waiting')
    const id = await workerOf(operator, job_id)
    const { status, body } = await steer(operator, id, 'pause')
    expect([status, body.code, body.current_state]).toEqual([409, 'INVALID_STATE_TRANSITION', 'IDLE'])
    expect(body.allowed).toEqual(['RUNNING', 'TERMINATED'])
    expect((await steer(operator, id, 'terminate', { reason: 'not needed' })).body.status).toBe('TERMINATED')
    expect((await readJob(operator, job_id)).status).toBe('CANCELED')
    await jobs.rig.startWorker()
  })

  test('S8 terminating a COMPLETED worker is 409, and termination asks for a reason', async () => {
    const job_id = await acceptedJob(operator, 'good and done')
    await endedJob(operator, job_id)
    const id = await workerOf(operator, job_id)
    const { status, body } = await steer(operator, id, 'terminate', { reason: 'too late' })
    expect([status, body.current_state, body.allowed]).toEqual([409, 'COMPLETED', []])
    expect((await steer(operator, id, 'terminate')).status).toBe(422)
  })

  test('S9 a pause repeated with the same request_id returns the same body and writes one transition', async () => {
    const { job_id, id } = await heldJob()
    const request_id = randomUUID()
    const first = await steer(operator, id, 'pause', { request_id })
    const second = await steer(operator, id, 'pause', { request_id })
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('idempotent-replay')).toBe('true')
    // The reply may be lost with the process that was to keep it: the wish is still the same one.
    await jobs.rig.db.write.deleteFrom('idempotency_keys').where('request_id', '=', request_id).execute()
    expect((await steer(operator, id, 'pause', { request_id })).status).toBe(200)
    expect(statesOf(await readWorker(operator, id)).filter((state) => state === 'PAUSED')).toHaveLength(1)
    jobs.release()
    await endedJob(operator, job_id)
  })

  test('of any number of pauses at once exactly one is carried out', async () => {
    const { job_id, id } = await heldJob()
    const replies = await Promise.all(Array.from({ length: 6 }, () => steer(operator, id, 'pause')))
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409, 409,
    ])
    expect(statesOf(await readWorker(operator, id))).toEqual(['IDLE', 'RUNNING', 'PAUSED'])
    jobs.release()
    await endedJob(operator, job_id)
  })

  test('a pause racing completion is carried out or refused, and the worker ends as its job does', async () => {
    for (let round = 0; round < 8; round++) {
      const job_id = await acceptedJob(operator, `good race ${round}`)
      const id = await workerOf(operator, job_id)
      await jobWhen(operator, job_id, ({ status }) => status !== 'PENDING')
      const { status } = await steer(operator, id, 'pause')
      expect([200, 409]).toContain(status)
      expect((await endedJob(operator, job_id)).status).toBe('COMPLETED')
      const worker = await readWorker(operator, id)
      expect(statesOf(worker)).toEqual(
        status === 200
          ? ['IDLE', 'RUNNING', 'PAUSED', 'RUNNING', 'COMPLETED']
          : ['IDLE', 'RUNNING', 'COMPLETED'],
      )
    }
  })

  test('a paused parent begins no further child, says so in Temporal, and goes on when it is resumed', async () => {
    const job_id = await acceptedJob(
      operator,
      Array.from({ length: 10 }, (_, index) => `- hold ${index}`).join('\n'),
    )
    await jobs.held(8)
    const id = await workerOf(operator, job_id)
    expect((await steer(operator, id, 'pause')).status).toBe(200)
    jobs.release()
    const states = ({ child_jobs }: { child_jobs: readonly { status: string }[] }) =>
      child_jobs.map(({ status }) => status)
    const paused = await jobWhen(
      operator,
      job_id,
      (job) => states(job).filter((status) => status === 'COMPLETED').length === 8,
    )
    expect([paused.status, states(paused).filter((status) => status === 'PENDING').length]).toEqual([
      'RUNNING',
      2,
    ])
    expect(await detailsOf(jobs.rig, jobWorkflowId(job_id))).toContain('Paused by an operator')
    expect((await steer(operator, id, 'resume')).status).toBe(200)
    await jobs.held(2)
    jobs.release()
    const ended = await endedJob(operator, job_id)
    expect(ended.status).toBe('COMPLETED')
    expect(await detailsOf(jobs.rig, jobWorkflowId(job_id))).not.toContain('Paused')
  })

  test('a paused job whose run was ended in Temporal is closed with that reason', async () => {
    const { job_id, id } = await heldJob()
    await steer(operator, id, 'pause')
    await jobs.rig.temporal.workflow.getHandle(jobWorkflowId(job_id)).terminate('by hand')
    await jobs.rig.db.write
      .updateTable('processing_jobs')
      .set({ updated_at: new Date(Date.now() - 60_000) })
      .where('job_id', '=', job_id)
      .execute()
    const worker = await workerWhen(operator, id, 'TERMINATED')
    expect(worker.state_history[0]?.reason).toBe('Its run was terminated in Temporal: “by hand”.')
    jobs.release()
  })
})

describe('S22 the worker machine', () => {
  const { states, moves } = MACHINES.worker
  const listed = {
    IDLE: ['RUNNING', 'TERMINATED'],
    RUNNING: ['PAUSED', 'COMPLETED', 'FAILED', 'TERMINATED'],
    PAUSED: ['RUNNING', 'TERMINATED'],
    COMPLETED: [],
    FAILED: [],
    TERMINATED: [],
  } as const

  test.each(states)('allows from %s exactly what is listed, and refuses all else', (from) => {
    expect(allowedMoves('worker', from).toSorted()).toEqual([...listed[from]].toSorted())
    for (const event of new Set(moves.map(({ on }) => on))) {
      const step = next('worker', from, event)
      const target = moves.find((move) => move.from === from && move.on === event)?.to
      expect(step.kind === 'moved' ? step.to : undefined).toBe(target)
    }
  })
})
