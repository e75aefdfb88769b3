import { APICallError } from '@ai-sdk/provider'
import { z } from 'zod'

import type { Failure, FailureCause, FailureKind } from './failures.ts'

// Providers name the same trouble in different places; the words are only looked at and never kept.
const QUOTA = /insufficient_quota|billing_hard_limit|credit balance is too low/i
const CONTEXT =
  /context_length_exceeded|exceed_context_size|maximum context length|prompt is too long|input token count.*exceeds|context (?:window|length).*exceed|request_too_large/i
const FILTER = /content_filter|content_policy_violation|content management policy|blocked by.*safety/i

const RETRYABLE = new Set([408, 409, 425, 429])
const LONGEST_WAIT_MS = 3_600_000

const ErrorBody = z.object({
  error: z.object({
    code: z.union([z.string(), z.number()]).nullish(),
    type: z.string().nullish(),
    message: z.string().nullish(),
  }),
})

function wordsOf(error: APICallError): string {
  const parsed = ErrorBody.safeParse(error.data)
  if (!parsed.success) return `${error.message} ${error.responseBody ?? ''}`
  const { code, type, message } = parsed.data.error
  return [code, type, message].join(' ')
}

/** Milliseconds a provider asks to wait: `retry-after-ms` before `Retry-After` (RFC 9110 §10.2.3, seconds or a date). */
function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN)
  const said = headers['retry-after']
  const seconds = Number(said ?? Number.NaN)
  const ms = [exact, seconds * 1_000, Date.parse(said ?? '') - now].find((wait) => Number.isFinite(wait))
  return ms === undefined ? null : Math.min(Math.max(Math.ceil(ms), 0), LONGEST_WAIT_MS)
}

function kindOfCall(error: APICallError): FailureKind {
  const { statusCode: status } = error
  const words = wordsOf(error)
  if (status === undefined) return 'unavailable'
  if (status < 300) return 'broken_reply'
  if (status === 402 || QUOTA.test(words)) return 'quota'
  if (status === 429) return 'rate_limited'
  if (status === 401 || status === 403) return 'unauthorised'
  if (status === 413 || (status < 500 && CONTEXT.test(words))) return 'context_length'
  if (status < 500 && FILTER.test(words)) return 'filtered'
  return status >= 500 || RETRYABLE.has(status) ? 'unavailable' : 'rejected'
}

const Coded = z.object({ code: z.unknown().optional(), type: z.unknown().optional() })

function wordsOfError(error: Error): string {
  const { code, type } = Coded.parse(error)
  return JSON.stringify([code, type, error.message])
}

/** A fault that a provider told of in the middle of its stream; its words are read for their kind and left behind. */
export class StreamFault extends Error {
  override readonly name = 'StreamFault'
  readonly kind: FailureKind

  constructor(told: unknown) {
    super('the provider broke the stream off')
    const words = told instanceof Error ? wordsOfError(told) : (JSON.stringify(told) ?? '')
    if (QUOTA.test(words)) this.kind = 'quota'
    else if (CONTEXT.test(words)) this.kind = 'context_length'
    else if (FILTER.test(words)) this.kind = 'filtered'
    else this.kind = /rate.?limit/iu.test(words) ? 'rate_limited' : 'unavailable'
  }
}

function causeOf(
  error: Error,
  status: number | null,
  headers: Readonly<Record<string, string>>,
): FailureCause {
  return { name: error.name, status, request_id: headers['x-request-id'] ?? headers['request-id'] ?? null }
}

/**
 * Reads what the SDK throws for a call that brought no answer; null for an error that is none of the provider's.
 * `now` is milliseconds since 1970, for a `Retry-After` that names a date.
 */
export function readFailure(error: unknown, now: number): Failure | null {
  if (APICallError.isInstance(error)) {
    const headers = error.responseHeaders ?? {}
    return {
      kind: kindOfCall(error),
      retry_after_ms: retryAfterMs(headers, now),
      cause: causeOf(error, error.statusCode ?? null, headers),
    }
  }
  if (!(error instanceof Error)) return null
  // What the SDK makes of it is exported under no name.
  if (error.name === 'AI_StreamProviderError') return readFailure(new StreamFault(error), now)
  if (error instanceof StreamFault)
    return { kind: error.kind, retry_after_ms: null, cause: causeOf(error, null, {}) }
  if (error.name === 'TimeoutError')
    return { kind: 'timeout', retry_after_ms: null, cause: causeOf(error, null, {}) }
  // A reply in which the SDK finds nothing at all; what it is made of stays behind.
  if (
    /^(?:AI_(?:EmptyResponseBody|InvalidResponseData|JSONParse|TypeValidation|NoContentGenerated|NoOutputGenerated)Error|StreamCut)$/.test(
      error.name,
    )
  )
    return { kind: 'broken_reply', retry_after_ms: null, cause: causeOf(error, null, {}) }
  return null
}
