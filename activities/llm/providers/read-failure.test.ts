import { APICallError } from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'

import { readFailure } from './read-failure.ts'

const NOW = Date.parse('2026-11-05T15:00:00Z')

function refused(
  statusCode: number,
  data: unknown,
  responseHeaders: Record<string, string> = {},
): APICallError {
  const secret = { prompt: 'the words of a student' }
  const responseBody = JSON.stringify(data)
  const url = 'http://127.0.0.1/v1'
  return new APICallError({
    message: 'refused',
    url,
    requestBodyValues: secret,
    statusCode,
    responseHeaders,
    responseBody,
    data,
  })
}

describe('readFailure()', () => {
  test.each([
    ['OpenAI', 400, { error: { code: 'context_length_exceeded', message: 'too long' } }],
    [
      'Anthropic',
      400,
      { error: { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens > 5' } },
    ],
    [
      'Google',
      400,
      {
        error: {
          code: 400,
          message: 'The input token count (9) exceeds the maximum number of tokens allowed (5).',
        },
      },
    ],
    [
      'llama.cpp',
      400,
      { error: { code: 400, type: 'exceed_context_size_error', message: 'request too big' } },
    ],
    ['a proxy', 413, {}],
  ])('knows a text that is too long from %s', (_, status, data) => {
    expect(readFailure(refused(status, data), NOW)?.kind).toBe('context_length')
  })

  test.each([
    ['OpenAI', 429, { error: { code: 'insufficient_quota', message: 'You exceeded your current quota' } }],
    [
      'Anthropic',
      400,
      { error: { type: 'invalid_request_error', message: 'Your credit balance is too low' } },
    ],
    ['OpenRouter', 402, {}],
  ])('knows used-up credit from %s', (_, status, data) => {
    expect(readFailure(refused(status, data), NOW)?.kind).toBe('quota')
  })

  test('takes Gemini’s words about a quota per minute for a limit of rate', () => {
    const data = {
      error: { code: 429, message: 'You exceeded your current quota', status: 'RESOURCE_EXHAUSTED' },
    }
    expect(readFailure(refused(429, data), NOW)?.kind).toBe('rate_limited')
  })

  test('knows a filter that answers with an error', () => {
    const data = { error: { code: 'content_filter', message: 'content management policy' } }
    expect(readFailure(refused(400, data), NOW)?.kind).toBe('filtered')
  })

  test.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    [{ 'retry-after': 'Thu, 05 Nov 2026 15:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Thu, 05 Nov 2026 14:00:00 GMT' }, 0],
    [{ 'retry-after': '999999999' }, 3_600_000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('waits as long as %j says', (headers, wait) => {
    expect(readFailure(refused(429, {}, headers), NOW)?.retry_after_ms).toBe(wait)
  })

  test('keeps the name, the status and the id of the request, and nothing else of the error', () => {
    const failure = readFailure(
      refused(500, { error: { message: 'boom' } }, { 'x-request-id': 'req_1' }),
      NOW,
    )
    expect(failure?.cause).toEqual({ name: 'AI_APICallError', status: 500, request_id: 'req_1' })
    expect(JSON.stringify(failure)).not.toMatch(/student|boom|127/)
  })

  test('leaves alone what no provider caused', () => {
    expect(readFailure(new TypeError('our own mistake'), NOW)).toBeNull()
    expect(readFailure('not even an error', NOW)).toBeNull()
  })
})
