import { type ActivityFailure, ApplicationFailure } from '@temporalio/workflow'

import type { Stage } from '../contract/stages.ts'

/** A stage that did not get through. */
export interface Parked<S extends Stage = Stage> {
  readonly stage: S
  readonly code: string
  /** The code in words that hold nothing of the assignment. */
  readonly title: string
  /** Whether nobody has written the failure down yet. */
  readonly silent: boolean
}

/** Reads a stage's failure: one the stage reported itself carries its code, anything else died without a word. */
export function parkedBy<S extends Stage>(stage: S, cause: unknown): Parked<S> {
  if (cause instanceof ApplicationFailure && cause.details?.[0] === 'parked') {
    return { stage, code: cause.type ?? 'RETRIES_EXHAUSTED', title: cause.message, silent: false }
  }
  return { stage, code: 'RETRIES_EXHAUSTED', title: 'It failed each time it was tried', silent: true }
}

/** Whether a stage found that another run had taken the place of its own. */
export function wasSuperseded(failure: ActivityFailure): boolean {
  return failure.cause instanceof ApplicationFailure && failure.cause.type === 'SUPERSEDED'
}
