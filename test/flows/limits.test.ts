import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startRig, type Rig } from '../rig/rig.ts'
import type { Student } from '../rig/student.ts'
import { send, type Reply } from '../serve-api.ts'

const JOBS = { user: 12, tenant: 20 }
const STARTS = 6
const REPROCESSES = 2
const OWN_TRIES = 3
const ALL_TRIES = 8
const RENEWALS = { address: 6, account: 4 }
const ACCOUNTS = 20

let rig: Rig
let other: Awaited<ReturnType<Rig['anotherApi']>>
beforeAll(async () => {
  rig = await startRig({
    worker: false,
    env: {
      // Nothing comes back while a test runs.
      LIMIT_JOB_USER: `${JOBS.user}/86400`,
      LIMIT_JOB_TENANT: `${JOBS.tenant}/86400`,
      LIMIT_START_USER: `${STARTS}/86400`,
      LIMIT_REPROCESS_USER: `${REPROCESSES}/86400`,
      LIMIT_SUBMISSION_USER: '2/86400',
      LIMIT_LOGIN_ACCOUNT: `${ALL_TRIES}/86400`,
      LIMIT_LOGIN_ACCOUNT_ADDRESS: `${OWN_TRIES}/86400`,
      LIMIT_REFRESH_ADDRESS: `${RENEWALS.address}/86400`,
      LIMIT_REFRESH_ACCOUNT: `${RENEWALS.account}/86400`,
      LIMIT_REGISTER_ADDRESS: `${ACCOUNTS}/86400`,
      TRUSTED_PROXIES: '1',
    },
  })
  other = await rig.anotherApi()
})
afterAll(async () => {
  await other[Symbol.asyncDispose]()
  await rig[Symbol.asyncDispose]()
})

const submit = (by: Student, origin = rig.origin, headers: Record<string, string> = {}): Promise<Reply> =>
  send(origin, 'POST', '/jobs', { token: by.token, body: { task_description: 'Do one thing' }, headers })

const countOf = (replies: readonly { readonly status: number }[], status: number): number =>
  replies.filter((reply) => reply.status === status).length

describe('two API processes', () => {
  test('let through together what one user may begin, and say when the next one may come', async () => {
    const maya = await rig.operator(['jobs:write'])
    const origins = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? rig.origin : other.origin))
    const replies = await Promise.all(origins.map((origin) => submit(maya, origin)))
    expect([countOf(replies, 201), countOf(replies, 429)]).toEqual([JOBS.user, 40 - JOBS.user])
    const refused = await submit(maya, other.origin)
    expect(refused.body).toMatchObject({ code: 'RATE_LIMITED', retryable: true })
    expect(refused.body.detail).toMatch(/^Too many jobs for this user\. Wait \d+ minutes/)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit-policy')).toBe('"user";q=12;w=86400, "tenant";q=20;w=86400')
    expect(refused.headers.get('ratelimit')).toMatch(/^"user";r=0;t=\d+, "tenant";r=8;t=\d+$/)
  })

  test('let through together what one tenant may begin, whoever of it asks', async () => {
    const maya = await rig.operator(['jobs:write'])
    const me = await maya.call('GET', '/auth/me')
    const noor = await rig.operator(['jobs:write'], String(me.body.workspace_id))
    const asked = Array.from({ length: JOBS.user }, () => [submit(maya), submit(noor, other.origin)]).flat()
    expect(countOf(await Promise.all(asked), 201)).toBe(JOBS.tenant)
  })
})

describe('a request sent again under its id', () => {
  test('takes nothing when the kept reply answers it, and is carried out later when it was refused', async () => {
    const maya = await rig.operator(['jobs:write'])
    const key = { 'Idempotency-Key': '0190f0f0-0000-4000-8000-00000000000a' }
    for (let sent = 0; sent < JOBS.user + 2; sent += 1)
      expect((await submit(maya, rig.origin, key)).status).toBe(201)
    const fresh = await submit(maya)
    expect(fresh.headers.get('ratelimit')).toContain(`"user";r=${JOBS.user - 2};`)
    for (let left = JOBS.user - 2; left > 0; left -= 1) await submit(maya)
    const refused = { 'Idempotency-Key': '0190f0f0-0000-4000-8000-00000000000b' }
    expect((await submit(maya, rig.origin, refused)).status).toBe(429)
    await rig.db.write.deleteFrom('rate_limits').execute()
    expect((await submit(maya, rig.origin, refused)).status).toBe(201)
  })
})

describe('start, reprocess and submissions', () => {
  test('are counted apart', async () => {
    const maya = await rig.student()
    const started = []
    for (let sent = 0; sent <= STARTS; sent += 1) started.push((await maya.start('2101/5101')).status)
    expect(started).toEqual([202, ...Array.from({ length: STARTS - 1 }, () => 200), 429])
    const anew = []
    for (let sent = 0; sent <= REPROCESSES; sent += 1) {
      anew.push((await maya.start('2101/5101', '?reprocess=true')).status)
    }
    expect(anew).toEqual([202, 409, 429])
    const sent = [await maya.sendWork('2101/5101', 'a'), await maya.sendWork('2101/5101', 'b')]
    expect([...sent, await maya.sendWork('2101/5101', 'c')].map(({ status }) => status)).toEqual([
      400, 400, 429,
    ])
  })
})

