import {
  PHASES,
  STRAIGHT_WAY,
  type HandoffState,
  type Phase,
  type WorkingState,
} from '../machines/handoff-machine.ts'

/** Where a build stands. */
export interface HandoffPlace {
  readonly state: HandoffState
  /** In `error`, the state that failed; null everywhere else. */
  readonly failed_state: WorkingState | null
}

/** The phase a state belongs to: its own, for a hand-off the phase that gives, in the end the last. */
export function phaseOf(state: WorkingState | 'complete'): Phase {
  const place = STRAIGHT_WAY.indexOf(state)
  return PHASES.findLast((phase) => STRAIGHT_WAY.indexOf(phase) <= place) ?? 'discovery'
}

/** Where on the straight way a build stands: one that failed stands where it failed, at the start when that is unknown. */
export function standingAt({ state, failed_state }: HandoffPlace): WorkingState | 'complete' {
  return state === 'error' ? (failed_state ?? 'discovery') : state
}

const rankOf = (place: HandoffPlace): number => STRAIGHT_WAY.indexOf(standingAt(place))

/**
 * The phases whose completing move stands. Whatever leads back to a phase, be it a retry, a rollback or a recovery,
 * takes back the completion of that phase and of all later ones, and nothing leads past a phase that is not complete:
 * so the place alone tells which stand.
 */
export function completedPhases(place: HandoffPlace): readonly Phase[] {
  const rank = rankOf(place)
  return PHASES.filter((phase) => STRAIGHT_WAY.indexOf(phase) < rank)
}

/** Progress in percent with one decimal: 0 at the start, 100 only when complete. */
export function handoffProgress(place: HandoffPlace): number {
  return Math.round((completedPhases(place).length / PHASES.length) * 1_000) / 10
}

/** The completed phases that a return to `target` takes back, in their order. */
export function undonePhases(place: HandoffPlace, target: Phase): readonly Phase[] {
  const done = completedPhases(place)
  return done.filter((phase) => PHASES.indexOf(phase) >= PHASES.indexOf(target))
}

/** The phases up to and with the one the place stands in: going to any of them skips nothing. */
export function reachedPhases(place: HandoffPlace): readonly Phase[] {
  const rank = rankOf(place)
  return PHASES.filter((phase) => STRAIGHT_WAY.indexOf(phase) <= rank)
}
