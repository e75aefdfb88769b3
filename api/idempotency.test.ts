import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { ApiProblem } from '../contract/problem.ts'
import { ROUTES } from '../contract/routes.ts'
import { claimRequest, keepReply } from '../db/intents/idempotency.ts'
import { findRequest } from '../db/read/idempotency.ts'
import { createLogger } from '../config/logger.ts'
import { startSandboxCanvas, type SandboxCanvas } from '../stack/canvas/start.ts'
import { serveApi, type Member, type TestApi } from '../test/serve-api.ts'
import { answerOnce } from './answer-once.ts'
import { canonicalEndpoint, fingerprintOf, requestIdOf } from './idempotency-key.ts'
import type { Reply } from './reply.ts'

const PATH = '/users/me/canvas-credentials'
const ENDPOINT = `PUT ${PATH}`
const KEY = 'sandbox~maya-okafor~student'

let canvas: SandboxCanvas
let api: TestApi
let member: Member
let id: string
beforeAll(async () => {
  canvas = await startSandboxCanvas()
  api = await serveApi({ CANVAS_DEV_HOSTS: new URL(canvas.origin).host })
})
beforeEach(async () => {
  member = await api.join()
  id = randomUUID()
  canvas.requests.clear()
})
afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await canvas.stop()
})

const ask = (headers: Record<string, string>, more: object = {}, path = PATH) =>
  api.call('PUT', path, {
    token: member.token,
    headers,
    body: { base_url: canvas.origin, api_key: KEY, ...more },
  })
const withKey = (key = id) => ask({ 'idempotency-key': key })

/** How often the request was carried out: each time Canvas is asked once. */
const countDone = () => canvas.requests.all().length
const record = () =>
  findRequest(api.database.db.read, { tenant_id: member.workspace_id, endpoint: ENDPOINT, request_id: id })
const set = (values: Record<string, unknown>) =>
  api.database.db.write.updateTable('idempotency_keys').set(values).where('request_id', '=', id).execute()

describe('a request sent again with its id', () => {
  test('gets the reply of the first, and nothing is done a second time', async () => {
    const first = await withKey()
    expect([first.status, first.headers.get('idempotent-replay')]).toEqual([200, null])
    const again = await withKey()
    expect([again.status, again.headers.get('idempotent-replay')]).toEqual([200, 'true'])
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(countDone()).toBe(1)
  })

  test('is the same under every prefix, in the body or quoted in the header, in either case', async () => {
    const { body } = await withKey()
    const others = [
      await ask({}, { request_id: id }),
      await ask({ 'idempotency-key': `"${id.toUpperCase()}"` }, {}, `/api${PATH}`),
      await ask({ 'idempotency-key': id }, { request_id: id.toUpperCase() }, `/api/v1${PATH}`),
    ]
    for (const other of others) expect(other.body).toEqual(body)
    expect(countDone()).toBe(1)
  })

  test('is done once when fifty ask at the same moment', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => withKey()))
    const answered = replies.filter(({ status }) => status === 200)
    const waiting = replies.filter(({ body }) => body.code === 'IDEMPOTENCY_IN_PROGRESS')
    expect(answered.length + waiting.length).toBe(50)
    expect(answered.filter(({ headers }) => headers.get('idempotent-replay') === null)).toHaveLength(1)
    expect(new Set(answered.map(({ body }) => body.updated_at)).size).toBe(1)
    expect(countDone()).toBe(1)
  })

  test('is refused with another id beside it, or one that is no UUID', async () => {
    for (const reply of [
      await ask({ 'idempotency-key': id }, { request_id: randomUUID() }),
      await ask({ 'idempotency-key': 'order-17' }),
      await ask({}, { request_id: 'order-17' }),
    ]) {
      expect([reply.status, reply.body.code]).toEqual([422, 'VALIDATION_FAILED'])
    }
    expect(countDone()).toBe(0)
  })

  test('belongs to its tenant: another one may use the same id', async () => {
    await withKey()
    member = await api.join()
    const other = await withKey()
    expect(other.headers.get('idempotent-replay')).toBeNull()
    expect(countDone()).toBe(2)
  })

  test('never shows one user the reply of another in the same tenant', async () => {
    await withKey()
    const { workspace_id } = member
    const colleague = await api.join()
    const { write } = api.database.db
    await write
      .updateTable('accounts')
      .set({ tenant_id: workspace_id })
      .where('user_id', '=', colleague.user_id)
      .execute()
    const { email, password } = colleague
    const { body } = await api.call('POST', '/auth/login', { body: { email, password } })
    member = { ...colleague, token: body.access_token, workspace_id }
    expect((await withKey()).body.code).toBe('IDEMPOTENCY_CONFLICT')
  })
})

describe('a request whose answer is a secret', () => {
  test('is carried out each time, and leaves no record', async () => {
    const ticket = () =>
      api.call('POST', '/auth/stream-tickets', {
        token: member.token,
        headers: { 'idempotency-key': id },
        body: { request_id: id },
      })
    const [first, again] = [await ticket(), await ticket()]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.headers.get('idempotent-replay')).toBeNull()
    expect(again.body.ticket).not.toBe(first.body.ticket)
    const { read } = api.database.db
    const records = read
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('tenant_id', '=', member.workspace_id)
    expect(await records.execute()).toEqual([])
  })
})

