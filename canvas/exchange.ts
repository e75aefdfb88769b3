import { errors, request, type Dispatcher } from 'undici'

import type { Secret } from '../config/secret.ts'
import { RunFailure } from '../contract/run-errors.ts'
import type { OutboundPolicy } from './guard/policy.ts'
import { vetUrl } from './guard/vet-url.ts'
import { canvasFailure } from './reply-failure.ts'
import type { TokenGate } from './throttle.ts'

/** How long a call may take, in milliseconds: to the headers, between two chunks, and altogether. */
export interface CallTimes {
  readonly headersMs: number
  readonly idleMs: number
  readonly overallMs: number
}

/** What every call to one Canvas with one token shares. */
export interface CanvasHttp {
  readonly origin: string
  readonly token: Secret
  readonly policy: OutboundPolicy
  readonly dispatcher: Dispatcher
  readonly userAgent: string
  readonly gate: TokenGate
  readonly signal: AbortSignal | undefined
  readonly times: CallTimes
}

export type Headers = Readonly<Record<string, string | undefined>>

interface Question {
  readonly address: string
  /** Names the thing asked for in the sentence of a failure. */
  readonly subject: string
  readonly accept: string
}

interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Dispatcher.ResponseData['body']
}

/**
 * Sends one GET and hands the reply to `read`. The address is vetted, no redirect is followed, and the token goes
 * along only to the stored origin. Rejects with RunFailure, or with the signal's reason when the caller aborts.
 */
export async function exchange<T>(
  http: CanvasHttp,
  question: Question,
  read: (reply: Reply) => Promise<T>,
): Promise<T> {
  const vetted = vetUrl(question.address, http.policy)
  if (!vetted.ok) throw canvasFailure('address_refused', { subject: question.subject, status: null })
  const { url } = vetted
  const send = () => sendOnce(http, url, question, read)
  return url.origin === http.origin ? http.gate.run(send, http.signal) : send()
}

async function sendOnce<T>(
  http: CanvasHttp,
  url: URL,
  { subject, accept }: Question,
  read: (reply: Reply) => Promise<T>,
): Promise<T> {
  const { signal, times } = http
  const deadline = AbortSignal.timeout(times.overallMs)
  let body: Dispatcher.ResponseData['body'] | undefined
  try {
    const reply = await request(url, {
      dispatcher: http.dispatcher,
      method: 'GET',
      headers: requestHeaders(http, url, accept),
      headersTimeout: times.headersMs,
      bodyTimeout: times.idleMs,
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    })
    body = reply.body
    // A body left half read ends in an error that nobody else listens to.
    body.on('error', () => undefined)
    return await read({ status: reply.statusCode, headers: flatten(reply.headers), body })
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof RunFailure) throw cause
    throw canvasFailure(deadline.aborted || isTimeout(cause) ? 'timeout' : 'network', {
      subject,
      status: null,
      // A parser error carries the bytes that it could not read.
      cause: cause instanceof errors.HTTPParserError ? undefined : cause,
    })
  } finally {
    body?.destroy()
  }
}

function requestHeaders(http: CanvasHttp, url: URL, accept: string): Record<string, string> {
  const headers = { accept, 'accept-encoding': 'identity', 'user-agent': http.userAgent }
  return url.origin === http.origin ? { ...headers, authorization: `Bearer ${http.token.reveal()}` } : headers
}

function flatten(headers: Dispatcher.ResponseData['headers']): Headers {
  const entries = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    [value].flat().join(', '),
  ])
  return Object.fromEntries(entries)
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError
  )
}

/** Reads the first bytes of a body, at most `bytes`; what follows is left unread. */
export async function readStart(body: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= bytes) break
  }
  return Buffer.concat(chunks).subarray(0, bytes)
}
