import { RunFailure } from '../contract/run-errors.ts'

const KEY_IS_LOST = new Set(['token_invalid', 'token_expired', 'token_revoked', 'unauthenticated'])

/**
 * Waits for a call whose failure the run can live with, and gives the failure as a value. A refused key still throws,
 * since no later call can succeed; so does an abort.
 */
export async function sideCall<T>(call: Promise<T>): Promise<T | RunFailure> {
  try {
    return await call
  } catch (error) {
    if (error instanceof RunFailure && !KEY_IS_LOST.has(error.canvas?.kind ?? '')) return error
    throw error
  }
}
