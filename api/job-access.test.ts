import { randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { SCOPES } from '../contract/scopes.ts'
import { JobClient } from '../test/job-client.ts'
import { joinWith } from '../test/members.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'

// No worker runs here: what is submitted stays PENDING.
let api: TestApi
let jobs: JobClient
let operator: Member
let other: Member
let platform: Member

beforeAll(async () => {
  api = await serveApi()
  jobs = new JobClient(api)
  operator = await joinWith(api, SCOPES)
  other = await joinWith(api, SCOPES)
  platform = await joinWith(api, SCOPES, '*')
})
afterAll(() => api[Symbol.asyncDispose]())

describe('an operator of the platform', () => {
  test('sees every tenant, and what they submit below a job belongs to its tenant', async () => {
    const mine = await joinWith(api, SCOPES)
    await jobs.accepted(other)
    const { id } = await jobs.accepted(mine)
    expect((await jobs.read(platform, id)).workspace_id).toBe(mine.workspace_id)
    const filtered = await jobs.call(platform, 'GET', `/jobs?workspace_id=${mine.workspace_id}`)
    expect(filtered.body.total).toBe(1)
    expect((await jobs.call(platform, 'GET', '/jobs')).body.total).toBeGreaterThan(1)
    expect((await jobs.call(mine, 'GET', `/jobs?workspace_id=${other.workspace_id}`)).body.total).toBe(0)
    const workers = (by: Member, query = '') => jobs.call(by, 'GET', `/supervisor/workers${query}`)
    expect((await workers(platform, `?workspace_id=${mine.workspace_id}`)).body.total).toBe(1)
    expect((await workers(mine, `?workspace_id=${other.workspace_id}`)).body.total).toBe(0)
    const metrics = (by: Member, query = '') => jobs.call(by, 'GET', `/supervisor/metrics${query}`)
    expect((await metrics(platform, `?workspace_id=${mine.workspace_id}`)).body.total_workers).toBe(1)
    expect((await metrics(platform)).body.total_workers).toBeGreaterThan(1)
    expect((await metrics(mine, `?workspace_id=${other.workspace_id}`)).body.total_workers).toBe(0)
    const below = await jobs.accepted(platform, { parent_job_id: id })
    expect(below.workspace_id).toBe(mine.workspace_id)
    const root = await jobs.accepted(platform)
    expect(root.workspace_id).not.toBe('*')
    expect((await jobs.call(platform, 'POST', `/jobs/${id}/cancel`)).body.status).toBe('CANCELED')
  })
})

describe('S31 who may look at workers', () => {
  const list = async (token: string) => (await api.call('GET', '/supervisor/workers', { token })).status

  /** A token as the API would sign it, but for what is said here. */
  function signed(claims: Readonly<Record<string, unknown>>): string {
    const now = Math.floor(Date.now() / 1_000)
    const who = { sub: operator.user_id, scopes: SCOPES, workspace_id: operator.workspace_id }
    const whole = { ...who, iat: now, exp: now + 60, jti: randomUUID(), iss: 'waymark', aud: 'waymark-api' }
    return jwt.sign({ ...whole, ...claims }, api.signingKey, { algorithm: 'ES256' })
  }

  test('S31 an expired token is refused, and `supervisor` does not grant `supervisor:read`', async () => {
    const now = Math.floor(Date.now() / 1_000)
    expect(await list(signed({}))).toBe(200)
    expect(await list(signed({ iat: now - 600, exp: now - 300 }))).toBe(401)
    for (const scopes of [['supervisor'], ['supervisor:*'], ['SUPERVISOR:READ'], ['supervisor:write'], []])
      expect([scopes, await list(signed({ scopes }))]).toEqual([scopes, 403])
  })

  test('S31 password hashes are Argon2id with differing salts', async () => {
    const password = 'the same password twice'
    const emails = [`${randomUUID()}@example.edu`, `${randomUUID()}@example.edu`]
    for (const email of emails) await api.call('POST', '/auth/register', { body: { email, password } })
    const rows = await api.database.db.read
      .selectFrom('accounts')
      .select('password_hash')
      .where('email', 'in', emails)
      .execute()
    const parts = rows.map(({ password_hash }) => password_hash.split('$'))
    expect(parts.map(([, algorithm]) => algorithm)).toEqual(['argon2id', 'argon2id'])
    expect(new Set(parts.map(([, , , , salt]) => salt)).size).toBe(2)
  })
})
