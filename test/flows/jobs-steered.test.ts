import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { jobWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { setQuota } from '../../db/intents/quotas.ts'
import { startJobRig, type JobRig } from '../rig/job-model.ts'
import { acceptedJob, endedJob, heldBy, jobWhen, readJob, treeOf } from '../rig/jobs.ts'
import type { Student } from '../rig/student.ts'
import { readWorker, workerOf } from '../rig/workers.ts'
import { turn } from '../streams/read-stream.ts'

let jobs: JobRig
let operator: Student

beforeAll(async () => {
  jobs = await startJobRig({ STAGE_MAX_ATTEMPTS: '2', RECONCILE_SECONDS: '1' })
  operator = await jobs.rig.operator(SCOPES)
})

afterAll(() => jobs[Symbol.asyncDispose]())

const NOTHING = [0, 0, 0, 0, 0, 0]
const cancel = (id: string) => operator.call('POST', `/jobs/${id}/cancel`)

/** How the run of a job stands in Temporal, once it is over there. */
async function endedRun(id: string): Promise<string> {
  for (;;) {
    const { status } = await jobs.rig.temporal.workflow.getHandle(jobWorkflowId(id)).describe()
    if (status.name !== 'RUNNING') return status.name
    await turn()
  }
}

async function openAllocations(): Promise<number> {
  const { count } = await jobs.rig.db.read
    .selectFrom('allocations')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('released_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

describe('a cancel', () => {
  test('S18 canceling a RUNNING job gives CANCELED, and its open children too; the runs end', async () => {
    const id = await acceptedJob(operator, '- hold one\n- hold two\n- hold three')
    await jobs.held(3)
    const running = await readJob(operator, id)
    expect(running.status).toBe('RUNNING')
    expect(running.child_jobs.map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING', 'RUNNING'])
    expect(await heldBy(operator)).toEqual([1, 3, 0, 0, 0, 0])
    const { status, body } = await cancel(id)
    expect([status, body.status]).toEqual([200, 'CANCELED'])
    const canceled = await readJob(operator, id)
    expect(canceled.child_jobs.map((child) => child.status)).toEqual(['CANCELED', 'CANCELED', 'CANCELED'])
    expect(canceled.error).toEqual({ code: 'CANCELED', message: 'Job canceled' })
    expect(await heldBy(operator)).toEqual(NOTHING)
    for (const job of [canceled, ...canceled.child_jobs]) expect(await endedRun(job.id)).not.toBe('COMPLETED')
    jobs.release()
    expect((await readJob(operator, id)).status).toBe('CANCELED')
  })

  test('of one child leaves its siblings at work, and the parent fails with it', async () => {
    const id = await acceptedJob(operator, '- hold this\n- good that')
    await jobs.held(1)
    const [first] = (await readJob(operator, id)).child_jobs
    await cancel(first?.id ?? '')
    jobs.release()
    const parent = await endedJob(operator, id)
    expect(parent).toMatchObject({ status: 'FAILED', error: { code: 'CANCELED', message: 'Job canceled' } })
    expect(parent.child_jobs.map(({ status }) => status)).toEqual(['CANCELED', 'COMPLETED'])
  })

  test('while the children of a parent start leaves none of them open', async () => {
    const description = Array.from(
      { length: 12 },
      (_, index) => `- good ${index}\n  - good a\n  - good b`,
    ).join('\n')
    for (let round = 0; round < 4; round++) {
      const id = await acceptedJob(operator, description)
      if (round > 0) await jobWhen(operator, id, ({ child_jobs }) => child_jobs.length > 0)
      const { status } = await cancel(id)
      expect(status).toBe(200)
      const before = await treeOf(operator, id)
      expect(before.filter((job) => !['CANCELED', 'COMPLETED'].includes(job.status))).toEqual([])
      await endedRun(id)
      expect(await treeOf(operator, id)).toHaveLength(before.length)
      expect(await heldBy(operator)).toEqual(NOTHING)
    }
  })

  test('racing completion is carried out or refused, and exactly one end is written', async () => {
    const ends = new Set<number>()
    for (let round = 0; round < 12; round++) {
      const id = await acceptedJob(operator, `good race ${round}`)
      if (round % 2 === 0) await jobWhen(operator, id, ({ status }) => status !== 'PENDING')
      const { status } = await cancel(id)
      ends.add(status)
      const job = await endedJob(operator, id)
      expect(job.status).toBe(status === 200 ? 'CANCELED' : 'COMPLETED')
      const terminal = job.state_history.filter(
        ({ to_state }) => !['SUBMITTED', 'PENDING', 'RUNNING'].includes(to_state),
      )
      expect(terminal).toHaveLength(1)
    }
    expect([...ends].every((status) => status === 200 || status === 409)).toBe(true)
  })
})

describe('a parent and what failed below it', () => {
  test('S27 a parent is unsuccessful if any child failed, and carries that error', async () => {
    const id = await acceptedJob(operator, '- good one\n- bad two\n- good three')
    const parent = await endedJob(operator, id)
    expect(parent).toMatchObject({ status: 'FAILED', error: { code: 'MODEL_OUTPUT_INVALID' } })
    const failed = parent.child_jobs.filter(({ status }) => status === 'FAILED')
    expect((await readJob(operator, failed.at(-1)?.id ?? '')).error).toEqual(parent.error)
    expect(parent.child_jobs.filter(({ status }) => status === 'COMPLETED')).toHaveLength(2)
    expect(await endedRun(id)).toBe('FAILED')
  })

  test('S29 sub-jobs retry at most twice, with a delay above 0', async () => {
    const id = await acceptedJob(operator, '- bad again')
    const { child_jobs } = await endedJob(operator, id)
    expect(child_jobs.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 'FAILED'],
      [2, 'FAILED'],
      [3, 'FAILED'],
    ])
    expect(child_jobs.map(({ retry_of }) => retry_of)).toEqual([null, child_jobs[0]?.id, child_jobs[1]?.id])
    const { events } = await jobs.rig.temporal.workflow.getHandle(jobWorkflowId(id)).fetchHistory()
    const delays = (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) => {
      const ms = (timer?.startToFireTimeout?.nanos ?? 0) / 1e6
      return timer != null && Number(timer.startToFireTimeout?.seconds ?? 0) === 0 ? [ms] : []
    })
    expect(delays).toEqual([100, 100])
  })

  test('a model that is away is asked again by the step, and not by a new job on top', async () => {
    const before = jobs.asked.length
    const id = await acceptedJob(operator, '- away')
    const { child_jobs, error } = await endedJob(operator, id)
    expect([child_jobs.length, error?.code]).toEqual([1, 'MODEL_UNAVAILABLE'])
    expect(jobs.asked.length - before).toBe(2)
  })

  test('Recovery: validation error → FAILED, and a job without a parent is not tried again', async () => {
    const id = await acceptedJob(operator, 'bad alone')
    expect(await endedJob(operator, id)).toMatchObject({
      status: 'FAILED',
      attempt: 1,
      error: { code: 'MODEL_OUTPUT_INVALID' },
    })
    expect((await readWorker(operator, await workerOf(operator, id))).status).toBe('FAILED')
    const { body } = await operator.call('POST', `/jobs/${id}/retry`)
    expect(body).toMatchObject({ status: 409, current_state: 'FAILED' })
  })
})

describe('places', () => {
  test('Recovery: no resources → stays PENDING and is tried again, and runs once a place is free', async () => {
    const busy = await jobs.rig.operator(SCOPES)
    const tenant_id = (await busy.call('GET', '/auth/me')).body.workspace_id
    const quota = { max_workers: 1, max_concurrent_jobs: 1 }
    await setQuota(jobs.rig.db.write, { tenant_id, depth: 0, quota })
    const first = await acceptedJob(busy, 'hold the only place')
    await jobs.held(1)
    const second = await acceptedJob(busy, 'good and waiting')
    const handle = jobs.rig.temporal.workflow.getHandle(jobWorkflowId(second))
    for (;;) {
      const { raw } = await handle.describe()
      if ((raw.pendingActivities?.[0]?.attempt ?? 0) >= 3) break
      await turn()
    }
    expect((await readJob(busy, second)).status).toBe('PENDING')
    const { events } = await handle.fetchHistory()
    expect(events?.length).toBeLessThanOrEqual(5)
    jobs.release()
    expect((await endedJob(busy, first)).status).toBe('COMPLETED')
    expect((await endedJob(busy, second)).status).toBe('COMPLETED')
    expect(await heldBy(busy)).toEqual(NOTHING)
  })

  test('a job takes as many workers as it asks for, or as are free', async () => {
    const busy = await jobs.rig.operator(SCOPES)
    const greedy = await acceptedJob(busy, 'hold all', { worker_count: 1_000 })
    await jobs.held(1)
    expect(await heldBy(busy)).toEqual([10, 0, 0, 0, 0, 0])
    jobs.release()
    await endedJob(busy, greedy)
    expect(await heldBy(busy)).toEqual(NOTHING)
  })
})

test('a job put below a running one is waited for, and counts for its end', async () => {
  const id = await acceptedJob(operator, 'hold the parent')
  await jobs.held(1)
  const below = await acceptedJob(operator, 'hold the child', { parent_job_id: id })
  await jobs.held(2)
  await cancel(below)
  jobs.release()
  expect(await endedJob(operator, id)).toMatchObject({
    status: 'FAILED',
    error: { code: 'CANCELED' },
    result: { title: 'A job' },
  })
})

describe('a run that Temporal lost or ended', () => {
  test('a child that was terminated there is CANCELED with that reason, and its parent fails', async () => {
    const id = await acceptedJob(operator, '- hold it')
    await jobs.held(1)
    const [child] = (await readJob(operator, id)).child_jobs
    await jobs.rig.temporal.workflow.getHandle(jobWorkflowId(child?.id ?? '')).terminate('by hand')
    const parent = await endedJob(operator, id)
    expect(parent).toMatchObject({ status: 'FAILED', error: { message: 'Its run was ended in Temporal.' } })
    expect((await readJob(operator, child?.id ?? '')).status).toBe('CANCELED')
    jobs.release()
  })

  test('one that was terminated there is closed with all below it once it is looked for', async () => {
    const id = await acceptedJob(operator, '- hold these\n- hold those')
    await jobs.held(2)
    await jobs.rig.temporal.workflow.getHandle(jobWorkflowId(id)).terminate('by hand')
    await jobs.rig.db.write
      .updateTable('processing_jobs')
      .set({ updated_at: new Date(Date.now() - 60_000) })
      .where('job_id', '=', id)
      .execute()
    const job = await endedJob(operator, id)
    expect(job.status).toBe('CANCELED')
    expect(job.child_jobs.map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED'])
    jobs.release()
    expect(await openAllocations()).toBe(0)
  })
})

test('a worker killed while jobs hold places: another goes on, each job ends once, nothing stays held', async () => {
  const id = await acceptedJob(operator, '- hold first\n- hold second\n- good third')
  await jobs.held(2)
  await jobWhen(operator, id, ({ child_jobs }) => child_jobs[2]?.status === 'COMPLETED')
  await jobs.rig.killWorker()
  expect(await heldBy(operator)).toEqual([1, 2, 0, 0, 0, 0])
  jobs.release()
  jobs.model.mock.clearFixtures()
  await jobs.rig.startWorker({ LLM_PROVIDER: 'offline' })
  const job = await endedJob(operator, id)
  expect(job.status).toBe('COMPLETED')
  for (const { id: child } of job.child_jobs) {
    const { state_history } = await readJob(operator, child)
    expect(state_history.filter(({ to_state }) => to_state === 'COMPLETED')).toHaveLength(1)
  }
  expect(await openAllocations()).toBe(0)
})

test('Recovery: job timeout → CANCELED with that reason when it comes no further for the time of its level, and all below it', async () => {
  await jobs.rig.stopApi()
  await jobs.rig.startApi({ JOB_TIMEOUT_SECONDS: '1' })
  await jobs.rig.stopWorker()
  await jobs.rig.startWorker()
  jobs.model.mock.clearFixtures()
  jobs.model.answer('work_job', [() => new Promise(() => undefined)])
  const alone = await acceptedJob(operator, 'never answered')
  const parent = await acceptedJob(operator, '- never answered at all')
  const reason =
    'It came no further for 1 s, the most a job may take at this depth. Submit it again in smaller parts.'
  for (const id of [alone, parent]) {
    const job = await endedJob(operator, id)
    expect(job).toMatchObject({ status: 'CANCELED', error: { code: 'CANCELED', message: reason } })
    expect(job.state_history[0]).toMatchObject({ reason, actor: { type: 'system' } })
    expect(job.child_jobs.every(({ status }) => status === 'CANCELED')).toBe(true)
    expect((await readWorker(operator, job.worker_id ?? '')).status).toBe('TERMINATED')
    await endedRun(id)
  }
  expect(await openAllocations()).toBe(0)
})
