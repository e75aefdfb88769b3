import type { HandoffState, Phase, WorkingState } from '../machines/handoff-machine.ts'
import { undonePhases, type HandoffPlace } from './progress.ts'
import type { TransitionKind } from '../machines/machine.ts'
import { STATE_DUTIES, type Role } from '../roles.ts'

/** What a decision about a build rests on. */
export interface HandoffBuild extends HandoffPlace {
  /** How often work was sent back in this build so far. */
  readonly retry_count: number
}

/** A move a build makes, with everything that changes with it. */
export interface HandoffMove {
  readonly kind: 'moved'
  readonly from: HandoffState
  readonly to: HandoffState
  readonly by: TransitionKind
  readonly from_role: Role | null
  readonly to_role: Role | null
  readonly retry_count: number
  /** The state that failed when the move ends in `error`, else null. */
  readonly failed_state: WorkingState | null
  /** Phases whose completion the move takes back; their results stay as superseded attempts. */
  readonly undone_phases: readonly Phase[]
  /** Why the build stopped where it was to go on, when a limit was reached. */
  readonly limit: 'RETRIES_EXHAUSTED' | 'NON_CONVERGENCE' | null
}

export interface HandoffRefusal {
  readonly kind: 'refused'
  readonly code: 'ROLE_MISMATCH' | 'INVALID_STATE_TRANSITION' | 'VALIDATION_FAILED'
  readonly current_state: HandoffState
  /** Where the build may go from here by the means that was tried. */
  readonly allowed: readonly HandoffState[]
  /** What stands against it, and what to do instead. */
  readonly detail: string
}

export type HandoffDecision = HandoffMove | HandoffRefusal

interface Destination {
  readonly to: HandoffState
  readonly by: TransitionKind
  readonly undone_phases: readonly Phase[]
  readonly failed_state: WorkingState | null
}

/** Where a return to an earlier phase leads, and what it takes back. */
export function returnTo(build: HandoffBuild, to: Phase, by: TransitionKind): Destination {
  return { to, by, undone_phases: undonePhases(build, to), failed_state: null }
}

/** The whole of a move, from where it leads. */
export function moveBuild(
  build: HandoffBuild,
  destination: Destination,
  { retry_count = build.retry_count, limit = null }: Partial<Pick<HandoffMove, 'retry_count' | 'limit'>> = {},
): HandoffMove {
  const from_role = STATE_DUTIES[build.state].actor
  const to_role = STATE_DUTIES[destination.to].actor
  return { kind: 'moved', from: build.state, ...destination, from_role, to_role, retry_count, limit }
}

/** Stops a build in `error`, where it waits for a person. */
export function stopBuild(
  build: HandoffBuild,
  failed_state: WorkingState,
  limit: HandoffMove['limit'] = null,
): HandoffMove {
  return moveBuild(build, { to: 'error', by: 'fail', undone_phases: [], failed_state }, { limit })
}

/** The refusal of any move of a build that is over. */
export function refuseEnded(build: HandoffBuild): HandoffRefusal {
  return refuseMove(build, [], 'The work is complete and nothing leads out of it. Start a new build instead.')
}

/** The refusal of a move that the state of a build does not admit. */
export function refuseMove(
  { state }: HandoffBuild,
  allowed: readonly HandoffState[],
  detail: string,
): HandoffRefusal {
  return { kind: 'refused', code: 'INVALID_STATE_TRANSITION', current_state: state, allowed, detail }
}
