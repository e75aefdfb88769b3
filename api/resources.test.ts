import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { SCOPES } from '../contract/scopes.ts'
import { setQuota } from '../db/intents/quotas.ts'
import { joinWith } from '../test/members.ts'
import { serveApi, type Member, type Reply, type TestApi } from '../test/serve-api.ts'

// No worker runs here: what is submitted stays PENDING and holds only what is allocated.
let api: TestApi
beforeAll(async () => {
  api = await serveApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const UNKNOWN = 'j_0123456789ab'
const DEFAULTS = [10, 8, 5, 3, 2, 1]

type Body = Readonly<Record<string, unknown>>

/** Somebody in a tenant of their own, with a job. */
async function holder() {
  const member = await joinWith(api, SCOPES)
  const call = (method: string, path: string, body?: Body): Promise<Reply> =>
    api.call(method, path, { token: member.token, ...(body === undefined ? {} : { body }) })
  const submit = async (): Promise<string> =>
    (await call('POST', '/jobs', { task_description: 'Hold places' })).body.id
  const job_id = await submit()
  const allocate = (depth: number, worker_count: number, more: Body = {}): Promise<Reply> =>
    call('POST', '/resources/allocate', { job_id, depth, worker_count, ...more })
  const release = (more: Body = {}): Promise<Reply> => call('POST', '/resources/release', { job_id, ...more })
  const usage = async (): Promise<UsageItem[]> => (await call('GET', '/resources/usage')).body.usage
  const allocated = async (): Promise<number[]> => (await usage()).map((item) => item.allocated)
  return { member, call, submit, job_id, allocate, release, usage, allocated }
}

interface UsageItem {
  readonly depth: number
  readonly allocated: number
  readonly available: number
  readonly max_workers: number
  readonly active_jobs: number
  readonly warning: boolean
  readonly critical: boolean
}

test('S10 default quotas are 10, 8, 5, 3, 2, 1', async () => {
  const { call } = await holder()
  const { status, body } = await call('GET', '/resources/quotas')
  expect(status).toBe(200)
  expect(body.quotas).toEqual(
    DEFAULTS.map((max, depth) => ({ depth, max_workers: max, max_concurrent_jobs: max })),
  )
})

test('S11 allocating 3 at depth 1 answers 201 with requested 3, granted 3; usage rises by 3; release answers released true; usage is back', async () => {
  const { job_id, allocate, release, allocated } = await holder()
  const { status, body } = await allocate(1, 3)
  expect([status, body]).toEqual([
    201,
    {
      id: expect.stringMatching(/^a_[0-9a-f]{12}$/),
      job_id,
      depth: 1,
      worker_count: 3,
      requested: 3,
      granted: 3,
      allocated_at: expect.any(String),
      released_at: null,
    },
  ])
  expect(await allocated()).toEqual([0, 3, 0, 0, 0, 0])
  const released = await release({ depth: 1 })
  expect(released).toMatchObject({
    status: 200,
    body: { job_id, depth: 1, released: true, released_count: 3 },
  })
  expect(await allocated()).toEqual([0, 0, 0, 0, 0, 0])
})

test('S12 at depth 2, quota − 1 then 2 is 409; with allow_partial the second grants 1 and a third is 409', async () => {
  const { allocate } = await holder()
  expect((await allocate(2, 4)).status).toBe(201)
  const exact = await allocate(2, 2)
  expect([exact.status, exact.body.code, exact.body.retryable]).toEqual([409, 'INSUFFICIENT_RESOURCES', true])
  const partial = await allocate(2, 2, { allow_partial: true })
  expect([partial.status, partial.body.requested, partial.body.granted]).toEqual([201, 2, 1])
  expect((await allocate(2, 2, { allow_partial: true })).status).toBe(409)
})

test('S13 release for a known job that holds nothing is 200 released false; for an unknown job 404', async () => {
  const { release, call } = await holder()
  expect(await release()).toMatchObject({
    status: 200,
    body: { released: false, released_count: 0, depth: null },
  })
  expect((await call('POST', '/resources/release', { job_id: UNKNOWN })).status).toBe(404)
  expect(
    (await call('POST', '/resources/allocate', { job_id: UNKNOWN, depth: 0, worker_count: 1 })).status,
  ).toBe(404)
})

test('S14 every usage item has depth, allocated, available, and allocated + available = quota', async () => {
  const { allocate, usage } = await holder()
  for (const depth of [0, 2, 5]) await allocate(depth, 1)
  const items = await usage()
  expect(items.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4, 5])
  for (const { depth, allocated, available, max_workers } of items) {
    expect(allocated + available).toBe(DEFAULTS[depth])
    expect(max_workers).toBe(DEFAULTS[depth])
  }
  expect(items.map(({ active_jobs }) => active_jobs)).toEqual([1, 0, 1, 0, 0, 1])
})

describe('S15', () => {
  test.each([
    ['worker_count 0', { worker_count: 0 }],
    ['worker_count 11', { worker_count: 11 }],
    ['an empty job_id', { job_id: '' }],
    ['depth 6', { depth: 6 }],
    ['depth −1', { depth: -1 }],
    ['no depth', { depth: undefined }],
  ])('%s is 422', async (_, odd) => {
    const { call, job_id } = await holder()
    const { status } = await call('POST', '/resources/allocate', {
      job_id,
      depth: 1,
      worker_count: 1,
      ...odd,
    })
    expect(status).toBe(422)
  })

  test('a full depth is 409, and holdings of a job add up', async () => {
    const { allocate, release, allocated } = await holder()
    for (let held = 0; held < 3; held++) expect((await allocate(3, 1)).status).toBe(201)
    expect((await allocate(3, 1)).status).toBe(409)
    expect(await allocated()).toEqual([0, 0, 0, 3, 0, 0])
    expect((await release({ depth: 3 })).body.released_count).toBe(3)
  })

  test('8/10 sets warning only, 9/10 both flags', async () => {
    const { allocate, usage } = await holder()
    await allocate(0, 8)
    expect((await usage())[0]).toMatchObject({ warning: true, critical: false })
    await allocate(0, 1)
    expect((await usage())[0]).toMatchObject({ warning: true, critical: true })
  })

  test('job end frees all depths, and an ended job is given nothing', async () => {
    const { job_id, call, allocate, allocated } = await holder()
    await allocate(0, 2)
    await allocate(4, 2)
    await call('POST', `/jobs/${job_id}/cancel`)
    expect(await allocated()).toEqual([0, 0, 0, 0, 0, 0])
    const { status, body } = await allocate(0, 1)
    expect([status, body.code, body.current_state]).toEqual([409, 'INVALID_STATE_TRANSITION', 'CANCELED'])
  })

  test('100 concurrent allocations never exceed the quota, and one tenant’s are not another’s', async () => {
    const { submit, call, allocated } = await holder()
    const rival = await holder()
    const jobs = await Promise.all(Array.from({ length: 10 }, submit))
    const wishes = Array.from({ length: 100 }, (_, index) =>
      call('POST', '/resources/allocate', {
        job_id: jobs[index % jobs.length],
        depth: 1,
        worker_count: 1 + (index % 3),
        allow_partial: index % 2 === 0,
      }),
    )
    const replies = await Promise.all(wishes)
    const granted = replies.filter(({ status }) => status === 201)
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201, 409]))
    expect(granted.reduce((sum, { body }) => sum + body.granted, 0)).toBe(8)
    expect((await allocated())[1]).toBe(8)
    expect(await rival.allocated()).toEqual([0, 0, 0, 0, 0, 0])
    expect((await rival.allocate(1, 8)).status).toBe(201)
  })
})

