import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import jwt from 'jsonwebtoken'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { Secret } from '../config/secret.ts'
import { ROUTES, type Route } from '../contract/routes.ts'
import { newSigningKey, send, serveApi, type Member, type TestApi } from '../test/serve-api.ts'
import { createTokenPolicy, signAccessToken, type TokenPolicy } from './accounts/access-token.ts'
import { createAuthenticate } from './authenticate.ts'
import type { AppState } from './context.ts'
import { answerProblems } from './middleware/problems.ts'
import { trace } from './middleware/trace.ts'
import { createLogger } from '../config/logger.ts'

let api: TestApi
let member: Member
let policy: TokenPolicy
beforeAll(async () => {
  api = await serveApi()
  member = await api.join()
  policy = policyWith(api.signingKey)
})
afterAll(() => api[Symbol.asyncDispose]())

function policyWith(pem: string): TokenPolicy {
  return createTokenPolicy({
    AUTH_JWT_PRIVATE_KEY: new Secret(pem),
    AUTH_ISSUER: 'waymark',
    AUTH_AUDIENCE: 'waymark-api',
    ACCESS_TOKEN_SECONDS: 900,
  })
}

const now = () => Math.floor(Date.now() / 1_000)
const claims = () => ({
  sub: member.user_id,
  scopes: [],
  workspace_id: member.workspace_id,
  iat: now(),
  exp: now() + 900,
  jti: randomUUID(),
  iss: 'waymark',
  aud: 'waymark-api',
})

const sign = (payload: object, key = api.signingKey) => jwt.sign(payload, key, { algorithm: 'ES256' })
const without = (claim: string) =>
  Object.fromEntries(Object.entries(claims()).filter(([name]) => name !== claim))
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const publicPem = () =>
  createPublicKey(createPrivateKey(api.signingKey)).export({ type: 'spki', format: 'pem' }).toString()

// jsonwebtoken refuses to make such tokens, so they are put together by hand.
function signedWithHmac(key: string): string {
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims())}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

function withPayload(token: string, payload: object): string {
  const [header, , signature] = token.split('.')
  return [header, encode(payload), signature].join('.')
}

function withKeyInHeader(): string {
  const own = newSigningKey()
  const jwk = createPublicKey(createPrivateKey(own)).export({ format: 'jwk' })
  return jwt.sign(claims(), own, { algorithm: 'ES256', header: { alg: 'ES256', jwk } as jwt.JwtHeader })
}

const me = (token: string) => api.call('GET', '/auth/me', { token })

