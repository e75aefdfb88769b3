import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { RunFailure } from '../../../contract/run-errors.ts'
import type { Claim } from '../port.ts'
import { paid, startScriptedModel, type ScriptedModel } from '../../../test/models/scripted-model.ts'
import { ModelFailure } from './failures.ts'

// One test for each way a call may fail, against a server that fails that way.

const CLAIMS: readonly Claim[] = [
  { id: 'a', claim: 'Cite in MLA style', quote: 'Cite in MLA style, please.' },
]
const GOOD = { verdicts: [{ claim: 'C1', reason: 'The quote says so.', verdict: 'entailed' }] }
const PROMPT_WORDS = 'in MLA style, please'

let model: ScriptedModel
beforeEach(async () => {
  model = await startScriptedModel()
})
afterEach(() => model[Symbol.asyncDispose]())

function judge(port = model.port(), signal = new AbortController().signal) {
  return port.run('judge', { claims: CLAIMS }, { signal, book: model.book })
}

async function failureOf(port = model.port()): Promise<ModelFailure> {
  const error: unknown = await judge(port).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof ModelFailure) return error
  throw new Error('no ModelFailure was thrown', { cause: error })
}

function refuse(status: number, code: string, message: string, retryAfter?: number): void {
  const error = { message, type: 'error', code }
  model.answer('judge', [{ error, status, ...(retryAfter === undefined ? {} : { retryAfter }) }])
}

const ends = () => model.spent.map(({ outcome, failure }) => [outcome, failure])

describe('a call that brings no answer', () => {
  test('429 with Retry-After is tried again after that time', async () => {
    refuse(429, 'rate_limit_exceeded', 'Slow down', 7)
    const failure = await failureOf()
    expect(failure).toMatchObject({ code: 'MODEL_UNAVAILABLE', retryable: true, retryAfterMs: 7_000 })
    expect(failure.kind).toBe('rate_limited')
    expect(ends()).toEqual([['MODEL_UNAVAILABLE', 'rate_limited']])
  })

  test('429 that says insufficient_quota is a matter of money and waits for a person', async () => {
    refuse(429, 'insufficient_quota', 'You exceeded your current quota')
    expect(await failureOf()).toMatchObject({ code: 'BUDGET_EXCEEDED', retryable: false, kind: 'quota' })
  })

  test.each([500, 503, 529])('%i is tried again', async (status) => {
    refuse(status, 'server_error', 'Oops')
    expect(await failureOf()).toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      retryable: true,
      kind: 'unavailable',
    })
  })

  test('a server that is not there is tried again', async () => {
    const choice = model.choice()
    await model.mock.stop()
    const failure = await failureOf(model.port([choice]))
    await model.mock.start()
    expect(failure).toMatchObject({ code: 'MODEL_UNAVAILABLE', kind: 'unavailable' })
  })

  test('a socket that closes before the answer is tried again', async () => {
    model.answer('judge', [paid(GOOD, 1, 1)], { chaos: { disconnectRate: 1 } })
    expect(await failureOf()).toMatchObject({ code: 'MODEL_UNAVAILABLE', kind: 'unavailable' })
  })

  test.each([401, 403])('%i waits for the operator, who alone can mend the key', async (status) => {
    refuse(status, 'invalid_api_key', 'Incorrect API key provided')
    const failure = await failureOf()
    expect(failure).toMatchObject({ code: 'MODEL_REFUSED', retryable: false, kind: 'unauthorised' })
    expect(failure.message).toContain('LLM_API_KEY')
  })

  test('a text that is too long is told apart, so that it can be taken in parts', async () => {
    refuse(400, 'context_length_exceeded', "This model's maximum context length is 8192 tokens")
    expect(await failureOf()).toMatchObject({
      code: 'MODEL_REFUSED',
      retryable: false,
      kind: 'context_length',
    })
  })

  test('400 for another reason is not sent again', async () => {
    refuse(400, 'invalid_request_error', 'Unknown parameter')
    expect(await failureOf()).toMatchObject({ code: 'MODEL_REFUSED', kind: 'rejected' })
  })

  test('200 with a broken envelope is tried again, though the SDK calls it final', async () => {
    model.answer('judge', [paid(GOOD, 1, 1)], { chaos: { malformedRate: 1 } })
    expect(await failureOf()).toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      retryable: true,
      kind: 'broken_reply',
    })
  })

  test('no answer within the time there is counts as away', async () => {
    await using held = await holdingServer()
    const choice = { ...model.choice(), baseUrl: held.url }
    const failure = await failureOf(model.port([choice], { timeout_ms: 50 }))
    expect(failure).toMatchObject({ code: 'MODEL_UNAVAILABLE', kind: 'timeout' })
    expect(ends()).toEqual([['MODEL_UNAVAILABLE', 'timeout']])
  })

  test('an abort ends the call with the reason of the signal while the server still holds its answer', async () => {
    await using held = await holdingServer()
    const controller = new AbortController()
    const reason = new Error('run terminated')
    const running = judge(model.port([{ ...model.choice(), baseUrl: held.url }]), controller.signal)
    await held.asked
    controller.abort(reason)
    await expect(running).rejects.toBe(reason)
    expect(ends()).toEqual([['CANCELED', null]])
  })
})

