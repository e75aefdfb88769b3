import { stoppedBy } from '../../../contract/handoff/decide-wish.ts'
import { attemptOf, type PastMove } from '../../../contract/handoff/past.ts'
import type { HandoffState } from '../../../contract/machines/handoff-machine.ts'
import type { LockedHandoff } from './handoff-rows.ts'

/** All that a run has to know of its build: small facts. */
export interface HandoffView {
  /** Of two views the one with the higher version is the newer. */
  readonly version: number
  readonly state: HandoffState
  /** How often the state was entered, this time included. */
  readonly attempt: number
  readonly autorun: boolean
  /** Whether nothing can follow. */
  readonly is_over: boolean
  /** Whether nothing new is to begin. */
  readonly is_paused: boolean
  readonly job_id: string
}

/** The view of a build. */
export function viewOf(row: LockedHandoff, past: readonly PastMove[]): HandoffView {
  const { version, state, autorun, job_id, is_paused } = row
  const is_over = state === 'complete' || stoppedBy(row) !== null
  return { version, state, attempt: attemptOf(past, state), autorun, is_over, is_paused, job_id }
}
