import {
  moveBuild,
  refuseEnded,
  refuseMove,
  returnTo,
  stopBuild,
  type HandoffBuild,
  type HandoffDecision,
} from './decision.ts'
import type { HandoffState } from '../machines/handoff-machine.ts'
import { phaseOf, reachedPhases, standingAt } from './progress.ts'

/** How often a build may be rolled back from one state to one target, and altogether. */
export const MAX_ROLLBACKS_PER_EDGE = 2
export const MAX_ROLLBACKS = 5

export interface Rollback {
  readonly from_state: HandoffState
  readonly target_state: HandoffState
}

/** Whether one more rollback of this kind would go over a limit, given those made in this build. */
function isTooOften(past: readonly Rollback[], { from_state, target_state }: Rollback): boolean {
  const alike = past.filter((old) => old.from_state === from_state && old.target_state === target_state)
  return past.length >= MAX_ROLLBACKS || alike.length >= MAX_ROLLBACKS_PER_EDGE
}

/**
 * Decides an operator's rollback to an earlier phase; `past` are those made in this build. One too many stops the build
 * with NON_CONVERGENCE: the caller is to answer that the rollback did not happen.
 */
export function decideRollback(
  build: HandoffBuild,
  target_state: HandoffState,
  past: readonly Rollback[],
): HandoffDecision {
  const { state } = build
  if (state === 'complete') return refuseEnded(build)
  const standing = standingAt(build)
  const earlier = reachedPhases(build).filter((phase) => phase !== standing)
  const target = earlier.find((phase) => phase === target_state)
  if (target === undefined) {
    const choice = earlier.length === 0 ? 'there is none before it' : `choose ${earlier.join(' or ')}`
    const detail = `A rollback goes to a phase before ${standing}: ${choice}. ${target_state} is none.`
    return refuseMove(build, earlier, detail)
  }
  if (!isTooOften(past, { from_state: state, target_state })) {
    return moveBuild(build, returnTo(build, target, 'rollback'))
  }
  if (state === 'error') {
    const detail = `This build was rolled back as often as it may be. Recover it by an advance from error to ${phaseOf(standing)} or earlier, or start a new build.`
    return refuseMove(build, [], detail)
  }
  return stopBuild(build, state, 'NON_CONVERGENCE')
}
