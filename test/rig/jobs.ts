import { JobDetail, type Job } from '../../contract/jobs.ts'
import { isTerminalJob } from '../../contract/machines.ts'
import { turn } from '../streams/read-stream.ts'
import type { Student } from './student.ts'

/** Submits a job that is accepted, and answers its id. */
export async function acceptedJob(
  by: Student,
  task_description: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { status, body } = await by.call('POST', '/jobs', { body: { task_description, ...more } })
  if (status !== 201) throw new Error(`not accepted: ${JSON.stringify(body)}`)
  return body.id
}

export async function readJob(by: Student, id: string): Promise<JobDetail> {
  return JobDetail.parse((await by.call('GET', `/jobs/${id}`)).body)
}

/** A job as soon as it fits. */
export async function jobWhen(
  by: Student,
  id: string,
  fits: (job: JobDetail) => boolean,
): Promise<JobDetail> {
  for (;;) {
    const job = await readJob(by, id)
    if (fits(job)) return job
    await turn()
  }
}

/** A job once it is over. */
export async function endedJob(by: Student, id: string): Promise<JobDetail> {
  return jobWhen(by, id, ({ status }) => isTerminalJob(status))
}

/** Every job of a tree from its root down, a job before those below it. */
export async function treeOf(by: Student, id: string): Promise<readonly Job[]> {
  const { child_jobs, state_history: _, result: __, error: ___, ...job } = await readJob(by, id)
  const below = await Promise.all(child_jobs.map((child) => treeOf(by, child.id)))
  return [job, ...below.flat()]
}

/** What is held at each depth. */
export async function heldBy(by: Student): Promise<readonly number[]> {
  const { body } = await by.call('GET', '/resources/usage')
  return body.usage.map(({ allocated }: { allocated: number }) => allocated)
}