test('an answer that was paid for is handed on, though the run was canceled while it was booked', async () => {
  model.answer('judge', [paid(GOOD, 9, 4)])
  const controller = new AbortController()
  const book = async (): Promise<void> => controller.abort(new Error('run canceled'))
  const reply = await model.port().run('judge', { claims: CLAIMS }, { signal: controller.signal, book })
  expect(reply.output.verdicts).toHaveLength(1)
})

describe('an answer that cannot be used as it is', () => {
  test('one that was cut is asked for once more with twice the room, not mended', async () => {
    model.answer('judge', [
      { ...paid('{"verdicts":[{"claim":"C1","reason":"The', 90, 40), finishReason: 'length' },
      paid(GOOD, 90, 50),
    ])
    const reply = await judge()
    expect(reply.output.verdicts).toMatchObject([{ id: 'a', verdict: 'entailed' }])
    expect(model.mock.getRequests().map(({ body }) => body?.['max_tokens'])).toEqual([4_000, 8_000])
    expect(ends()).toEqual([
      ['MODEL_OUTPUT_INVALID', 'cut'],
      ['ok', null],
    ])
    expect(reply.usage).toEqual({ input_tokens: 180, output_tokens: 90 })
  })

  test('one that is cut twice is given up', async () => {
    model.answer('judge', [{ ...paid('{"verdicts":[', 9, 4), finishReason: 'length' }])
    expect(await failureOf()).toMatchObject({ code: 'MODEL_OUTPUT_INVALID', kind: 'cut' })
    expect(model.spent).toHaveLength(2)
  })

  test('the wrong shape is asked for once more with what is wrong, and both calls are charged', async () => {
    model.answer('judge', [
      paid({ verdicts: [{ claim: 'C1', reason: 'yes', verdict: 'true' }] }, 100, 10),
      paid(GOOD, 140, 12),
    ])
    const reply = await judge()
    expect(reply.usage).toEqual({ input_tokens: 240, output_tokens: 22 })
    expect(model.spent).toMatchObject([
      { outcome: 'MODEL_OUTPUT_INVALID', failure: 'misshapen', input_tokens: 100, output_tokens: 10 },
      { outcome: 'ok', failure: null, input_tokens: 140, output_tokens: 12 },
    ])
    const again = JSON.stringify(model.mock.getRequests().at(-1)?.body)
    expect(again).toContain('verdicts.0.verdict')
  })

  test('the wrong shape twice is an invalid answer', async () => {
    model.answer('judge', [paid({ verdicts: 'all fine' }, 1, 1)])
    expect(await failureOf()).toMatchObject({ code: 'MODEL_OUTPUT_INVALID', kind: 'misshapen' })
    expect(model.spent).toHaveLength(2)
  })

  test('a verdict that is missing is asked for', async () => {
    model.answer('judge', [paid({ verdicts: [] }, 1, 1), paid(GOOD, 1, 1)])
    expect((await judge()).output.verdicts).toHaveLength(1)
    expect(JSON.stringify(model.mock.getRequests().at(-1)?.body)).toContain('there is none for claim C1')
  })

  test.each([
    ['in prose', `Here it is: ${JSON.stringify(GOOD)} I hope this helps!`],
    ['in a fence', `\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\``],
    ['with a comma too many', `${JSON.stringify(GOOD).slice(0, -1)},}`],
  ])('an object %s is read without asking again', async (_, text) => {
    model.answer('judge', [paid(text, 1, 1)])
    expect((await judge()).output.verdicts).toMatchObject([{ verdict: 'entailed' }])
    expect(ends()).toEqual([['ok', null]])
  })

  test('a filtered answer stops the run and is charged', async () => {
    model.answer('judge', [{ ...paid('', 80, 0), finishReason: 'content_filter' }])
    expect(await failureOf()).toMatchObject({ code: 'MODEL_REFUSED', retryable: false, kind: 'filtered' })
    expect(model.spent).toMatchObject([{ failure: 'filtered', input_tokens: 80 }])
  })
})

test('no failure carries the prompt, the key or the words of the provider', async () => {
  for (const [status, code] of [
    [429, 'rate_limit_exceeded'],
    [400, 'bad'],
    [500, 'oops'],
  ] as const) {
    model.mock.clearFixtures()
    refuse(status, code, `upstream says: ${PROMPT_WORDS}`)
    const failure = await failureOf()
    expect(failure).toBeInstanceOf(RunFailure)
    expect(Object.keys(failure.cause as object).sort()).toEqual(['name', 'request_id', 'status'])
    const told = JSON.stringify([failure, failure.message, failure.stack, failure.cause, model.spent])
    expect(told).not.toContain(PROMPT_WORDS)
    expect(told).not.toContain('planted-key')
  }
})

/** A server that takes a request and never answers it. */
async function holdingServer() {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  const server = createServer(() => resolve())
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => void server.close(closed))
    },
  }
}