describe('an access token', () => {
  test('that is made like ours is taken', async () => {
    expect((await me(sign(claims()))).status).toBe(200)
  })

  const forged: readonly (readonly [string, () => string])[] = [
    ['alg none', () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims())}.`],
    ['alg None', () => `${encode({ alg: 'None', typ: 'JWT' })}.${encode(claims())}.`],
    ['HS256 keyed with the public key', () => signedWithHmac(publicPem())],
    ['HS256 keyed with nothing', () => signedWithHmac('')],
    ['a signature by another key', () => sign(claims(), newSigningKey())],
    ['a key of its own in the header', withKeyInHeader],
    ['a changed payload', () => withPayload(sign(claims()), { ...claims(), sub: randomUUID() })],
    ['no signature', () => sign(claims()).split('.').slice(0, 2).join('.')],
    ['no sub', () => sign(without('sub'))],
    ['no scopes', () => sign(without('scopes'))],
    ['no workspace_id', () => sign(without('workspace_id'))],
    ['no exp', () => sign(without('exp'))],
    ['no jti', () => sign(without('jti'))],
    ['no iss', () => sign(without('iss'))],
    ['no aud', () => sign(without('aud'))],
    ['no iat', () => jwt.sign(without('iat'), api.signingKey, { algorithm: 'ES256', noTimestamp: true })],
    ['another issuer', () => sign({ ...claims(), iss: 'elsewhere' })],
    ['another audience', () => sign({ ...claims(), aud: 'elsewhere' })],
    ['several audiences', () => sign({ ...claims(), aud: ['waymark-api', 'elsewhere'] })],
    ['a sub that is no user id', () => sign({ ...claims(), sub: '' })],
    ['the sub of nobody', () => sign({ ...claims(), sub: randomUUID() })],
    ['another tenant', () => sign({ ...claims(), workspace_id: randomUUID() })],
    ['scopes that are no list', () => sign({ ...claims(), scopes: 'jobs:read' })],
    ['a time in the past', () => sign({ ...claims(), exp: now() - 60 })],
    [
      'an age beyond the limit, with time left',
      () => sign({ ...claims(), iat: now() - 1_000, exp: now() + 9_000 }),
    ],
    ['a payload that is text', () => jwt.sign('text', api.signingKey, { algorithm: 'ES256' })],
    ['nothing of a token', () => 'x'],
  ]
  test.each(forged)('with %s is refused', async (_, make) => {
    const { status, body, headers } = await me(make())
    expect(status).toBe(401)
    expect(body.code).toBe('UNAUTHORIZED')
    expect(headers.get('www-authenticate')).toBe('Bearer')
  })

  test.each([
    ['Basic', 'dTpw'],
    ['Bearer', ''],
    ['bearer  two', 'parts'],
    ['', ''],
  ])('sent as "%s %s" is refused', async (scheme, value) => {
    expect(
      (await api.call('GET', '/auth/me', { headers: { authorization: `${scheme} ${value}` } })).status,
    ).toBe(401)
  })

  test('beside another one is refused, whichever of the two is good and which comes first', async () => {
    const good = `Bearer ${member.token}`
    for (const authorization of [
      [good, 'Bearer x'],
      ['Bearer x', good],
      [good, good],
    ]) {
      const headers = ['host', 'api', ...authorization.flatMap((value) => ['authorization', value])]
      const asked = request(`${api.origin}/auth/me`, { headers }).end()
      const [answer] = (await once(asked, 'response')) as [IncomingMessage]
      const { code, detail } = JSON.parse(await text(answer)) as { code: string; detail: string }
      expect([answer.statusCode, code]).toEqual([401, 'UNAUTHORIZED'])
      expect(detail).toBe('More than one Authorization header was sent. Send one.')
    }
  })

  test('is never read from a cookie or a query', async () => {
    const { token } = member
    const cookie = `token=${token}; access_token=${token}; jwt=${token}`
    expect((await api.call('GET', '/auth/me', { headers: { cookie } })).status).toBe(401)
    expect((await api.call('GET', `/auth/me?token=${token}&access_token=${token}`)).status).toBe(401)
    expect((await api.call('GET', `/assignments/1/2/events?access_token=${token}`)).status).toBe(401)
  })

  test('tells why it is refused, and what to do', async () => {
    expect((await me(sign({ ...claims(), exp: now() - 60 }))).body.detail).toContain('POST /auth/refresh')
    expect((await api.call('GET', '/auth/me')).body.detail).toContain('POST /auth/login')
  })
})

describe('every route behind a token', () => {
  const guarded = Object.values<Route>(ROUTES).filter((route) => route.access !== 'none')
  test.each(guarded.map((route) => [route.method.toUpperCase(), route.path] as const))(
    '%s %s answers 401 without one',
    async (method, path) => {
      const concrete = path.replace('{stage}', 'draft_plan').replace(/\{\w+\}/g, '1')
      const { status, body } = await api.call(method, concrete)
      expect([status, body.code]).toEqual([401, 'UNAUTHORIZED'])
    },
  )
})

describe('a scope', () => {
  async function ask(scopes: readonly string[], access: string): Promise<number> {
    const app = new Koa<AppState>()
    const authenticate = createAuthenticate(policy, api.database.db)
    const route: Route = { ...ROUTES.me, access }
    app.use(trace(createLogger({ level: 'silent', name: 'test' })))
    app.use(answerProblems())
    app.use(async (ctx) => {
      await authenticate(ctx, route)
      ctx.status = 204
    })
    const serve = app.callback()
    const server = createServer((req, res) => void serve(req, res))
    const { promise, resolve } = Promise.withResolvers<void>()
    server.listen(0, '127.0.0.1', resolve)
    await promise
    const account = { user_id: member.user_id, tenant_id: member.workspace_id, scopes }
    const token = signAccessToken(policy, account)
    const { port } = server.address() as AddressInfo
    const { status } = await send(`http://127.0.0.1:${port}`, 'GET', '/', { token })
    server.close()
    return status
  }

  test.each([
    [['supervisor:read'], 204],
    [['jobs:read', 'supervisor:read'], 204],
    [['supervisor'], 403],
    [['supervisor:write'], 403],
    [['supervisor:*'], 403],
    [['*'], 403],
    [['Supervisor:read'], 403],
    [['supervisor:read '], 403],
    [['supervisor:read:all'], 403],
    [[], 403],
  ])('%j answers %i where supervisor:read is needed', async (scopes, status) => {
    expect(await ask(scopes, 'supervisor:read')).toBe(status)
  })
})

const PKCS8 = { type: 'pkcs8', format: 'pem' } as const

describe('the signing key', () => {
  test.each([
    ['no PEM', 'x'],
    ['an RSA key', generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export(PKCS8).toString()],
    [
      'a key on another curve',
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export(PKCS8).toString(),
    ],
  ])('%s is refused at the start', (_, pem) => {
    expect(() => policyWith(pem)).toThrow(/^AUTH_JWT_PRIVATE_KEY must be a private key on curve P-256/)
  })
})
