import { ApiProblem } from '../contract/problem.ts'
import { isDatabaseAway } from '../db/open.ts'
import { PartAway, type Part } from '../runs/part-away.ts'

const AWAY_RETRY_SECONDS = 5

/** Decides what a client is told of anything thrown: a problem as it is, a part that is away, or an internal error. */
export function toProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  if (thrown instanceof PartAway) return partAway(thrown.part, thrown)
  if (isDatabaseAway(thrown)) return partAway('PostgreSQL', thrown)
  return new ApiProblem(
    'INTERNAL',
    'Something went wrong on our side. Try again; if it stays, give the operator the trace_id.',
    { cause: thrown },
  )
}

function partAway(part: Part, cause: unknown): ApiProblem {
  const detail = `${part} does not answer at the moment. Try again in ${AWAY_RETRY_SECONDS} seconds; if it stays, tell the operator.`
  return new ApiProblem('SERVICE_UNAVAILABLE', detail, { cause, retryAfterSeconds: AWAY_RETRY_SECONDS })
}
