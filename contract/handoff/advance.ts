import {
  moveBuild,
  refuseEnded,
  refuseMove,
  returnTo,
  stopBuild,
  type HandoffBuild,
  type HandoffDecision,
  type HandoffRefusal,
} from './decision.ts'
import {
  PHASES,
  type HandoffEvent,
  type HandoffState,
  type WorkingState,
} from '../machines/handoff-machine.ts'
import { phaseOf, reachedPhases, standingAt } from './progress.ts'
import type { Verdict } from './verdict.ts'
import { allowedMoves, next } from '../machines.ts'
import { ROLE_TITLES, STATE_DUTIES, type Role } from '../roles.ts'

/** How often work may be sent back in one build; the next time the build stops. */
export const MAX_RETRIES = 3

export interface AdvanceRequest {
  /** Who acts; a recovery needs none. */
  readonly role: Role | null
  readonly completed_state: HandoffState
  /** How the completed state ended; a recovery does not look at it. */
  readonly verdict: Verdict
  /** Where the caller believes the build goes; null leaves it open. */
  readonly next_state: HandoffState | null
}

const EVENTS: { readonly [V in Verdict]: HandoffEvent } = {
  passed: 'pass',
  failed: 'send_back',
  accepted: 'accept',
  error: 'fail',
}

const refuseStopped = (build: HandoffBuild): HandoffRefusal =>
  refuseMove(build, PHASES, 'The work has stopped on an error. Recover it by an advance from error.')

/** Stops a build on an error; one that is over or has stopped already is refused. */
export function decideFailure(build: HandoffBuild): HandoffDecision {
  if (build.state === 'complete') return refuseEnded(build)
  if (build.state === 'error') return refuseStopped(build)
  return stopBuild(build, build.state)
}

/** Sends the work back to implementation, or stops the build with RETRIES_EXHAUSTED when that was done too often. */
export function decideRetry(build: HandoffBuild): HandoffDecision {
  const { state, retry_count } = build
  if (state === 'complete') return refuseEnded(build)
  if (state === 'error') return refuseStopped(build)
  const step = next('handoff', state, 'send_back', retry_count < MAX_RETRIES ? ['retries_left'] : [])
  if (step.kind === 'moved') {
    return moveBuild(build, returnTo(build, 'implementation', step.by), { retry_count: retry_count + 1 })
  }
  if (step.why === 'retries_left') return stopBuild(build, state, 'RETRIES_EXHAUSTED')
  const detail = `Work is sent back from testing or verification only, and this build is in ${state}. Look at its status for what is awaited.`
  return refuseMove(build, step.allowed, detail)
}

/** Takes a failed build up in the phase that failed, or that gave what was not accepted, unless an earlier one is asked. */
function decideRecovery(build: HandoffBuild, asked: HandoffState | null): HandoffDecision {
  const reached = reachedPhases(build)
  const wanted = asked ?? phaseOf(standingAt(build))
  const target = reached.find((phase) => phase === wanted)
  if (target !== undefined) return moveBuild(build, returnTo(build, target, 'recover'))
  const detail = `A recovery skips nothing: this build can be taken up in ${reached.join(' or ')}, not in ${wanted}. Leave next_state out to take it up where it failed.`
  return refuseMove(build, reached, detail)
}

function refuseRole(build: HandoffBuild, actor: Role, role: Role | null): HandoffRefusal {
  const acting = role === null ? 'no role was given' : `you act as ${role}`
  const detail = `In ${build.state} it is the turn of the ${ROLE_TITLES[actor]} (${actor}), and ${acting}. Wait for your turn, or act in that role.`
  return { ...refuseMove(build, allowedMoves('handoff', build.state), detail), code: 'ROLE_MISMATCH' }
}

function followVerdict(
  build: HandoffBuild,
  state: WorkingState,
  { verdict, next_state }: AdvanceRequest,
): HandoffDecision {
  // Limits are counted afterwards: whoever sends work back once too often asks for nothing unlawful.
  const step = next('handoff', state, EVENTS[verdict], ['retries_left'])
  if (step.kind === 'refused') {
    const detail = `The verdict ${verdict} does not end ${state}. ${STATE_DUTIES[state].task}`
    return refuseMove(build, step.allowed, detail)
  }
  if (next_state !== null && next_state !== step.to) {
    const detail = `With the verdict ${verdict}, ${state} leads to ${step.to}, not to ${next_state}. Leave next_state out, or look at your verdict again.`
    return refuseMove(build, [step.to], detail)
  }
  if (verdict === 'failed') return decideRetry(build)
  if (verdict === 'error') return stopBuild(build, state)
  return moveBuild(build, { to: step.to, by: step.by, undone_phases: [], failed_state: null })
}

/**
 * Decides what an advance does to a build. What is reported must be about the state the build is in, then it must be
 * the role's turn; where the build goes follows from state and verdict alone, and a differing `next_state` is refused.
 */
export function decideAdvance(build: HandoffBuild, request: AdvanceRequest): HandoffDecision {
  const { state } = build
  if (request.completed_state !== state) {
    const detail = `This build is in ${state}, not in ${request.completed_state}. Look at its status and report on ${state}.`
    return refuseMove(build, allowedMoves('handoff', state), detail)
  }
  if (state === 'complete') return refuseEnded(build)
  if (state === 'error') return decideRecovery(build, request.next_state)
  const { actor } = STATE_DUTIES[state]
  return actor === request.role
    ? followVerdict(build, state, request)
    : refuseRole(build, actor, request.role)
}
