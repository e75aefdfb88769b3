import type { HandoffMove } from '../../../contract/handoff/decision.ts'
import { handoffProgress } from '../../../contract/handoff/progress.ts'
import type { Actor } from '../../../contract/machines.ts'
import type { HandoffState } from '../../../contract/machines/handoff-machine.ts'
import type { TransitionKind } from '../../../contract/machines/machine.ts'
import { STATE_DUTIES } from '../../../contract/roles.ts'
import { newEvent, type NewEvent } from '../events.ts'
import type { LockedHandoff } from './handoff-rows.ts'

const TYPES = {
  create: 'workflow_started',
  advance: 'state_advanced',
  ack: 'state_advanced',
  retry: 'retry_requested',
  rollback: 'rolled_back',
  fail: 'workflow_failed',
  recover: 'recovered',
  operator: 'workflow_failed',
  reprocess: 'workflow_failed',
} as const satisfies { readonly [K in TransitionKind]: string }

const WIRE = { complete: 'completed', error: 'failed' } as const

function wireOf(state: HandoffState): 'running' | 'completed' | 'failed' {
  return state === 'complete' || state === 'error' ? WIRE[state] : 'running'
}

interface Told {
  /** As the move leaves it. */
  readonly handoff: LockedHandoff
  readonly move: Pick<HandoffMove, 'by' | 'to' | 'from_role' | 'to_role'> & {
    readonly from: HandoffState | null
  }
  readonly attempt: number
  readonly actor: Actor
  readonly reason: string | null
  /**
   * Whose progress it is. Begin and end of a build belong to its own job, everything between to the job of the phase
   * that the move leads to or is given by: a return to an earlier phase is a new job, so in none does progress fall.
   */
  readonly job_id: string
  readonly isCanceled?: boolean
}

/** What a move of a build is told by; a position tells one from another. */
export function handoffEvent(
  { handoff, move, attempt, actor, reason, job_id, isCanceled }: Told,
  key: string,
): NewEvent {
  const { workflow_id, workspace_id, generation, state, failed_state, last_error } = handoff
  const { from: from_state, to: to_state, from_role, to_role, by } = move
  const type = to_state === 'complete' ? 'workflow_completed' : TYPES[by]
  const payload = { workflow_id, from_state, to_state, from_role, to_role, attempt, actor, reason }
  const why = last_error === null || to_state !== 'error' ? '' : ` ${last_error.message}`
  const message =
    isCanceled === true ? (reason ?? 'The build is canceled.') : `${STATE_DUTIES[state].description}.${why}`
  const envelope = {
    stream: 'workflow',
    workspace_id,
    job_id,
    generation,
    stage: null,
    status: isCanceled === true ? 'canceled' : by === 'create' ? 'pending' : wireOf(state),
    progress: Math.floor(handoffProgress({ state, failed_state })),
    message,
  } as const
  return newEvent(type, payload, envelope, key)
}
