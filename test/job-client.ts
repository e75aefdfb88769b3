import { Job, JobDetail } from '../contract/jobs.ts'
import type { Member, Reply, TestApi } from './serve-api.ts'

/** The id of no job. */
export const UNKNOWN_JOB = 'j_0123456789ab'

export type Body = Readonly<Record<string, unknown>>

/** Jobs over HTTP, as one member or another. */
export class JobClient {
  readonly #api: TestApi

  constructor(api: TestApi) {
    this.#api = api
  }

  call(by: Member, method: string, path: string, body?: Body): Promise<Reply> {
    return this.#api.call(method, path, { token: by.token, ...(body === undefined ? {} : { body }) })
  }

  submit(by: Member, body: Body): Promise<Reply> {
    return this.call(by, 'POST', '/jobs', body)
  }

  async accepted(by: Member, more: Body = {}): Promise<Job> {
    const { status, body } = await this.submit(by, { task_description: 'Do one thing', ...more })
    if (status !== 201) throw new Error(`not accepted: ${JSON.stringify(body)}`)
    return Job.parse(body)
  }

  async read(by: Member, id: string): Promise<JobDetail> {
    return JobDetail.parse((await this.call(by, 'GET', `/jobs/${id}`)).body)
  }

  cancel(by: Member, id: string, body?: Body): Promise<Reply> {
    return this.call(by, 'POST', `/jobs/${id}/cancel`, body)
  }

  /** A chain of jobs, each below the one before. */
  async chain(by: Member, length: number): Promise<readonly Job[]> {
    const jobs: Job[] = []
    while (jobs.length < length) {
      const above = jobs.at(-1)
      jobs.push(await this.accepted(by, above === undefined ? {} : { parent_job_id: above.id }))
    }
    return jobs
  }
}
