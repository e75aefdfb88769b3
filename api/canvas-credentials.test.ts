import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

import { open } from '../config/envelope.ts'
import { parseKeyRing } from '../config/key-ring.ts'
import { findSealedCredentials } from '../db/read/credentials.ts'
import { startSandboxCanvas, type SandboxCanvas } from '../stack/canvas/start.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'

const PATH = '/users/me/canvas-credentials'
const KEY = 'sandbox~maya-okafor~student'
const KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`

let canvas: SandboxCanvas
let api: TestApi
let member: Member
beforeAll(async () => {
  canvas = await startSandboxCanvas()
  api = await serveApi({ CANVAS_DEV_HOSTS: new URL(canvas.origin).host, CREDENTIAL_KEYS: KEYS })
})
beforeEach(async () => {
  member = await api.join()
})
afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await canvas.stop()
})

const put = (body: unknown, headers = {}) => api.call('PUT', PATH, { token: member.token, body, headers })
const get = (token = member.token) => api.call('GET', PATH, { token })

describe('the key to Canvas', () => {
  test('is tried, then stored sealed under the origin, and never shown', async () => {
    const stored = await put({ base_url: `${canvas.origin}/courses/1?x=1#top`, api_key: ` ${KEY} ` })
    expect(stored.status).toBe(200)
    expect(stored.body).toEqual({
      base_url: canvas.origin,
      has_key: true,
      updated_at: expect.stringMatching(/Z$/),
    })
    expect((await get()).body).toEqual(stored.body)

    const { db } = api.database
    const dump = JSON.stringify(await db.read.selectFrom('canvas_credentials').selectAll().execute())
    expect(dump).not.toContain(KEY)
    const row = await findSealedCredentials(db.read, member.user_id)
    if (row === null) throw new Error('nothing was stored')
    const context = { user_id: member.user_id, canvas_origin: canvas.origin, field: 'api_key' }
    expect((await open(parseKeyRing(KEYS), context, row.sealed)).reveal()).toBe(KEY)
  })

  test('is replaced by a newer one and forgotten on demand', async () => {
    await put({ base_url: canvas.origin, api_key: KEY })
    const second = await put({ base_url: canvas.origin, api_key: 'sandbox~priya-raman~not-enrolled' })
    expect(second.status).toBe(200)
    const gone = await api.call('DELETE', PATH, { token: member.token })
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect((await get()).body).toEqual({ base_url: null, has_key: false, updated_at: null })
    expect((await api.call('DELETE', PATH, { token: member.token })).status).toBe(204)
  })

  test('belongs to one user alone', async () => {
    await put({ base_url: canvas.origin, api_key: KEY })
    const other = await api.join()
    expect((await get(other.token)).body.has_key).toBe(false)
    await api.call('DELETE', PATH, { token: other.token })
    expect((await get()).body.has_key).toBe(true)
  })

  test.each(['no-such-key', 'sandbox~maya-okafor~revoked', 'sandbox~maya-okafor~expired'])(
    'is refused when Canvas does not take %s',
    async (api_key) => {
      const { status, body, text } = await put({ base_url: canvas.origin, api_key })
      expect([status, body.code]).toEqual([400, 'CANVAS_KEY_REJECTED'])
      expect(body.canvas).toMatchObject({ status: 401 })
      expect(text).not.toContain(api_key)
      expect((await get()).body.has_key).toBe(false)
    },
  )

  test.each([
    'http://canvas.example.edu',
    'https://127.0.0.1',
    'https://169.254.169.254/latest/meta-data',
    'https://user:pass@canvas.example.edu',
    'https://canvas.example.edu:8443',
    'https://localhost',
    'ftp://canvas.example.edu',
    'canvas.example.edu',
  ])('is never sent to %s', async (base_url) => {
    const { status, body } = await put({ base_url, api_key: KEY })
    expect([status, body.code]).toEqual([422, 'CANVAS_URL_NOT_ALLOWED'])
  })

  test.each(['two\nlines', 'bell\u0007', 'schlüssel', 'two words', 'emoji😀', ' '])(
    'that no header can carry (%j) is refused before Canvas is asked',
    async (api_key) => {
      const before = canvas.requests.all().length
      const { status, body } = await put({ base_url: canvas.origin, api_key })
      expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED'])
      const message = expect.stringMatching(/^must (be one line of letters|not be empty)/)
      expect(body.errors).toEqual([{ pointer: '/api_key', message }])
      expect(canvas.requests.all()).toHaveLength(before)
    },
  )

  test('is given up in silence when the client leaves while Canvas is asked', async () => {
    await using slow = await startSandboxCanvas()
    slow.faults.add({ kind: 'slow', ms: 30_000, path: '*' })
    await using elsewhere = await serveApi({ CANVAS_DEV_HOSTS: new URL(slow.origin).host })
    const { token } = await elsewhere.join()
    const leaving = new AbortController()
    const left = fetch(`${elsewhere.origin}${PATH}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': '6d8d2f0e-3f8f-4a34-9d80-0d4b8bb2a001',
      },
      body: JSON.stringify({ base_url: slow.origin, api_key: KEY }),
      signal: leaving.signal,
    })
    await vi.waitUntil(() => slow.requests.all().length > 0)
    leaving.abort()
    await expect(left).rejects.toThrow('abort')
    const records = elsewhere.database.db.read.selectFrom('idempotency_keys').select('status')
    await vi.waitUntil(async () => (await records.execute()).length === 0)
    await vi.waitUntil(() => elsewhere.log().includes('request left by the client'))
    // Whatever was thrown has been logged once a later request is through.
    await elsewhere.call('GET', PATH, { token })
    expect(elsewhere.log()).not.toMatch(/"level":(40|50|60)|"(warn|error|fatal)"/)
  })

  test('is refused with 502 while no Canvas answers', async () => {
    const gone = await startSandboxCanvas()
    await gone.stop()
    await using elsewhere = await serveApi({ CANVAS_DEV_HOSTS: new URL(gone.origin).host })
    const { token } = await elsewhere.join()
    const body = { base_url: gone.origin, api_key: KEY }
    const reply = await elsewhere.call('PUT', PATH, { token, body })
    expect([reply.status, reply.body.code]).toEqual([502, 'CANVAS_UNREACHABLE'])
    expect(reply.body.retryable).toBe(true)
  })

  test('is asked about once when the request is repeated, and its refusal is kept', async () => {
    const headers = { 'Idempotency-Key': 'b1e5c4f0-6f0d-4c3e-9a53-0d9a3f0f7a11' }
    const asked = () => canvas.requests.all().length
    const first = await put({ base_url: canvas.origin, api_key: KEY }, headers)
    const after = asked()
    const again = await put({ base_url: canvas.origin, api_key: KEY }, headers)
    expect(again.headers.get('idempotent-replay')).toBe('true')
    expect(again.body).toEqual(first.body)
    const other = await put({ base_url: canvas.origin, api_key: 'another-key' }, headers)
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
    expect(asked()).toBe(after)
    const records = await api.database.db.read.selectFrom('idempotency_keys').selectAll().execute()
    expect(JSON.stringify(records)).not.toContain(KEY)
  })
})

test('no key to Canvas is ever logged', () => {
  expect(api.log()).not.toContain(KEY)
  expect(api.log()).not.toContain('another-key')
})
