import { PROBLEMS, type ApiProblem, type Problem, type ProblemCode } from '../contract/problem.ts'
import type { Reply } from './reply.ts'

const TYPE_PREFIX = 'urn:waymark:problem:'

/** The problem type of a code: a name, not an address, since every installation has its own host. */
export function problemType(code: ProblemCode): string {
  return TYPE_PREFIX + code.toLowerCase().replaceAll('_', '-')
}

/** Words a problem as RFC 9457 has it, for the request at `instance`. */
export function problemReply(
  problem: ApiProblem,
  { instance, traceId }: { readonly instance: string; readonly traceId: string },
): Reply {
  const { code, status, retryAfterSeconds, extras } = problem
  const { title, retryable } = PROBLEMS[code]
  const body: Problem = {
    type: problemType(code),
    title,
    status,
    detail: problem.message,
    instance,
    code,
    retryable,
    trace_id: traceId,
    ...extras,
  }
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
    ...(code === 'UNAUTHORIZED' && { 'WWW-Authenticate': 'Bearer' }),
    // The rest of what was too large is not worth reading.
    ...(code === 'PAYLOAD_TOO_LARGE' && { Connection: 'close' }),
  }
  return { status, headers, body }
}
