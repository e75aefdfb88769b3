import { createHash } from 'node:crypto'
import { z } from 'zod'

import type { Route } from '../contract/routes.ts'
import { validationFailed } from './parse-request.ts'

const Uuid = z.uuid().toLowerCase()
const Parameters = z.record(z.string(), z.string())
const HEADER = 'Idempotency-Key'

/** The id of a request from its header and its body, in lower case; null when it has none. Throws ApiProblem (422). */
export function requestIdOf(header: string, body: unknown): string | null {
  const inHeader = header === '' ? null : parseHeader(header)
  const inBody = requestIdIn(body)
  if (inHeader === null || inBody === null || inHeader === inBody) return inHeader ?? inBody
  throw validationFailed([{ pointer: HEADER, message: 'and request_id of the body differ: send only one' }])
}

/** A UUID, bare or as the quoted string of the IETF draft on the Idempotency-Key header, version 07. */
function parseHeader(header: string): string {
  const parsed = Uuid.safeParse(header.replace(/^"(.*)"$/, '$1'))
  if (parsed.success) return parsed.data
  throw validationFailed([{ pointer: HEADER, message: 'must be a UUID' }])
}

function requestIdIn(body: unknown): string | null {
  const isThere = typeof body === 'object' && body !== null && 'request_id' in body
  return isThere && typeof body.request_id === 'string' ? body.request_id.toLowerCase() : null
}

/** Method and path in one spelling, whichever prefix they were sent with; parameters as the route has read them. */
export function canonicalEndpoint({ method, path }: Route, params: unknown): string {
  const read = Parameters.parse(params)
  const concrete = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(read[name] ?? ''))
  return `${method.toUpperCase()} ${concrete}`
}

interface Asked {
  readonly query: unknown
  readonly body: unknown
}

/** Tells one user's request from any other; made of a hash, so nothing of it is kept. */
export function fingerprintOf(userId: string, { query, body }: Asked): string {
  // A file stands by its hash: written out as JSON it would be several times its size.
  const sent = body instanceof Uint8Array ? createHash('sha256').update(body).digest('hex') : body
  return createHash('sha256')
    .update(JSON.stringify([userId, query ?? {}, sent], canonically))
    .digest('hex')
}

function canonically(key: string, value: unknown): unknown {
  if (key === 'request_id') return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