describe('the record of a request', () => {
  test('says that the first is still running', async () => {
    await withKey()
    await set({ status: null, body: null })
    const { status, body, headers } = await withKey()
    expect([status, body.code, headers.get('retry-after')]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS', '1'])
  })

  test('is taken over when whoever held it has died', async () => {
    await withKey()
    await set({ status: null, body: null, created_at: new Date(Date.now() - 61_000) })
    const { status, headers, body } = await withKey()
    expect([status, headers.get('idempotent-replay')]).toEqual([200, null])
    expect(countDone()).toBe(2)
    expect((await withKey()).body).toEqual(body)
  })

  test('is not taken over once it has its reply, however old', async () => {
    const first = await withKey()
    await set({ created_at: new Date(Date.now() - 3_000_000) })
    const later = await withKey()
    expect(later.headers.get('idempotent-replay')).toBe('true')
    expect(later.body).toEqual(first.body)
  })

  test('lasts an hour', async () => {
    await withKey()
    const lasts = ((await record())?.expires_at.getTime() ?? 0) - Date.now()
    expect(lasts).toBeGreaterThan(3_590_000)
    expect(lasts).toBeLessThanOrEqual(3_600_000)
    await set({ expires_at: new Date(Date.now() - 1) })
    const later = await withKey()
    expect(later.headers.get('idempotent-replay')).toBeNull()
    expect(countDone()).toBe(2)
  })

  test('is not overwritten by a holder whose claim was taken over', async () => {
    const { write, read } = api.database.db
    const key = { tenant_id: 't', endpoint: 'e', request_id: id }
    const dead = await claimRequest(write, key, { fingerprint: 'f', abandonedMs: 60_000 })
    expect(await claimRequest(write, key, { fingerprint: 'f', abandonedMs: 60_000 })).toBeNull()
    const heir = await claimRequest(write, key, { fingerprint: 'f', abandonedMs: 0 })
    if (dead === null || heir === null) throw new Error('a claim was not given')
    await keepReply(write, dead, { status: 200, headers: {}, body: 'late' })
    expect((await findRequest(read, key))?.status).toBeNull()
    await keepReply(write, heir, { status: 201, headers: {}, body: 'right' })
    expect(await findRequest(read, key)).toMatchObject({ status: 201, body: 'right' })
  })
})

describe('what is kept', () => {
  const once = (run: () => Promise<Reply>, fingerprint = 'f') =>
    answerOnce({
      db: api.database.db,
      log: createLogger({ level: 'silent', name: 'test' }),
      key: { tenant_id: 't', endpoint: 'e', request_id: id },
      fingerprint,
      run,
    })
  const reply = (status: number): Reply => ({ status, headers: { ETag: '"1"' }, body: { status } })

  test.each([200, 201, 202, 400, 404, 409, 422])('a reply of %i, with its headers', async (status) => {
    await once(async () => reply(status))
    const again = await once(async () => reply(599))
    expect(again).toEqual({ ...reply(status), headers: { ETag: '"1"', 'Idempotent-Replay': 'true' } })
  })

  test('an answer without body', async () => {
    await once(async () => ({ status: 204, headers: {}, body: undefined }))
    expect(await once(async () => reply(599))).toMatchObject({ status: 204, body: undefined })
  })

  test('no failure of ours, and none that says when to come back', async () => {
    const failure = new ApiProblem('CANVAS_UNREACHABLE', 'Canvas does not answer.')
    await expect(once(() => Promise.reject(failure))).rejects.toBe(failure)
    expect(await once(async () => reply(429))).toEqual(reply(429))
    expect(await once(async () => reply(201))).toEqual(reply(201))
  })

  test('nothing for another body under the same id', async () => {
    await once(async () => reply(200))
    await expect(once(async () => reply(200), 'other')).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    })
  })
})

describe('canonicalEndpoint()', () => {
  test('spells method and path in one way', () => {
    const params = { course_id: '1~2', assignment_id: '3' }
    expect(canonicalEndpoint(ROUTES.startAssignment, params)).toBe('POST /assignments/1~2/3/start')
  })

  test('keeps different parameters apart', () => {
    const endpoint = (course_id: string, assignment_id: string) =>
      canonicalEndpoint(ROUTES.startAssignment, { course_id, assignment_id })
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
        fc.pre([a, b, c, d].every((text) => text.isWellFormed()))
        expect(endpoint(a, b) === endpoint(c, d)).toBe(a === c && b === d)
      }),
    )
  })
})

describe('fingerprintOf()', () => {
  const of = (user: string, body: unknown, query: unknown = {}) => fingerprintOf(user, { query, body })

  test('does not depend on the order of keys or on the id itself', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.uuid(), (body, request_id) => {
        const turned = Object.fromEntries(Object.entries(body).toReversed())
        expect(of('u', { ...turned, request_id })).toBe(of('u', { ...body, request_id: undefined }))
      }),
    )
  })

  test('tells users, values and queries apart', () => {
    expect(of('u', { a: 1 })).not.toBe(of('v', { a: 1 }))
    expect(of('u', { a: 1 })).not.toBe(of('u', { a: '1' }))
    expect(of('u', ['a', 'b'])).not.toBe(of('u', ['b', 'a']))
    expect(of('u', {}, { reprocess: 'true' })).not.toBe(of('u', {}))
  })
})

describe('requestIdOf()', () => {
  test('takes the one that is there', () => {
    expect(requestIdOf('', undefined)).toBeNull()
    expect(requestIdOf('', {})).toBeNull()
    expect(requestIdOf(id, {})).toBe(id)
    expect(requestIdOf('', { request_id: id.toUpperCase() })).toBe(id)
  })
})
