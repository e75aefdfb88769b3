import { createHash } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { serveApi, type TestApi } from '../test/serve-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await serveApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const PASSWORD = 'correct horse battery staple'
const register = (email: string, password = PASSWORD) =>
  api.call('POST', '/auth/register', { body: { email, password } })
const login = (email: string, password = PASSWORD) =>
  api.call('POST', '/auth/login', { body: { email, password } })
const refresh = (refresh_token: string) => api.call('POST', '/auth/refresh', { body: { refresh_token } })

const passwordHashes = async () =>
  (await api.database.db.read.selectFrom('accounts').select('password_hash').execute()).map(
    (row) => row.password_hash,
  )

describe('POST /auth/register', () => {
  test('makes an account with a tenant of its own and no scopes', async () => {
    const [one, two] = await Promise.all([register('one@example.org'), register('two@example.org')])
    expect(one.status).toBe(201)
    expect(Object.keys(one.body).toSorted()).toEqual([
      'created_at',
      'email',
      'scopes',
      'user_id',
      'workspace_id',
    ])
    expect(one.body).toMatchObject({ email: 'one@example.org', scopes: [] })
    expect(one.body.created_at).toMatch(/Z$/)
    expect(one.body.workspace_id).not.toBe(two.body.workspace_id)
  })

  test('takes an address once, whatever its case and however many ask at once', async () => {
    const replies = await Promise.all(
      ['race@example.org', 'Race@Example.org', 'RACE@EXAMPLE.ORG', 'race@example.org'].map((email) =>
        register(email),
      ),
    )
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409])
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('CONFLICT')
  })

  test('keeps passwords as Argon2id alone, each with a salt of its own', async () => {
    await register('salt-a@example.org')
    await register('salt-b@example.org')
    const hashes = await passwordHashes()
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(new Set(hashes.map((hash) => hash.split('$')[4])).size).toBe(hashes.length)
  })

  test.each([
    ['', 422],
    ['eleven byte', 422],
    ['twelve bytes', 201],
    ['ünïcödë', 422],
    ['ünïcödëx', 201],
    ['x'.repeat(1_024), 201],
    ['x'.repeat(1_025), 422],
    ['é'.repeat(513), 422],
  ])('counts the bytes of the password %j', async (password, status) => {
    const email = `bytes-${createHash('md5').update(password).digest('hex')}@example.org`
    expect((await register(email, password)).status).toBe(status)
  })

  test.each(['', 'x', 'x@', 'a b@example.org', `${'x'.repeat(250)}@example.org`])(
    'refuses %j as an address',
    async (email) => {
      const { status, body } = await register(email)
      expect(status).toBe(422)
      expect(body.errors[0].pointer).toBe('/email')
    },
  )
})

describe('POST /auth/login', () => {
  test('answers a pair of tokens whose claims are all there', async () => {
    const { body: account } = await register('login@example.org')
    const { status, body, headers } = await login('LOGIN@example.org')
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 900,
      scopes: [],
      workspace_id: account.workspace_id,
    })
    const { header, payload } = jwt.decode(body.access_token, { complete: true }) as jwt.Jwt
    expect(header.alg).toBe('ES256')
    expect(payload).toMatchObject({
      sub: account.user_id,
      scopes: [],
      workspace_id: account.workspace_id,
      iss: 'waymark',
      aud: 'waymark-api',
      jti: expect.any(String),
    })
    const { exp = 0, iat = 0 } = payload as jwt.JwtPayload
    expect(exp - iat).toBe(900)
  })

  test('answers a wrong password and an unknown address alike, and says what is wrong', async () => {
    await register('known@example.org')
    const wrong = await login('known@example.org', 'another password')
    const unknown = await login('unknown@example.org', 'another password')
    expect(wrong.status).toBe(401)
    const { trace_id: _a, ...saysWrong } = wrong.body
    const { trace_id: _b, ...saysUnknown } = unknown.body
    expect(saysUnknown).toEqual(saysWrong)
    expect(saysWrong).toMatchObject({
      code: 'UNAUTHORIZED',
      type: 'urn:waymark:problem:wrong-password',
      title: 'E-mail address or password is wrong',
    })
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('carries the scopes of the account as they are', async () => {
    const { body: account } = await register('scoped@example.org')
    const scopes = ['jobs:read', 'supervisor:write']
    const { write } = api.database.db
    await write.updateTable('accounts').set({ scopes }).where('user_id', '=', account.user_id).execute()
    const { body } = await login('scoped@example.org')
    expect(body.scopes).toEqual(scopes)
    expect(jwt.decode(body.access_token)).toMatchObject({ scopes })
  })

  test('hashes anew what was hashed with other parameters', async () => {
    const { body: account } = await register('dated@example.org')
    const { hash } = await import('@node-rs/argon2')
    const dated = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    const { write } = api.database.db
    const set = write.updateTable('accounts').set({ password_hash: dated })
    await set.where('user_id', '=', account.user_id).execute()
    expect((await login('dated@example.org')).status).toBe(200)
    expect(await passwordHashes()).not.toContain(dated)
    expect((await login('dated@example.org')).status).toBe(200)
  })
})

