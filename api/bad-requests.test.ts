import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ROUTES, type Route } from '../contract/routes.ts'
import { serveApi, type Call, type Member, type TestApi } from '../test/serve-api.ts'

let api: TestApi
let member: Member
beforeAll(async () => {
  api = await serveApi()
  member = await api.join()
})
afterAll(() => api[Symbol.asyncDispose]())

const KIB = 1_024
const login = (call: Call) => api.call('POST', '/auth/login', call)
const json = { 'content-type': 'application/json' }

describe('a body', () => {
  test.each([
    ['cut short', '{"email":"a@example.org"'],
    ['no JSON', 'email=a'],
    ['with a trailing comma', '{"email":"a@example.org",}'],
    ['with a poisoned prototype', '{"__proto__":{"admin":true}}'],
    ['nested without end', '['.repeat(60_000)],
  ])('%s answers 400', async (_, raw) => {
    const { status, body, text } = await login({ raw })
    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST'])
    expect(text).not.toContain('a@example.org')
  })

  test.each(['null', '[]', '"text"', '1', 'true'])('that is %s answers 422', async (raw) => {
    const { status, body } = await login({ raw })
    expect([status, body.errors[0].pointer]).toEqual([422, ''])
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/jsonp', ''])(
    'of type %j answers 415',
    async (type) => {
      const { status, body } = await login({ raw: Buffer.from('{}'), headers: { 'content-type': type } })
      expect([status, body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    },
  )

  test('may name its character set', async () => {
    const { status } = await login({
      raw: '{}',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    })
    expect(status).toBe(422)
  })

  test('is taken up to 64 kB and answers 413 beyond', async () => {
    const ofBytes = (bytes: number) => `{"email":"${'x'.repeat(bytes - 12)}"}`
    expect((await login({ raw: ofBytes(64 * KIB) })).status).toBe(422)
    const { status, body } = await login({ raw: ofBytes(64 * KIB + 1) })
    expect([status, body.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  })

  test('far beyond is told so as well: a client that is still sending finds the answer, not a broken connection', async () => {
    const raw = 'x'.repeat(16 * 1024 * KIB)
    const statuses: number[] = []
    for (let sent = 0; sent < 20; sent++) statuses.push((await login({ raw })).status)
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 413))
  })

  test('is measured after it was unpacked', async () => {
    const packed = gzipSync(Buffer.from(`{"email":"${'x'.repeat(20_000 * KIB)}"}`))
    expect(packed.length).toBeLessThan(64 * KIB)
    const { status } = await login({ raw: packed, headers: { ...json, 'content-encoding': 'gzip' } })
    expect(status).toBe(413)
  })

  test('packed in a way that is not known or not true is refused', async () => {
    const unknown = await login({ raw: '{}', headers: { ...json, 'content-encoding': 'compress' } })
    expect(unknown.status).toBe(415)
    const untrue = await login({ raw: '{}', headers: { ...json, 'content-encoding': 'gzip' } })
    expect(untrue.status).toBe(400)
  })

  test('may be left out where nothing has to be in it', async () => {
    const { token } = member
    expect((await api.call('POST', '/auth/stream-tickets', { token })).status).toBe(201)
    expect((await api.call('POST', '/auth/stream-tickets', { token, raw: '', headers: json })).status).toBe(
      201,
    )
    expect((await login({})).body.errors).toEqual([
      { pointer: '/email', message: 'is missing' },
      { pointer: '/password', message: 'is missing' },
    ])
  })
})

describe('a value that is not right', () => {
  test.each<[unknown, readonly { pointer: string; message: string }[]]>([
    [
      { email: 1, password: [] },
      [
        { pointer: '/email', message: 'must be text' },
        { pointer: '/password', message: 'must be text' },
      ],
    ],
    [
      { email: 'x', password: '' },
      [
        { pointer: '/email', message: 'must be an e-mail address' },
        { pointer: '/password', message: 'must not be empty' },
      ],
    ],
    [
      { email: 'a@example.org', password: 'x', admin: true, 'a/b~c': 1 },
      [
        { pointer: '/admin', message: 'is not known here' },
        { pointer: '/a~1b~0c', message: 'is not known here' },
      ],
    ],
    [
      { email: 'a@example.org', password: 'nul\0' },
      [{ pointer: '/password', message: 'holds a character that is no text' }],
    ],
    [
      { email: 'a@example.org', password: '\ud800' },
      [{ pointer: '/password', message: 'holds a character that is no text' }],
    ],
  ])('%j is named with its pointer', async (body, errors) => {
    const reply = await login({ body })
    expect([reply.status, reply.body.code]).toEqual([422, 'VALIDATION_FAILED'])
    expect(reply.body.errors).toEqual(errors)
  })

  test('is one of at most twenty that are named', async () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, 1]))
    expect((await login({ body })).body.errors).toHaveLength(20)
  })

  test('in a path or a query is named as its parameter', async () => {
    const { token } = member
    const path = await api.call('GET', '/assignments/abc/1', { token })
    expect(path.body.errors).toEqual([
      { pointer: 'course_id', message: 'must be a Canvas id: digits, or shard~digits' },
    ])
    const query = await api.call('POST', '/assignments/1/2/start?reprocess=yes', { token })
    expect(query.body.errors).toEqual([{ pointer: 'reprocess', message: 'must be one of true, false' }])
    const unknown = await api.call('GET', '/auth/me?verbose=1', { token })
    expect(unknown.body.errors).toEqual([{ pointer: 'verbose', message: 'is not known here' }])
    const twice = await api.call('POST', '/assignments/1/2/start?reprocess=true&reprocess=false', { token })
    expect(twice.status).toBe(422)
  })

  test('of user_id in a body is ignored: the token alone says who asks', async () => {
    const { token, user_id } = member
    const other = await api.join()
    const body = { user_id: other.user_id }
    expect((await api.call('POST', '/auth/stream-tickets', { token, body })).status).toBe(201)
    const rows = api.database.db.read.selectFrom('stream_tickets').select('user_id')
    expect((await rows.execute()).every((row) => row.user_id === user_id)).toBe(true)
  })
})