describe('the quota of one tenant', () => {
  test('goes before the usual one as soon as it is set, and back', async () => {
    const { member, call, allocate, submit } = await holder()
    const { write } = api.database.db
    const at = { tenant_id: member.workspace_id, depth: 5 }
    await setQuota(write, { ...at, quota: { max_workers: 4, max_concurrent_jobs: 1 } })
    expect((await allocate(5, 3)).status).toBe(201)
    const second = { job_id: await submit(), depth: 5, worker_count: 1 }
    expect((await call('POST', '/resources/allocate', second)).status).toBe(409)
    expect((await allocate(5, 1)).status).toBe(201)
    const { body } = await call('GET', '/resources/quotas')
    expect(body.quotas[5]).toEqual({ depth: 5, max_workers: 4, max_concurrent_jobs: 1 })
    await setQuota(write, { ...at, quota: null })
    expect((await call('GET', '/resources/usage')).body.usage[5]).toMatchObject({
      max_workers: 1,
      allocated: 4,
      available: 0,
    })
  })

  test('is for its own eyes, and for a platform operator’s', async () => {
    const { member, call } = await holder()
    const rival: Member = await joinWith(api, SCOPES)
    const platform = await joinWith(api, SCOPES, '*')
    const path = `/resources/usage?workspace_id=${rival.workspace_id}`
    expect((await call('GET', path)).status).toBe(404)
    expect((await call('GET', `/resources/usage?workspace_id=${member.workspace_id}`)).status).toBe(200)
    expect((await api.call('GET', path, { token: platform.token })).status).toBe(200)
    expect((await api.call('GET', '/resources/quotas', { token: platform.token })).status).toBe(200)
  })
})
