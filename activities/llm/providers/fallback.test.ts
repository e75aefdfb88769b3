import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { paid, startScriptedModel, type ScriptedModel } from '../../../test/models/scripted-model.ts'

const CLAIMS = [{ id: 'a', claim: 'Cite in MLA style', quote: 'Cite in MLA style' }]
const GOOD = paid({ verdicts: [{ claim: 'C1', reason: 'It says so.', verdict: 'entailed' }] }, 10, 3)

let first: ScriptedModel
let second: ScriptedModel
beforeEach(async () => {
  first = await startScriptedModel()
  second = await startScriptedModel()
})
afterEach(async () => {
  await first[Symbol.asyncDispose]()
  await second[Symbol.asyncDispose]()
})

function judge() {
  const port = first.port([first.choice('openai-compatible', 'main'), second.choice('anthropic', 'spare')])
  const { signal } = new AbortController()
  return port.run('judge', { claims: CLAIMS }, { signal, book: first.book })
}

function refuse(model: ScriptedModel, status: number, code: string, retryAfter?: number): void {
  const more = retryAfter === undefined ? {} : { retryAfter }
  model.answer('judge', [{ error: { message: code, type: code, code }, status, ...more }])
}

describe('the list of models', () => {
  test.each([
    [429, 'rate_limit_exceeded'],
    [503, 'overloaded'],
  ])('%i asks the next one and says which answered', async (status, code) => {
    refuse(first, status, code)
    second.answer('judge', [GOOD])
    const reply = await judge()
    expect([reply.provider, reply.model]).toEqual(['anthropic', 'spare'])
    expect(first.spent.map(({ provider, model, outcome }) => [provider, model, outcome])).toEqual([
      ['openai-compatible', 'main', 'MODEL_UNAVAILABLE'],
      ['anthropic', 'spare', 'ok'],
    ])
  })

  test.each([
    [401, 'invalid_api_key', 'MODEL_REFUSED'],
    [400, 'context_length_exceeded', 'MODEL_REFUSED'],
    [429, 'insufficient_quota', 'BUDGET_EXCEEDED'],
  ])('%i %s asks nobody else', async (status, code, failure) => {
    refuse(first, status, code)
    second.answer('judge', [GOOD])
    await expect(judge()).rejects.toMatchObject({ code: failure })
    expect(second.mock.getRequests()).toEqual([])
  })

  test('a text one model filters is not carried to the next', async () => {
    first.answer('judge', [{ ...paid('', 5, 0), finishReason: 'content_filter' }])
    second.answer('judge', [GOOD])
    await expect(judge()).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
    expect(second.mock.getRequests()).toEqual([])
  })

  test('when all are overloaded the run waits for the one that is free soonest', async () => {
    refuse(first, 429, 'rate_limit_exceeded', 40)
    refuse(second, 429, 'rate_limit_error', 9)
    await expect(judge()).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE', retryAfterMs: 9_000 })
  })
})
