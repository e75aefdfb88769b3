import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { jobWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { setQuota } from '../../db/intents/quotas.ts'
import { listParkedRuns } from '../../db/read/failures.ts'
import { startJobRig, type JobRig } from '../rig/job-model.ts'
import { acceptedJob, endedJob, heldBy, jobWhen, readJob } from '../rig/jobs.ts'
import type { Student } from '../rig/student.ts'
import { steer, statesOf, workerOf, workerWhen } from '../rig/workers.ts'
import { turn } from '../streams/read-stream.ts'

const NOTHING = [0, 0, 0, 0, 0, 0]
const ENOUGH = '500000'

let jobs: JobRig
beforeAll(async () => {
  jobs = await startJobRig({ LLM_BUDGET_USER_DAY_TOKENS: '100' })
})
afterAll(() => jobs[Symbol.asyncDispose]())

const grant = ({ email }: Student) => jobs.rig.command('db/main.ts', 'budget', email, ENOUGH)

/** Waits until a job has asked in vain for a place, so many times since it asks. */
async function hasWaited(job_id: string): Promise<void> {
  const handle = jobs.rig.temporal.workflow.getHandle(jobWorkflowId(job_id))
  for (;;) {
    const [asking] = (await handle.describe()).raw.pendingActivities ?? []
    if (asking?.activityType?.name === 'begin_job' && (asking.attempt ?? 0) >= 3) return
    await turn()
  }
}

/** Two of one tenant, which has one place at depth 0; the second has all the budget there is need of. */
async function twoOfOneTenant(): Promise<readonly [poor: Student, rich: Student]> {
  const tenant_id = randomUUID()
  const poor = await jobs.rig.operator(SCOPES, tenant_id)
  const rich = await jobs.rig.operator(SCOPES, tenant_id)
  await grant(rich)
  const quota = { max_workers: 1, max_concurrent_jobs: 1 }
  await setQuota(jobs.rig.db.write, { tenant_id, depth: 0, quota })
  return [poor, rich]
}

test('a try whose places were given back takes them anew before it asks a model', async () => {
  const [poor, rich] = await twoOfOneTenant()
  await grant(poor)
  const first = await acceptedJob(poor, 'hold the first')
  await jobs.held(1)
  expect((await poor.call('POST', '/resources/release', { body: { job_id: first } })).body.released).toBe(
    true,
  )
  const second = await acceptedJob(rich, 'hold the second')
  await jobs.held(2)
  await jobs.rig.killWorker()
  await jobs.rig.startWorker()
  await jobs.held(3)
  await hasWaited(first)
  expect(jobs.asked.filter((asked) => asked === 'hold the first')).toHaveLength(1)
  expect(await heldBy(poor)).toEqual([1, 0, 0, 0, 0, 0])
  jobs.release()
  expect((await endedJob(rich, second)).status).toBe('COMPLETED')
  await jobs.held(1)
  jobs.release()
  expect((await endedJob(poor, first)).status).toBe('COMPLETED')
  expect(await heldBy(poor)).toEqual(NOTHING)
}, 60_000)

describe('Recovery: resource exhaustion → worker PAUSED, allocation released', () => {
  test('the job stays RUNNING, others take its place, and once resumed it takes one anew and ends', async () => {
    const [poor, rich] = await twoOfOneTenant()
    const id = await acceptedJob(poor, 'good but too dear')
    const worker = await workerOf(poor, id)
    const paused = await workerWhen(poor, worker, 'PAUSED')
    expect(paused.state_history[0]).toMatchObject({ from_state: 'RUNNING', actor: { type: 'system' } })
    expect(paused.state_history[0]?.reason).toMatch(
      /^Your budget for today.*resume the worker of this job\.$/,
    )
    expect(await readJob(poor, id)).toMatchObject({ status: 'RUNNING', error: null })
    expect(await heldBy(poor)).toEqual(NOTHING)
    const waiting = { code: 'BUDGET_EXCEEDED', limit: 10 }
    expect(await listParkedRuns(jobs.rig.db.read, waiting)).toMatchObject([{ job_id: id, kind: 'submitted' }])

    const other = await acceptedJob(rich, 'hold the only place')
    await jobs.held(1)
    await grant(poor)
    expect((await steer(poor, worker, 'resume', { reason: 'there is more now' })).body.status).toBe('RUNNING')
    await hasWaited(id)
    // A pause meanwhile is answered at once, and holds it although it waits for a place.
    expect((await steer(poor, worker, 'pause')).body.status).toBe('PAUSED')
    expect((await steer(poor, worker, 'resume')).body.status).toBe('RUNNING')
    await hasWaited(id)
    expect(jobs.asked).not.toContain('good but too dear')
    jobs.release()
    expect((await endedJob(rich, other)).status).toBe('COMPLETED')
    expect((await endedJob(poor, id)).status).toBe('COMPLETED')
    expect(await listParkedRuns(jobs.rig.db.read, waiting)).toEqual([])
    expect(await heldBy(poor)).toEqual(NOTHING)
    const held = jobs.rig.db.read.selectFrom('allocations').select('worker_count').where('job_id', '=', id)
    expect(await held.execute()).toHaveLength(2)
  })

  test('one that is resumed while nothing has changed is paused again, as often as that happens', async () => {
    const poor = await jobs.rig.operator(SCOPES)
    const id = await acceptedJob(poor, 'good but still too dear')
    const worker = await workerOf(poor, id)
    for (const times of [1, 2]) {
      await statesWhenPaused(poor, worker, times)
      expect((await steer(poor, worker, 'resume')).status).toBe(200)
    }
    expect((await statesWhenPaused(poor, worker, 3)).at(-1)).toBe('PAUSED')
    expect((await steer(poor, worker, 'terminate', { reason: 'not worth it' })).body.status).toBe(
      'TERMINATED',
    )
    expect(await readJob(poor, id)).toMatchObject({ status: 'CANCELED', error: { message: 'not worth it' } })
    expect(await heldBy(poor)).toEqual(NOTHING)
  })

  test('a provider without credit sets a job below another aside, and the one above waits for it', async () => {
    const by = await jobs.rig.operator(SCOPES)
    await grant(by)
    const id = await acceptedJob(by, '- broke for now\n- good meanwhile')
    const { child_jobs } = await jobWhen(by, id, (job) => job.child_jobs[1]?.status === 'COMPLETED')
    const worker = await workerOf(by, child_jobs[0]?.id ?? '')
    const { state_history } = await workerWhen(by, worker, 'PAUSED')
    expect(state_history[0]?.reason).toContain('has used up the credit of this installation')
    expect((await readJob(by, id)).status).toBe('RUNNING')
    expect(await heldBy(by)).toEqual([1, 0, 0, 0, 0, 0])
    // The process that takes it up anew finds it paused, and leaves it so.
    await jobs.rig.killWorker()
    await jobs.rig.startWorker({ LLM_PROVIDER: 'offline' })
    const request_id = randomUUID()
    const resume = async () => (await steer(by, worker, 'resume', { request_id })).status
    await expect.poll(resume, { timeout: 30_000 }).toBe(200)
    expect((await endedJob(by, id)).status).toBe('COMPLETED')
    expect(await heldBy(by)).toEqual(NOTHING)
  })
})

/** The states of a worker once it has been paused so often. */
async function statesWhenPaused(by: Student, id: string, times: number): Promise<readonly string[]> {
  for (;;) {
    const states = statesOf(await workerWhen(by, id, 'PAUSED'))
    if (states.filter((state) => state === 'PAUSED').length >= times) return states
    await turn()
  }
}
