import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { CANVAS_BUCKET } from './protocol/leaky-bucket.ts'
import { startSandboxCanvas, type SandboxCanvas } from './start.ts'

// A bucket that does not leak, so that no figure depends on how fast the machine is.
const TIGHT = { ...CANVAS_BUCKET, outflow: 0 }

let canvas: SandboxCanvas
beforeEach(async () => {
  canvas = await startSandboxCanvas({ bucket: TIGHT })
})
afterEach(() => canvas.stop())

const self = (token?: string) =>
  ask(`${canvas.origin}/api/v1/users/self`, token === undefined ? {} : { token })

describe('the leaky bucket', () => {
  test('tells the cost of each call and what remains', async () => {
    const [first, second] = [await self(), await self()]
    const cost = Number(first.headers['x-request-cost'])
    expect(cost).toBeGreaterThan(0)
    expect(Number(first.headers['x-rate-limit-remaining'])).toBeCloseTo(600 - cost, 6)
    expect(Number(second.headers['x-rate-limit-remaining'])).toBeCloseTo(600 - 2 * cost, 6)
  })

  test('refuses the twelfth call in flight of one token, and not those of another', async () => {
    canvas.faults.add({ kind: 'slow', ms: 60_000, times: 11 })
    const inFlight = Promise.allSettled(Array.from({ length: 11 }, () => self()))
    await expect.poll(() => canvas.requests.all().length).toBe(11)
    const refused = await self()
    expect(refused).toMatchObject({ status: 403, text: '403 Forbidden (Rate Limit Exceeded)\n' })
    expect(refused.headers['content-type']).toMatch(/^text\/plain/)
    expect(refused.headers).not.toHaveProperty('x-request-cost')
    expect(refused.headers).not.toHaveProperty('retry-after')
    expect((await self('sandbox~jonas-weber~student')).status).toBe(200)
    await canvas.stop()
    expect((await inFlight).every(({ status }) => status === 'rejected')).toBe(true)
  })

  test('gives the up-front cost back when a call ends', async () => {
    for (let call = 0; call < 30; call++) expect((await self()).status).toBe(200)
  })
})

test('an install that throttles with 429 says so in plain text', async () => {
  await using strict = await startSandboxCanvas({
    bucket: { ...TIGHT, highWaterMark: 10 },
    throttleStatus: 429,
  })
  const answer = await ask(`${strict.origin}/api/v1/users/self`)
  expect(answer).toMatchObject({ status: 429, text: '429 Too Many Requests (Rate Limit Exceeded)\n' })
})

test.each([
  ['throttle-403', 403],
  ['throttle-429', 429],
] as const)('%s refuses the next two calls of a path', async (kind, status) => {
  canvas.faults.add({ kind, path: '/api/v1/users/self', times: 2 })
  const statuses = [await self(), await self(), await self()].map((answer) => answer.status)
  expect(statuses).toEqual([status, status, 200])
})