describe('?after= of a stream', () => {
  const open = (after: string) =>
    api.call('GET', `/assignments/1/2/events?after=${encodeURIComponent(after)}`, { token: member.token })

  test.each(['', ' ', ' 1', '1 ', '1e2', '0x2', '+1', '-1', '1.0', '9'.repeat(17), '9'.repeat(400)])(
    'is refused as %j, which is no number of an event',
    async (after) => {
      const { status, body } = await open(after)
      expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'VALIDATION_FAILED', 'after'])
    },
  )

  test.each(['0', '7', '007'])('is taken as %j', async (after) => {
    expect((await open(after)).status).toBe(404)
  })
})

describe('no request', () => {
  const routes = Object.values<Route>(ROUTES).filter((route) => route.answerType !== 'text/event-stream')
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '1',
      '2101',
      '1~2',
      '%00',
      '%ff',
      '..',
      'draft_plan',
      'true',
      `'; drop table accounts; --`,
      '\0',
    ),
  )
  const request = fc.record({
    route: fc.constantFrom(...routes),
    segments: fc.array(text, { minLength: 3, maxLength: 3 }),
    query: fc.dictionary(fc.constantFrom('reprocess', 'after', 'ticket', 'limit', '__proto__'), text, {
      maxKeys: 2,
    }),
    body: fc.oneof(
      fc.jsonValue(),
      fc.record({ email: text, password: text, base_url: text, api_key: text }),
      fc.record(
        { request_id: text, reason: text, expected_attempt: fc.jsonValue(), refresh_token: text },
        { requiredKeys: [] },
      ),
    ),
    key: fc.oneof(fc.constant(undefined), fc.uuid(), fc.constant('x')),
    prefix: fc.constantFrom('', '/api', '/api/v1'),
  })

  test('however odd, is answered with 500', async () => {
    await fc.assert(
      fc.asyncProperty(request, async ({ route, segments, query, body, key, prefix }) => {
        let next = 0
        const path = route.path.replace(/\{\w+\}/g, () =>
          encodeURIComponent((segments[next++] ?? '').toWellFormed()),
        )
        const search = new URLSearchParams(Object.entries(query)).toString()
        const hasBody = route.method !== 'get' && route.method !== 'delete'
        const { status } = await api.call(route.method.toUpperCase(), `${prefix}${path}?${search}`, {
          token: member.token,
          ...(hasBody && { body }),
          ...(key !== undefined && { headers: { 'idempotency-key': key } }),
        })
        expect(status).toBeLessThan(600)
        expect(status).not.toBe(500)
      }),
      { numRuns: 300 },
    )
  })
})
