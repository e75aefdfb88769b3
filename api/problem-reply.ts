import { NARROWER_TITLES, PROBLEMS, type ApiProblem, type Problem } from '../contract/problem.ts'
import type { Reply } from './reply.ts'

const TYPE_PREFIX = 'urn:waymark:problem:'

/** What a problem is and is called: its type is a name, not an address, since every installation has its own host. */
function nameProblem({ code, narrower }: ApiProblem): Pick<Problem, 'type' | 'title'> {
  if (narrower !== undefined) return { type: TYPE_PREFIX + narrower, title: NARROWER_TITLES[narrower] }
  return { type: TYPE_PREFIX + code.toLowerCase().replaceAll('_', '-'), title: PROBLEMS[code].title }
}

/** Words a problem as RFC 9457 has it, for the request at `instance`. */
export function problemReply(
  problem: ApiProblem,
  { instance, traceId }: { readonly instance: string; readonly traceId: string },
): Reply {
  const { code, status, retryAfterSeconds, extras } = problem
  const { retryable } = PROBLEMS[code]
  const body: Problem = {
    ...nameProblem(problem),
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
