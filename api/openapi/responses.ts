import { STATUS_CODES } from 'node:http'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'

import { Problem, PROBLEMS, type ProblemCode } from '../../contract/problem.ts'
import type { Route } from '../../contract/routes.ts'

const TEXT = { type: 'string' } as const
const HEADERS = {
  'X-Request-Id': { description: 'The trace_id of this request', schema: TEXT },
  ETag: { description: 'The version of what is answered', schema: TEXT },
  'Retry-After': { description: 'Seconds to wait before trying again', schema: { type: 'integer' } },
  'RateLimit-Policy': {
    description: 'The limits of this request: how many (q) in how many seconds (w)',
    schema: TEXT,
  },
  RateLimit: { description: 'What is left of them (r), and the seconds until all is back (t)', schema: TEXT },
  'Idempotent-Replay': { description: '`true` on a reply kept from an earlier request', schema: TEXT },
  Location: { description: 'Where to see how it goes on', schema: TEXT },
} as const

/** Whether a route takes an idempotency key and answers its repetition with the reply of the first. */
export function takesRequestId({ method, access, keepsReply }: Route): boolean {
  return method !== 'get' && access !== 'none' && keepsReply !== false
}

const LIMIT_HEADERS = {
  'RateLimit-Policy': HEADERS['RateLimit-Policy'],
  RateLimit: HEADERS.RateLimit,
} as const

/** Whether a route counts what its callers begin. */
function isLimited({ begins, access, problems }: Route): boolean {
  return begins !== undefined || (access === 'none' && problems.includes('RATE_LIMITED'))
}

/** All a route can answer: what it declares, and the problems that come with its kind. */
export function describeResponses(route: Route): ZodOpenApiResponsesObject {
  const answers = Object.entries(route.answers).map(([status, schema]) => [
    status,
    describeAnswer(route, Number(status), schema),
  ])
  const unchanged = [['304', { description: 'Not changed since the version of If-None-Match' }]]
  const byStatus = Map.groupBy(problemsOf(route), (code) => String(statusOf(route, code)))
  const problems = [...byStatus].map(([status, codes]) => [status, describeProblems(route, codes)])
  return Object.fromEntries([...answers, ...(isConditional(route) ? unchanged : []), ...problems])
}

/** The status a route answers a problem with: under /masterplans what a state does not admit is 400 (contract §4). */
function statusOf({ refusesWith400 }: Route, code: ProblemCode): number {
  return refusesWith400 === true && code === 'INVALID_STATE_TRANSITION' ? 400 : PROBLEMS[code].status
}

/** Whether a route answers 304 to a version the client has. */
export function isConditional({ method, etag }: Route): boolean {
  return method === 'get' && etag === true
}

/** Whether a route can be told which version it is meant for. */
export function takesVersion({ problems }: Route): boolean {
  return problems.includes('STALE_VERSION')
}

function describeAnswer(
  route: Route,
  status: number,
  schema: Route['answers'][number],
): ZodOpenApiResponseObject {
  const { etag, answerType = 'application/json' } = route
  const headers = {
    'X-Request-Id': HEADERS['X-Request-Id'],
    ...(etag === true && { ETag: HEADERS.ETag }),
    ...(status === 202 && { Location: HEADERS.Location }),
    ...(isLimited(route) && LIMIT_HEADERS),
    ...(takesRequestId(route) && { 'Idempotent-Replay': HEADERS['Idempotent-Replay'] }),
  }
  const description = STATUS_CODES[status] ?? String(status)
  return schema === null
    ? { description, headers }
    : { description, headers, content: { [answerType]: { schema } } }
}

function describeProblems(route: Route, codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
  const waits = codes.some((code) => PROBLEMS[code].status === 429 || PROBLEMS[code].status === 503)
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
    headers: {
      'X-Request-Id': HEADERS['X-Request-Id'],
      ...(isLimited(route) && codes.includes('RATE_LIMITED') && LIMIT_HEADERS),
      ...(waits && { 'Retry-After': HEADERS['Retry-After'] }),
    },
    content: { 'application/problem+json': { schema: Problem } },
  }
}

function problemsOf(route: Route): readonly ProblemCode[] {
  const { access, body, params, query, problems } = route
  return [
    ...new Set<ProblemCode>([
      ...problems,
      ...(route.refusesWith400 === true ? (['INVALID_REQUEST'] as const) : []),
      ...(body === undefined
        ? []
        : (['INVALID_REQUEST', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)),
      ...((body ?? params ?? query ?? takesRequestId(route)) ? (['VALIDATION_FAILED'] as const) : []),
      ...(takesRequestId(route) ? (['IDEMPOTENCY_CONFLICT', 'IDEMPOTENCY_IN_PROGRESS'] as const) : []),
      ...(access === 'none'
        ? []
        : (['UNAUTHORIZED', 'FORBIDDEN', 'VALIDATION_FAILED', 'RATE_LIMITED'] as const)),
      'INTERNAL',
      'SERVICE_UNAVAILABLE',
    ]),
  ]
}
