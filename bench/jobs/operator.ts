import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { z } from 'zod'

import { Tokens } from '../../contract/accounts.ts'
import { Job, JobDetail } from '../../contract/jobs.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { BenchFailure } from '../ground/bench-failure.ts'

const OPS = fileURLToPath(new URL('../../ops/main.ts', import.meta.url))
const ACCOUNT = { email: 'operator@example.org', password: 'correct horse battery' }
const Usage = z.object({ usage: z.array(z.object({ allocated: z.number() })) })

/** Somebody with every scope, talking to the API. */
export class Operator {
  readonly #origin: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(origin: string, headers: Readonly<Record<string, string>>) {
    this.#origin = origin
    this.#headers = headers
  }

  async call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.#origin + path, {
      method,
      headers: { ...this.#headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new BenchFailure(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }

  async submit(task_description: string): Promise<Job> {
    return Job.parse(await this.call('POST', '/jobs', { task_description }))
  }

  async read(id: string): Promise<JobDetail> {
    return JobDetail.parse(await this.call('GET', `/jobs/${id}`))
  }

  /** Workers held at all depths together. */
  async held(): Promise<number> {
    const { usage } = Usage.parse(await this.call('GET', '/resources/usage'))
    return usage.reduce((sum, { allocated }) => sum + allocated, 0)
  }
}

/** Registers an account, grants it every scope as an operator of the machine does, and signs in; throws BenchFailure. */
export async function enrolOperator(origin: string, databaseUrl: string): Promise<Operator> {
  const nobody = new Operator(origin, {})
  await nobody.call('POST', '/auth/register', ACCOUNT)
  const env = { ...process.env, DATABASE_URL: databaseUrl }
  await promisify(execFile)(process.execPath, [OPS, 'grant', ACCOUNT.email, ...SCOPES], { env })
  const { access_token } = Tokens.parse(await nobody.call('POST', '/auth/login', ACCOUNT))
  return new Operator(origin, { authorization: `Bearer ${access_token}` })
}