describe('POST /auth/refresh', () => {
  test('gives two new tokens, and the old one no second time', async () => {
    const member = await api.join()
    const { status, body } = await refresh(member.refresh_token)
    expect(status).toBe(200)
    expect(body.refresh_token).not.toBe(member.refresh_token)
    expect((await api.call('GET', '/auth/me', { token: body.access_token })).status).toBe(200)
    expect((await refresh(member.refresh_token)).status).toBe(401)
  })

  test('revokes the whole family when a token is used again, and no other family', async () => {
    const { email, password, refresh_token: first } = await api.join()
    const { body: other } = await login(email, password)
    const { body: second } = await refresh(first)
    const { body: third } = await refresh(second.refresh_token)
    expect((await refresh(first)).status).toBe(401)
    expect((await refresh(third.refresh_token)).status).toBe(401)
    expect((await refresh(other.refresh_token)).status).toBe(200)
  })

  test('lets exactly one of many simultaneous uses win, and leaves no live token in the family', async () => {
    const { refresh_token, user_id } = await api.join()
    const replies = await Promise.all(Array.from({ length: 12 }, () => refresh(refresh_token)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(11)
    const winner = replies.find(({ status }) => status === 200)
    expect((await refresh(winner?.body.refresh_token)).status).toBe(401)
    const live = api.database.db.read
      .selectFrom('refresh_tokens')
      .selectAll()
      .where('user_id', '=', user_id)
      .where('revoked_at', 'is', null)
    expect(await live.execute()).toEqual([])
  })

  test('refuses one that is unknown or past its time, and stores none in the clear', async () => {
    const { refresh_token, user_id } = await api.join()
    const hash = createHash('sha256').update(refresh_token).digest()
    const { write } = api.database.db
    const stored = await write
      .selectFrom('refresh_tokens')
      .selectAll()
      .where('user_id', '=', user_id)
      .execute()
    expect(stored.map((row) => row.token_hash.toString('hex'))).toEqual([hash.toString('hex')])
    expect(JSON.stringify(stored)).not.toContain(refresh_token)
    const past = new Date(Date.now() - 1_000)
    await write
      .updateTable('refresh_tokens')
      .set({ expires_at: past })
      .where('user_id', '=', user_id)
      .execute()
    expect((await refresh(refresh_token)).status).toBe(401)
    expect((await refresh('no such token')).status).toBe(401)
  })
})

describe('GET /auth/me', () => {
  test('shows the account behind the token', async () => {
    const { token, email, user_id, workspace_id } = await api.join()
    const { status, body } = await api.call('GET', '/auth/me', {
      token,
      headers: { 'x-user-id': 'somebody-else' },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ email, user_id, workspace_id, scopes: [] })
  })

  test('answers 401 once the account is gone, or moved to another tenant', async () => {
    const [gone, moved] = await Promise.all([api.join(), api.join()])
    const { write } = api.database.db
    await write.deleteFrom('accounts').where('user_id', '=', gone.user_id).execute()
    await write
      .updateTable('accounts')
      .set({ tenant_id: 'other' })
      .where('user_id', '=', moved.user_id)
      .execute()
    for (const { token } of [gone, moved])
      expect((await api.call('GET', '/auth/me', { token })).status).toBe(401)
  })
})

describe('POST /auth/stream-tickets', () => {
  test('answers a ticket for 30 seconds, stored as a hash and bound to the token', async () => {
    const { token, user_id, workspace_id } = await api.join()
    const { status, body } = await api.call('POST', '/auth/stream-tickets', { token })
    expect(status).toBe(201)
    expect(body).toEqual({ ticket: expect.stringMatching(/^[\w-]{43}$/), expires_in: 30 })
    const row = await api.database.db.read
      .selectFrom('stream_tickets')
      .selectAll()
      .where('user_id', '=', user_id)
      .executeTakeFirstOrThrow()
    const { exp = 0 } = jwt.decode(token) as jwt.JwtPayload
    expect(row.token_expires_at.getTime()).toBe(exp * 1_000)
    expect(row.tenant_id).toBe(workspace_id)
    expect(row.ticket_hash).toEqual(createHash('sha256').update(body.ticket).digest())
  })

  test('makes a ticket good for a stream and for nothing else', async () => {
    const { token } = await api.join()
    const newTicket = async () => (await api.call('POST', '/auth/stream-tickets', { token })).body.ticket
    expect((await api.call('GET', `/auth/me?ticket=${await newTicket()}`)).status).toBe(401)
    const path = `/assignments/1/2/events?ticket=${await newTicket()}`
    // Let in, but this user has no such assignment.
    expect((await api.call('GET', path)).status).toBe(404)
    expect((await api.call('GET', path)).status).toBe(401)
  })
})

test('no password and no token is ever logged', async () => {
  const { password, token, refresh_token } = await api.join()
  await login('nobody@example.org', password)
  for (const secret of [password, token, refresh_token]) expect(api.log()).not.toContain(secret)
})
