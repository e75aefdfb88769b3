import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'

import { callModel } from './call-model.ts'
import { createModel } from './create-model.ts'
import { readFailure } from './read-failure.ts'

// What a provider counts beyond input and output: the scripted model does not tell it, so a server of its own does.

let server: Server
const usage = {
  prompt_tokens: 1_200,
  completion_tokens: 90,
  total_tokens: 1_290,
  prompt_tokens_details: { cached_tokens: 1_024 },
  completion_tokens_details: { reasoning_tokens: 64 },
}
const chunk = (delta: object, finish_reason: string | null = null) => ({
  id: 'c-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'any',
  choices: [{ index: 0, delta, finish_reason }],
})
const WHOLE = [
  chunk({ role: 'assistant', content: '{"x"' }),
  chunk({ content: ':1}' }),
  chunk({}, 'stop'),
  { ...chunk({}), choices: [], usage },
]

let answered: readonly object[]
let isWhole: boolean
let asked: { readonly authorization: string | undefined; readonly body: Record<string, unknown> }[]

beforeEach(async () => {
  asked = []
  answered = WHOLE
  isWhole = true
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      asked.push({ authorization: request.headers.authorization, body: JSON.parse(text) })
      response.setHeader('content-type', 'text/event-stream')
      for (const chunk of answered) response.write(`data: ${JSON.stringify(chunk)}\n\n`)
      response.end(isWhole ? 'data: [DONE]\n\n' : '')
    })
  })
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((closed) => void server.close(closed))
})

const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
const request = (signal = new AbortController().signal) => ({
  name: 'judge',
  schema: z.object({ x: z.number() }),
  instructions: 'Rules.',
  messages: [{ role: 'user' as const, content: 'Question?' }],
  max_output_tokens: 500,
  timeout_ms: 10_000,
  signal,
})

test('counts what was cached and what was thinking, within input and output', async () => {
  const model = createModel({ provider: 'openai-compatible', model: 'any', apiKey: null, baseUrl: baseUrl() })
  expect(await callModel(model, request())).toEqual({
    text: '{"x":1}',
    finish: 'stop',
    tokens: { input_tokens: 1_200, cached_input_tokens: 1_024, output_tokens: 90, reasoning_tokens: 64 },
  })
})

test('sends the schema as a strict one, the rules before the question, and no key of the environment', async () => {
  const model = createModel({ provider: 'openai-compatible', model: 'any', apiKey: null, baseUrl: baseUrl() })
  await callModel(model, request())
  expect(asked[0]?.authorization).toBe('Bearer none')
  expect(asked[0]?.body).toMatchObject({
    model: 'any',
    max_tokens: 500,
    response_format: { type: 'json_schema', json_schema: { strict: true, name: 'judge' } },
    messages: [
      { role: 'system', content: 'Rules.' },
      { role: 'user', content: 'Question?' },
    ],
  })
})

test('sends nothing once the signal is aborted', async () => {
  const model = createModel({ provider: 'openai-compatible', model: 'any', apiKey: null, baseUrl: baseUrl() })
  const reason = new Error('run canceled')
  await expect(callModel(model, request(AbortSignal.abort(reason)))).rejects.toBe(reason)
  expect(asked).toEqual([])
})

test('tells of the text as it comes', async () => {
  const model = createModel({ provider: 'openai-compatible', model: 'any', apiKey: null, baseUrl: baseUrl() })
  const seen: string[] = []
  await callModel(model, { ...request(), onText: (text) => void seen.push(text) })
  expect(seen).toEqual(['{"x"', '{"x":1}'])
  expect(asked[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } })
})

test('takes a stream that ends in the middle for broken, not for an answer', async () => {
  answered = WHOLE.slice(0, 1)
  isWhole = false
  const model = createModel({ provider: 'openai-compatible', model: 'any', apiKey: null, baseUrl: baseUrl() })
  const error: unknown = await callModel(model, request()).catch((thrown: unknown) => thrown)
  expect(readFailure(error, Date.now())).toMatchObject({ kind: 'broken_reply' })
})

test.each([
  ['overloaded', 'unavailable'],
  ['rate_limit_exceeded', 'rate_limited'],
  ['insufficient_quota', 'quota'],
  ['context_length_exceeded', 'context_length'],
])('sees what a fault in the middle of a stream is: %s', async (code, kind) => {
  answered = [WHOLE[0] ?? {}, { error: { message: `planted words of a prompt`, type: 'server_error', code } }]
  const model = createModel({ provider: 'openai-compatible', model: 'any', apiKey: null, baseUrl: baseUrl() })
  const error: unknown = await callModel(model, request()).catch((thrown: unknown) => thrown)
  const failure = readFailure(error, Date.now())
  expect(failure?.kind).toBe(kind)
  expect(JSON.stringify(failure)).not.toContain('planted')
})

test('asks Anthropic to keep what never changes', async () => {
  const model = createModel({ provider: 'anthropic', model: 'any', apiKey: null, baseUrl: baseUrl() })
  await callModel(model, request()).catch(() => undefined)
  expect(asked[0]?.body['system']).toEqual([
    { type: 'text', text: 'Rules.', cache_control: { type: 'ephemeral' } },
  ])
})
