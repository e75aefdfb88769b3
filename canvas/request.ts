import type { z } from 'zod'

import { classifyCanvasReply } from './classify-reply.ts'
import { exchange, readStart, type CanvasHttp, type Headers } from './exchange.ts'
import { canvasFailure } from './reply-failure.ts'
import { reviveText } from './revive-text.ts'

const MAX_JSON_BYTES = 5 * 1_024 * 1_024
const CLASSIFY_BYTES = 8_192
// Without string ids, JSON numbers would round global ids above 2^53.
const ACCEPT = 'application/json+canvas-string-ids'

interface JsonReply<T> {
  readonly value: T
  /** The Link header (RFC 8288), when there is one. */
  readonly link: string | undefined
}

/**
 * Reads one JSON resource of Canvas, checked by `schema`; `address` is a path from the origin or a full URL.
 * `subject` names the thing in the sentence of the RunFailure that this rejects with.
 */
export function getJson<T>(
  http: CanvasHttp,
  address: string,
  schema: z.ZodType<T>,
  subject: string,
): Promise<JsonReply<T>> {
  const url = new URL(address, http.origin).href
  return exchange(http, { address: url, subject, accept: ACCEPT }, async ({ status, headers, body }) => {
    const isSuccess = status >= 200 && status < 300
    if (isSuccess) refuseUnreadable(headers, status, subject)
    const bytes = await readStart(body, isSuccess ? MAX_JSON_BYTES + 1 : CLASSIFY_BYTES)
    if (bytes.length > MAX_JSON_BYTES) throw canvasFailure('too_large', { subject, status })

    refuseUnlessOk(http, status, headers, bytes.subarray(0, CLASSIFY_BYTES).toString(), subject)
    return { value: parseJson(bytes, schema, status, subject), link: headers['link'] }
  })
}

/** Throws the RunFailure that a reply of the Canvas origin stands for, unless it is a success. */
export function refuseUnlessOk(
  { gate }: CanvasHttp,
  status: number,
  headers: Headers,
  bodyStart: string,
  subject: string,
): void {
  const kind = classifyCanvasReply({ status, headers, bodyStart })
  gate.report(kind === 'throttled' ? 0 : numberOf(headers['x-rate-limit-remaining']))
  if (kind === 'ok') return
  throw canvasFailure(kind, {
    subject,
    status,
    errorReportId: /"error_report_id"\s*:\s*"?(\d{1,20})/.exec(bodyStart)?.[1],
    retryAfterSeconds: numberOf(headers['retry-after']) ?? undefined,
  })
}

/** Throws when a body is encoded: we ask for identity, and an inflated body would pass every size limit. */
export function refuseUnreadable(headers: Headers, status: number, subject: string): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (encoding !== '' && encoding !== 'identity') throw canvasFailure('encoded', { subject, status })
}

function parseJson<T>(bytes: Buffer, schema: z.ZodType<T>, status: number, subject: string): T {
  try {
    return schema.parse(JSON.parse(bytes.toString(), reviveText))
  } catch (error) {
    // A SyntaxError quotes the body it could not read, and no body of Canvas may travel with a failure.
    const cause = error instanceof SyntaxError ? undefined : error
    throw canvasFailure('not_canvas_json', { subject, status, cause })
  }
}

function numberOf(header: string | undefined): number | null {
  return header !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) : null
}
