import {
  HANDOFF,
  PHASES,
  STRAIGHT_WAY,
  type HandoffState,
  type WorkingState,
} from '../machines/handoff-machine.ts'
import type { TransitionKind } from '../machines/machine.ts'
import type { Rollback } from './rollback.ts'

/** A move that a build has made. */
export interface PastMove {
  readonly kind: TransitionKind
  readonly from_state: HandoffState
  readonly to_state: HandoffState
}

/** How often a state was entered so far, the beginning included: the attempt it is in, or was in last. */
export function attemptOf(past: readonly PastMove[], state: HandoffState): number {
  const entries = past.filter(({ to_state }) => to_state === state).length
  return state === HANDOFF.initial ? entries + 1 : entries
}

/** The rollbacks a build has made, as the limits count them. */
export function rollbacksOf(past: readonly PastMove[]): readonly Rollback[] {
  return past
    .filter(({ kind }) => kind === 'rollback')
    .map(({ from_state, to_state }) => ({ from_state, target_state: to_state }))
}

/** Whether implementation now answers work that came back, and so has to say what changed. */
export function isSentBack(past: readonly PastMove[]): boolean {
  let sentBack = false
  for (const { kind, from_state } of past) {
    if (kind === 'retry') sentBack = true
    // A rollback asks for it anew; what was handed on has been answered.
    else if (kind === 'rollback' || (kind === 'advance' && from_state === 'implementation')) sentBack = false
  }
  return sentBack
}

/** Whether the work at hand is what was made after it came back, so that whoever looks at it is told why it did. */
export function cameBack(past: readonly PastMove[]): boolean {
  const turns = past.filter(({ kind }) => kind === 'retry' || kind === 'rollback')
  return turns.at(-1)?.kind === 'retry'
}

/** The states whose results a move to a phase takes back: that phase and all after it on the straight way. */
export function takenBack(to: HandoffState): readonly WorkingState[] {
  const phase = PHASES.find((each) => each === to)
  if (phase === undefined) return []
  const rank = STRAIGHT_WAY.indexOf(phase)
  return STRAIGHT_WAY.filter(
    (state): state is Exclude<typeof state, 'complete'> => state !== 'complete',
  ).slice(rank)
}
