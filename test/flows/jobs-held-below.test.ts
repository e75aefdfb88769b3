import { afterAll, beforeAll, expect, test } from 'vitest'

import { jobWorkflowId } from '../../contract/ids.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { startJobRig, type JobRig } from '../rig/job-model.ts'
import { acceptedJob, endedJob, jobWhen, readJob } from '../rig/jobs.ts'
import type { Student } from '../rig/student.ts'
import { steer, workerOf } from '../rig/workers.ts'
import { turn } from '../streams/read-stream.ts'

// Half as long again is the time of the root: long enough to pause the job below it, short enough to wait for.
const TIMEOUT_BASE_SECONDS = '8'
const PLACES_AT_DEPTH_2 = 5

let jobs: JobRig
let operator: Student
beforeAll(async () => {
  jobs = await startJobRig({ JOB_TIMEOUT_SECONDS: TIMEOUT_BASE_SECONDS })
  operator = await jobs.rig.operator(SCOPES)
})
afterAll(() => jobs[Symbol.asyncDispose]())

async function hasAsked(job_id: string): Promise<boolean> {
  const { events = [] } = await jobs.rig.temporal.workflow.getHandle(jobWorkflowId(job_id)).fetchHistory()
  return (events ?? []).some(
    ({ activityTaskScheduledEventAttributes: asked }) => asked?.activityType?.name === 'is_held_below',
  )
}

test('a job below which somebody holds another waits past the time of its level, and goes on with it', async () => {
  const leaves = Array.from({ length: PLACES_AT_DEPTH_2 + 1 }, (_, index) => `  - hold ${index}`)
  const root = await acceptedJob(operator, ['- Prepare the group', ...leaves].join('\n'))
  await jobs.held(PLACES_AT_DEPTH_2)
  const [middle] = (await readJob(operator, root)).child_jobs
  const id = middle?.id ?? ''
  expect((await steer(operator, await workerOf(operator, id), 'pause')).status).toBe(200)
  jobs.release()
  await jobWhen(
    operator,
    id,
    ({ child_jobs }) =>
      child_jobs.filter(({ status }) => status === 'COMPLETED').length === PLACES_AT_DEPTH_2,
  )
  while (!(await hasAsked(root))) await turn()
  expect((await readJob(operator, root)).status).toBe('RUNNING')
  expect((await readJob(operator, id)).status).toBe('RUNNING')

  expect((await steer(operator, await workerOf(operator, id), 'resume')).status).toBe(200)
  await jobs.held(1)
  jobs.release()
  expect((await endedJob(operator, root)).status).toBe('COMPLETED')
}, 90_000)
