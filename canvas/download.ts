import { createHash } from 'node:crypto'

import { isHtml } from './classify-reply.ts'
import { exchange, readStart, type CanvasHttp, type Headers } from './exchange.ts'
import { canvasFailure } from './reply-failure.ts'
import { refuseUnlessOk, refuseUnreadable } from './request.ts'

const MAX_FILE_BYTES = 25 * 1_024 * 1_024
const MAX_REDIRECTS = 5
const CLASSIFY_BYTES = 8_192
const REDIRECTS = new Set([301, 302, 303, 307, 308])

export interface DownloadRequest {
  readonly url: string
  /** Names the file in the sentence of a failure. */
  readonly subject: string
  /** The content type Canvas has for the file, which tells an HTML file from a login page; null when unknown. */
  readonly expectedType: string | null
  /** The largest body taken, in bytes; 25 MB when absent. */
  readonly maxBytes?: number
}

export interface Download {
  readonly bytes: Buffer
  /** SHA-256 of the bytes in hexadecimal. */
  readonly sha256: string
  readonly contentType: string | null
  /** Where the bytes came from after all redirects. */
  readonly finalOrigin: string
}

type Hop = { readonly next: string } | { readonly done: Download }

/**
 * Downloads a file of Canvas, following at most five redirects by hand: every hop is vetted anew, and the token goes
 * only to the stored origin, never to the storage behind it. Rejects with RunFailure.
 */
export async function downloadFile(http: CanvasHttp, file: DownloadRequest): Promise<Download> {
  const { subject } = file
  let address = URL.parse(file.url, http.origin)?.href ?? file.url
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const hop = await takeHop(http, file, address)
    if ('done' in hop) return hop.done
    address = hop.next
  }
  throw canvasFailure('address_refused', { subject, status: null })
}

function takeHop(http: CanvasHttp, file: DownloadRequest, address: string): Promise<Hop> {
  const { subject } = file
  const origin = URL.parse(address)?.origin ?? ''
  return exchange(
    http,
    { address, subject, accept: '*/*' },
    async ({ status, headers, body }): Promise<Hop> => {
      if (REDIRECTS.has(status))
        return { next: redirectTarget(http, headers['location'], address, subject, status) }
      if (status !== 200) {
        const bodyStart = (await readStart(body, CLASSIFY_BYTES)).toString()
        if (origin === http.origin) refuseUnlessOk(http, status, headers, bodyStart, subject)
        throw canvasFailure(status === 404 ? 'not_found' : 'storage_refused', { subject, status })
      }
      refuseUnreadable(headers, status, subject)
      const { bytes, sha256 } = await readFile(body, headers, file)
      if (isLoginPage(bytes, headers, file.expectedType))
        throw canvasFailure('login_page', { subject, status })
      return { done: { bytes, sha256, contentType: headers['content-type'] ?? null, finalOrigin: origin } }
    },
  )
}

function redirectTarget(
  http: CanvasHttp,
  location: string | undefined,
  from: string,
  subject: string,
  status: number,
): string {
  const target = location === undefined ? null : URL.parse(location, from)
  if (target === null) throw canvasFailure('address_refused', { subject, status })
  if (target.origin === http.origin && /^\/login(?:\/|$)/.test(target.pathname)) {
    throw canvasFailure('login_page', { subject, status })
  }
  return target.href
}

async function readFile(
  body: AsyncIterable<Buffer>,
  headers: Headers,
  { subject, maxBytes = MAX_FILE_BYTES }: DownloadRequest,
): Promise<{ bytes: Buffer; sha256: string }> {
  const declared = Number(headers['content-length'] ?? Number.NaN)
  if (declared > maxBytes) throw canvasFailure('too_large', { subject, status: 200 })
  const hash = createHash('sha256')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw canvasFailure('too_large', { subject, status: 200 })
    hash.update(chunk)
    chunks.push(chunk)
  }
  return { bytes: Buffer.concat(chunks, size), sha256: hash.digest('hex') }
}

/** A page where a file should be: any HTML when the file is no HTML, otherwise HTML that asks to sign in. */
function isLoginPage(bytes: Buffer, headers: Headers, expectedType: string | null): boolean {
  const start = bytes.subarray(0, CLASSIFY_BYTES).toString()
  if (!isHtml(undefined, start)) return false
  const isHtmlExpected = /html/i.test(expectedType ?? headers['content-type'] ?? '')
  if (expectedType !== null && !isHtmlExpected) return true
  const page = bytes.subarray(0, 262_144).toString()
  return /type=["']?password\b|name=["']?(?:SAMLRequest|pseudonym_session)|id=["']?login_form\b/i.test(page)
}
