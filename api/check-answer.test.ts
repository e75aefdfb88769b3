import { describe, expect, test } from 'vitest'

import { ROUTES } from '../contract/routes.ts'
import { AnswerMismatch, checkAnswer } from './check-answer.ts'
import { problemReply } from './problem-reply.ts'
import { PartAway } from '../runs/part-away.ts'
import { toProblem } from './to-problem.ts'

const account = {
  user_id: '3f1c3a5e-8b0b-4c52-9a56-5f1f0a7f1f10',
  email: 'a@example.org',
  workspace_id: 't',
  scopes: [],
  created_at: '2026-01-01T00:00:00Z',
}

describe('checkAnswer()', () => {
  test('lets out what the route declares', () => {
    expect(checkAnswer(ROUTES.me, { status: 200, body: account })).toEqual({
      status: 200,
      headers: { 'Cache-Control': 'no-store' },
      body: account,
    })
    expect(checkAnswer(ROUTES.deleteCanvasCredentials, { status: 204 }).body).toBeUndefined()
  })

  test('quotes the version and asks for it to be checked each time', () => {
    const { headers } = checkAnswer(ROUTES.me, { status: 200, body: account, etag: 'w1.7' })
    expect(headers).toEqual({ ETag: '"w1.7"', 'Cache-Control': 'private, no-cache' })
  })

  test.each([
    ['a key too many', { status: 200, body: { ...account, password_hash: 'secret-hash' } }],
    ['a key too few', { status: 200, body: { ...account, email: undefined } }],
    ['another type', { status: 200, body: { ...account, scopes: 'secret-hash' } }],
    ['another status', { status: 201, body: account }],
  ])('stops an answer with %s without telling what was in it', (_, answer) => {
    expect(() => checkAnswer(ROUTES.me, answer)).toThrow(AnswerMismatch)
    expect(() => checkAnswer(ROUTES.me, answer)).not.toThrow('secret-hash')
  })
})

describe('what a client is told of a fault', () => {
  const told = (thrown: unknown) =>
    problemReply(toProblem(thrown), { instance: '/x', traceId: 'trace-0001' }) as {
      status: number
      headers: Record<string, string>
      body: Record<string, unknown>
    }

  test('is nothing of what it was', () => {
    const error = new Error('relation "accounts" does not exist', { cause: new Error('hunter2') })
    const { status, body } = told(error)
    expect(status).toBe(500)
    expect(body).toMatchObject({
      type: 'urn:waymark:problem:internal',
      code: 'INTERNAL',
      instance: '/x',
      trace_id: 'trace-0001',
    })
    expect(JSON.stringify(body)).not.toMatch(/accounts|hunter2/)
    for (const odd of ['text', null, undefined, 7, {}]) expect(told(odd).status).toBe(500)
  })

  test('is which part is away and when to come back', () => {
    const { status, headers, body } = told(
      new PartAway('Temporal', { cause: new Error('14 UNAVAILABLE: 10.0.0.1') }),
    )
    expect([status, headers['Retry-After']]).toEqual([503, '5'])
    expect(body['detail']).toMatch(/^Temporal does not answer/)
    expect(JSON.stringify(body)).not.toContain('10.0.0.1')
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
    expect(told(refused).body['detail']).toMatch(/^PostgreSQL does not answer/)
  })
})
