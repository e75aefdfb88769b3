import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { jobWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { SupervisorMetrics, WorkerList, type WorkerDetail } from '../../contract/workers.ts'
import { Build } from '../rig/build.ts'
import { startJobRig, type JobRig } from '../rig/job-model.ts'
import { acceptedJob, endedJob, readJob } from '../rig/jobs.ts'
import { promote } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { readWorker, statesOf, steer, workerOf } from '../rig/workers.ts'
import { HeldWrites } from './hold-writes.ts'

const LOST = 'The process that ran it was lost; another one took its work up.'
const ESSAY = '2101/5101'

let jobs: JobRig
beforeAll(async () => {
  jobs = await startJobRig({ STAGE_MAX_ATTEMPTS: '20', STAGE_HEARTBEAT_MS: '3000' })
})
afterAll(() => jobs[Symbol.asyncDispose]())

/** The workers that a job has had, oldest first, as the list of all shows them. */
async function workersOf(by: Student, job_id: string): Promise<readonly WorkerDetail[]> {
  const { workers } = WorkerList.parse((await by.call('GET', '/supervisor/workers?limit=100')).body)
  const own = workers.filter((worker) => worker.job_id === job_id).toReversed()
  return Promise.all(own.map(({ id }) => readWorker(by, id)))
}

const metricsOf = async (by: Student) =>
  SupervisorMetrics.parse((await by.call('GET', '/supervisor/metrics')).body)

describe('Recovery: worker crash → new worker, job stays RUNNING', () => {
  test('of a submitted job: the lost worker has failed and says so, and the new one brings the job to its end', async () => {
    const by = await jobs.rig.operator(SCOPES)
    const id = await acceptedJob(by, 'hold it while its process dies')
    await jobs.held(1)
    const before = await workerOf(by, id)
    await jobs.rig.killWorker()
    expect(await readJob(by, id)).toMatchObject({ status: 'RUNNING', worker_id: before })
    await jobs.rig.startWorker()
    await jobs.held(2)

    const [lost, next, ...more] = await workersOf(by, id)
    expect(more).toEqual([])
    expect(lost).toMatchObject({ id: before, status: 'FAILED', current_job_id: null })
    expect(lost?.metrics).toMatchObject({ cpu_percent: null, memory_mb: null })
    expect(lost?.state_history[0]).toMatchObject({
      from_state: 'RUNNING',
      to_state: 'FAILED',
      reason: LOST,
      actor: { type: 'system' },
    })
    expect(next).toMatchObject({ status: 'RUNNING', current_job_id: id })
    expect(next?.state_history.at(-1)).toMatchObject({ reason: `It takes the place of ${before}.` })
    const job = await readJob(by, id)
    expect(job).toMatchObject({ status: 'RUNNING', worker_id: next?.id, attempt: 1 })
    expect(job.state_history.map(({ to_state }) => to_state)).toEqual(['RUNNING', 'PENDING', 'SUBMITTED'])
    expect(await metricsOf(by)).toMatchObject({
      total_workers: 2,
      by_status: { RUNNING: 1, FAILED: 1 },
      jobs: { submitted: 1, failed: 0 },
    })

    jobs.release()
    expect((await endedJob(by, id)).status).toBe('COMPLETED')
    expect((await workersOf(by, id)).map(({ status }) => status)).toEqual(['FAILED', 'COMPLETED'])
  })

  test('one that was paused stays paused, in the name of who paused it, and is resumed by its new id', async () => {
    const by = await jobs.rig.operator(SCOPES)
    const id = await acceptedJob(by, '- hold the first\n- hold the second')
    await jobs.held(2)
    const [child] = (await readJob(by, id)).child_jobs
    const child_id = child?.id ?? ''
    const before = await workerOf(by, child_id)
    const pause = { reason: 'a closer look', request_id: randomUUID() }
    expect((await steer(by, before, 'pause', pause)).status).toBe(200)
    await jobs.rig.killWorker()
    await jobs.rig.startWorker()
    await jobs.held(4)

    const [lost, next] = await workersOf(by, child_id)
    expect(lost === undefined ? [] : statesOf(lost)).toEqual([
      'IDLE',
      'RUNNING',
      'PAUSED',
      'RUNNING',
      'FAILED',
    ])
    expect(next === undefined ? [] : statesOf(next)).toEqual(['IDLE', 'RUNNING', 'PAUSED'])
    expect(next?.state_history[0]).toMatchObject({
      reason: 'a closer look',
      actor: { type: 'operator', id: by.user_id },
    })
    const refused = await steer(by, before, 'resume')
    expect([refused.status, refused.body.current_state]).toEqual([409, 'FAILED'])
    expect(refused.body.detail).toContain(`take ${next?.id}`)
    // Whoever lost the first answer learns that the wish was carried out, and which worker it holds now.
    await jobs.rig.db.write
      .deleteFrom('idempotency_keys')
      .where('request_id', '=', pause.request_id)
      .execute()
    const again = await steer(by, before, 'pause', pause)
    expect([again.status, again.body.id, again.body.status]).toEqual([200, next?.id, 'PAUSED'])
    // Temporal first looks for the process that is gone: meanwhile it is 503, and the same wish sent again is one.
    const request_id = randomUUID()
    const resume = async () => (await steer(by, next?.id ?? '', 'resume', { request_id })).body.status
    await expect.poll(resume, { timeout: 30_000 }).toBe('RUNNING')
    // The job above them had no work under way: nothing of it was lost.
    expect((await workersOf(by, id)).map(({ status }) => status)).toEqual(['RUNNING'])
    jobs.release()
    expect((await endedJob(by, id)).status).toBe('COMPLETED')
  })

  test('of a plan and of a build with its phase, and only of what the lost process was at', async () => {
    await jobs.rig.stopWorker()
    await jobs.rig.startWorker({ LLM_PROVIDER: 'offline' })
    await using writes = await HeldWrites.open(jobs.rig)
    const student = await promote(jobs.rig, await jobs.rig.student(), SCOPES)
    await writes.hold({ user_id: student.user_id, what: 'canvas_context', moment: 'write' })
    await student.start(ESSAY)
    const maker = await promote(jobs.rig, await jobs.rig.student(null), SCOPES)
    await writes.hold({ user_id: maker.user_id, what: 'discovery', moment: 'write' })
    const build = await Build.start(maker, { autorun: true })
    await writes.reached()
    await jobs.rig.killWorker()
    await writes.release('waymark-worker')
    await jobs.rig.startWorker({ LLM_PROVIDER: 'offline' })
    await student.finished(ESSAY)
    await build.eventsUntil(({ event_type }) => event_type === 'workflow_completed')

    const states = async (by: Student) => {
      const { workers } = WorkerList.parse((await by.call('GET', '/supervisor/workers?limit=100')).body)
      return workers.filter(({ status }) => status === 'FAILED').map(({ kind }) => kind)
    }
    expect(await states(student)).toEqual(['plan'])
    expect((await states(maker)).toSorted()).toEqual(['phase', 'workflow'])
    for (const by of [student, maker]) expect((await metricsOf(by)).jobs.failed).toBe(0)
  }, 120_000)

  test('is not told of a try that failed and is made again by the same process or another', async () => {
    const by = await jobs.rig.operator(SCOPES)
    await jobs.rig.stopWorker()
    await jobs.rig.startWorker({ STAGE_RETRY_MS: '20' })
    const id = await acceptedJob(by, 'away for now')
    const handle = jobs.rig.temporal.workflow.getHandle(jobWorkflowId(id))
    const attempt = async () => (await handle.describe()).raw.pendingActivities?.[0]?.attempt ?? 0
    await expect.poll(attempt, { timeout: 20_000 }).toBeGreaterThanOrEqual(2)
    // Stopped in good order: what it was at, it has said it left.
    await jobs.rig.stopWorker()
    const tried = await attempt()
    await jobs.rig.startWorker()
    await expect.poll(attempt, { timeout: 20_000 }).toBeGreaterThan(tried)
    expect((await workersOf(by, id)).map(({ status }) => status)).toEqual(['RUNNING'])
    await by.call('POST', `/jobs/${id}/cancel`)
  })
})