describe('POST /auth/login', () => {
  const from = (
    address: string,
    { email, password }: { email: string; password: string },
    origin = rig.origin,
  ) =>
    send(origin, 'POST', '/auth/login', {
      body: { email, password },
      headers: { 'X-Forwarded-For': address },
    })
  const guess = (address: string, { email }: Student, origin = rig.origin) =>
    from(address, { email, password: 'not the right one' }, origin)

  test('refuses more guesses at an account from an address, by either process, even the right one', async () => {
    const maya = await rig.student(null)
    const guesses = []
    for (let tried = 0; tried <= OWN_TRIES; tried += 1) {
      guesses.push((await guess('198.51.100.1', maya, tried % 2 === 0 ? rig.origin : other.origin)).status)
    }
    expect(guesses).toEqual([401, 401, 401, 429])
    expect((await from('198.51.100.1', maya)).status).toBe(429)
  })

  test('lets somebody in at once from where they never mistook their password, whoever guesses elsewhere', async () => {
    const maya = await rig.student(null)
    for (let host = 1; host <= 2 * ALL_TRIES; host += 1) await guess(`198.51.100.${host}`, maya)
    const again = await guess('198.51.100.1', maya)
    expect([again.status, again.body.code]).toEqual([429, 'RATE_LIMITED'])
    expect(again.body.detail).toMatch(/^Too many attempts to sign in for this account\./)
    for (let times = 0; times < 2 * OWN_TRIES; times += 1) {
      expect((await from('203.0.113.9', maya)).status).toBe(200)
    }
  })

  test('answers for an account that is not there as for one that is', async () => {
    const nobody = { email: 'nobody@example.edu', password: 'not the right one' }
    const guesses = []
    for (let tried = 0; tried <= OWN_TRIES; tried += 1)
      guesses.push((await from('198.51.100.7', nobody)).status)
    expect(guesses).toEqual([401, 401, 401, 429])
  })
})

describe('POST /auth/register', () => {
  const register = (address: string, index: number) =>
    send(index % 2 === 0 ? rig.origin : other.origin, 'POST', '/auth/register', {
      body: { email: `${randomUUID()}@example.edu`, password: 'a long enough password' },
      headers: { 'X-Forwarded-For': address },
    })

  test('makes so many accounts for an address, by either process, and for another one as many', async () => {
    const asked = Array.from({ length: 2 * ACCOUNTS }, (_, index) => register('198.51.100.20', index))
    const replies = await Promise.all(asked)
    expect([countOf(replies, 201), countOf(replies, 429)]).toEqual([ACCOUNTS, ACCOUNTS])
    const refused = await register('198.51.100.20', 0)
    expect(refused.body).toMatchObject({ code: 'RATE_LIMITED', retryable: true })
    expect(refused.body.detail).toMatch(/^Too many new accounts for this address\. Wait \d+ minutes/)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await register('198.51.100.21', 0)).status).toBe(201)
  })
})

describe('POST /auth/refresh', () => {
  const refresh = (address: string, refresh_token: string, index = 0) =>
    send(index % 2 === 0 ? rig.origin : other.origin, 'POST', '/auth/refresh', {
      body: { refresh_token },
      headers: { 'X-Forwarded-For': address },
    })

  async function signIn(): Promise<string> {
    const { email, password } = await rig.student(null)
    const { body } = await send(rig.origin, 'POST', '/auth/login', { body: { email, password } })
    return body.refresh_token
  }

  test('renews so often for an account, from wherever, by either process; what is refused leaves the token', async () => {
    let token = await signIn()
    for (let index = 0; index < RENEWALS.account; index += 1) {
      const { status, body } = await refresh(`198.51.100.${30 + index}`, token, index)
      expect(status).toBe(200)
      token = body.refresh_token
    }
    const refused = await refresh('198.51.100.40', token)
    expect([refused.status, refused.body.code]).toEqual([429, 'RATE_LIMITED'])
    expect(refused.body.detail).toMatch(/^Too many renewals for this account\./)
    await rig.db.write.deleteFrom('rate_limits').execute()
    expect((await refresh('198.51.100.40', token)).status).toBe(200)
  })

  test('lets an address try so many tokens, made up ones too', async () => {
    const tried = Array.from({ length: 2 * RENEWALS.address }, (_, index) =>
      refresh('198.51.100.50', `made-up-${randomUUID()}`, index),
    )
    const replies = await Promise.all(tried)
    expect([countOf(replies, 401), countOf(replies, 429)]).toEqual([RENEWALS.address, RENEWALS.address])
  })
})

test('neither an address nor an e-mail address stands in the table', async () => {
  const rows = await rig.db.read.selectFrom('rate_limits').select('key').execute()
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter(({ key }) => !/^[\w-]{43}$/.test(key))).toEqual([])
})
