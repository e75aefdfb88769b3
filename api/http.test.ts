import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { PREFIXES, ROUTES } from '../contract/routes.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'

let api: TestApi
let member: Member
beforeAll(async () => {
  api = await serveApi({ CORS_ORIGINS: `${EXTENSION}, https://console.example.org` })
  member = await api.join()
})
afterAll(() => api[Symbol.asyncDispose]())

describe('every route', () => {
  test.each(PREFIXES)('is served under "%s"', async (prefix) => {
    const { token } = member
    expect((await api.call('GET', `${prefix}/auth/me`, { token })).status).toBe(200)
    expect((await api.call('GET', `${prefix}/livez`)).status).toBe(200)
    expect((await api.call('GET', `${prefix}/assignments/1/2`, { token })).body.instance).toBe(
      `${prefix}/assignments/1/2`,
    )
  })

  test.each([
    '/',
    '/api',
    '/api/v2/auth/me',
    '/canvas/courses',
    '/api/canvas/x',
    '/api/v1/canvas/users/self',
    '/AUTH/me',
    '/auth/me/',
    '/auth//me',
    '/%',
    '/%ff',
  ])('%s is none', async (path) => {
    const { status, body } = await api.call('GET', path, { token: member.token })
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
  })

  test('answers 404 with what is allowed to another method', async () => {
    const { status, body, headers } = await api.call('PATCH', '/users/me/canvas-credentials', {
      token: member.token,
    })
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    expect(headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS, PUT')
    expect(body.detail).toContain('does not take PATCH')
  })

  test('answers OPTIONS without a token, and HEAD as GET without the body', async () => {
    const options = await api.call('OPTIONS', '/api/auth/me')
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
    const get = await api.call('GET', '/auth/me', { token: member.token })
    const head = await api.call('HEAD', '/auth/me', { token: member.token })
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'))
    expect((await api.call('HEAD', '/auth/me')).status).toBe(401)
  })
})

describe('the trace id', () => {
  const ask = (id: string) => api.call('GET', '/nowhere', { headers: { 'x-request-id': id } })

  test('is the client’s own where it fits, in the header, the problem and the log', async () => {
    const { body, headers } = await ask('my-request_0001')
    expect([body.trace_id, headers.get('x-request-id')]).toEqual(['my-request_0001', 'my-request_0001'])
    const line = api
      .log()
      .split('\n')
      .find((text) => text.includes('my-request_0001'))
    expect(JSON.parse(line ?? '')).toMatchObject({
      request_id: 'my-request_0001',
      path: '/nowhere',
      status: 404,
    })
  })

  test.each(['short', 'x'.repeat(65), 'with space', '<script>', `a"b'c;d,e`])(
    'is a new one in place of %j',
    async (id) => {
      const { body } = await ask(id)
      expect(body.trace_id).toMatch(/^[\w-]{36}$/)
      expect(body.trace_id).not.toBe(id)
    },
  )
})

describe('the log', () => {
  test('has one line for each request, and never its query', async () => {
    await api.call('GET', '/assignments/1/2/events?ticket=very-secret-ticket')
    const lines = api.log().split('\n')
    expect(lines.filter((line) => line.includes('/assignments/1/2/events'))).toHaveLength(1)
    expect(api.log()).not.toContain('very-secret-ticket')
  })
})

describe('security headers', () => {
  test.each(['/livez', '/nowhere', '/auth/me'])('are on %s', async (path) => {
    const { headers } = await api.call('GET', path)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('another origin', () => {
  const preflight = (origin: string) =>
    api.call('OPTIONS', '/auth/me', { headers: { origin, 'access-control-request-method': 'GET' } })

  test('that is configured may call, with a token and without cookies', async () => {
    const { status, headers } = await preflight(EXTENSION)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(EXTENSION)
    expect(headers.get('access-control-max-age')).toBe('600')
    expect(headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(headers.get('access-control-allow-headers')).toMatch(/Authorization.*If-Match/)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    const answer = await api.call('GET', '/auth/me', { headers: { origin: EXTENSION } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(EXTENSION)
    expect(answer.headers.get('vary')).toMatch(/\bOrigin\b/)
    expect(answer.headers.get('access-control-expose-headers')).toBe(
      'ETag,Idempotent-Replay,Location,RateLimit,RateLimit-Policy,Retry-After,X-Request-Id',
    )
  })

  test.each([
    'https://evil.example.org',
    'null',
    'https://console.example.org.evil.io',
    'https://console.example.org:444',
    'http://console.example.org',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnoq',
  ])('such as %s gets no leave', async (origin) => {
    for (const { headers } of [
      await preflight(origin),
      await api.call('GET', '/livez', { headers: { origin } }),
    ]) {
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('a version', () => {
  const ask = (headers: Record<string, string>) => api.call('GET', '/openapi.json', { headers })

  test('the client has already is answered with 304', async () => {
    const first = await ask({})
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{43}"$/)
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`]) {
      // fetch adds cache-control: no-cache beside it.
      const { status, text, headers } = await ask({ 'if-none-match': held })
      expect([status, text, headers.get('etag')]).toEqual([304, '', etag])
    }
    expect((await ask({ 'if-none-match': '"other"' })).status).toBe(200)
  })
})

describe('a client that does not behave', () => {
  /** Sends bytes as they are and answers what comes back until the server closes. */
  async function sendRaw(text: string): Promise<string> {
    const { port } = new URL(api.origin)
    const socket = connect(Number(port), '127.0.0.1')
    const chunks: Buffer[] = []
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    socket.write(text)
    return promise
  }

  test('and leaves in the middle of its body is no error of ours', async () => {
    const before = api.log()
    const { port } = new URL(api.origin)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
    )
    await expect.poll(async () => (await api.call('GET', '/livez')).status).toBe(200)
    socket.destroy()
    await expect.poll(() => api.log().slice(before.length)).toContain('left by the client')
    expect(api.log().slice(before.length)).not.toContain('"level":"error"')
  })

  test('and sends no HTTP is turned away', async () => {
    expect(await sendRaw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
    expect(await sendRaw(`GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    )
  })

  test('and is cut off once it has sent too much', async () => {
    const head = 'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
    const [answer] = (await sendRaw(`${head}Content-Length: 900000\r\n\r\n{`)).split('\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 413/)
    expect(answer).toContain('Connection: close')
  })
})

describe('an answer to one user', () => {
  test('is never taken for the answer to another by a cache', async () => {
    const { headers } = await api.call('GET', '/auth/me', { token: member.token })
    expect(headers.get('vary')).toMatch(/\bAuthorization\b/)
  })
})

test('operations are named alike in the table and in their entry', () => {
  for (const [name, route] of Object.entries(ROUTES)) expect(route.operation).toBe(name)
})
