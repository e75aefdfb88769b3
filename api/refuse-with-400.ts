import { ApiProblem } from '../contract/problem.ts'
import type { Route } from '../contract/routes.ts'

const BAD_REQUEST = 400

/** Reads ids and filters; where a route says so, what is malformed in them is 400 `INVALID_REQUEST` (contract §4). */
export function readParameters<R>(route: Route, read: () => R): R {
  try {
    return read()
  } catch (cause) {
    const isMalformed = cause instanceof ApiProblem && cause.code === 'VALIDATION_FAILED'
    if (route.refusesWith400 !== true || !isMalformed) throw cause
    throw new ApiProblem('INVALID_REQUEST', cause.message, { cause, extras: cause.extras })
  }
}

/** What a handler threw, as its route answers it: under /masterplans what the state does not admit is 400. */
export function asRefused(route: Route, error: unknown): unknown {
  const isState = error instanceof ApiProblem && error.code === 'INVALID_STATE_TRANSITION'
  if (route.refusesWith400 !== true || !isState) return error
  const { message, extras, code } = error
  return new ApiProblem(code, message, { cause: error, extras, status: BAD_REQUEST })
}
