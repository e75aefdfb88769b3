import { ApiProblem } from '../contract/problem.ts'
import type { Route } from '../contract/routes.ts'

const BAD_REQUEST = 400

const isMalformed = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.code === 'VALIDATION_FAILED'

const toInvalid = (cause: ApiProblem): ApiProblem =>
  new ApiProblem('INVALID_REQUEST', cause.message, { cause, extras: cause.extras })

/** Reads ids and filters; where a route says so, what is malformed in them is 400 `INVALID_REQUEST` (contract §4). */
export function readParameters<R>(route: Route, read: () => R): R {
  try {
    return read()
  } catch (error) {
    throw route.refusesWith400 === true && isMalformed(error) ? toInvalid(error) : error
  }
}

/**
 * What a handler threw, as its route answers it: under /masterplans what the state does not admit is 400, and so is a
 * malformed cursor of a stream, in whichever of its two places.
 */
export function asRefused(route: Route, error: unknown): unknown {
  if (route.refusesWith400 !== true || !(error instanceof ApiProblem)) return error
  if (route.method === 'get' && isMalformed(error)) return toInvalid(error)
  const { message, extras, code } = error
  if (code !== 'INVALID_STATE_TRANSITION') return error
  return new ApiProblem(code, message, { cause: error, extras, status: BAD_REQUEST })
}
