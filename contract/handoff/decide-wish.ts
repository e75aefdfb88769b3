import { decideAdvance, decideRetry } from './advance.ts'
import { refuseMove, type HandoffBuild, type HandoffDecision } from './decision.ts'
import { isSentBack, rollbacksOf, type PastMove } from './past.ts'
import { decideRollback } from './rollback.ts'
import { readVerdict, type Judgement } from './verdict.ts'
import type { HandoffState } from '../machines/handoff-machine.ts'
import type { JobState } from '../machines/run-machines.ts'
import type { Role } from '../roles.ts'

/** What somebody asks of a build. */
export type HandoffWish =
  | {
      readonly kind: 'advance'
      readonly role: Role | null
      readonly completed_state: HandoffState
      readonly next_state: HandoffState | null
      /** Of the right shape for the completed state. */
      readonly result: Judgement
    }
  | { readonly kind: 'request_retry' }
  | { readonly kind: 'rollback'; readonly target_state: HandoffState }

/** What decides about a wish. */
export interface HandoffFacts {
  readonly build: HandoffBuild
  readonly past: readonly PastMove[]
  /** Why nothing follows, though the build is not complete: it was canceled, or its task has settled on its failure. */
  readonly stopped: 'canceled' | 'settled' | null
  /** Whether an operator has it wait. */
  readonly is_paused: boolean
}

interface Stopped {
  readonly state: HandoffState
  /** Null for a build that is its own root. */
  readonly task_id: string | null
  /** Of its newest job. */
  readonly job_status: JobState
}

/** Why nothing follows on a build that is not complete; null when something may. */
export function stoppedBy({ state, task_id, job_status }: Stopped): HandoffFacts['stopped'] {
  if (state === 'complete') return null
  if (job_status === 'CANCELED') return 'canceled'
  return state === 'error' && task_id !== null ? 'settled' : null
}

const STOPPED = {
  canceled: 'This build was canceled. Start a new build, or execute another masterplan if it belongs to one.',
  settled:
    'This build of a task has failed, and its task with it. Retry the task: a new build begins from discovery.',
} as const

const PAUSED =
  'An operator has paused this build, so nothing is handed on. Keep what you have, and send it again, under a new request id, once the status of the build shows that it is not paused any more.'

/** Decides what a wish does to a build; the same in the transaction that carries it out and before one is asked for. */
export function decideWish(facts: HandoffFacts, wish: HandoffWish): HandoffDecision {
  const { build, past, stopped, is_paused } = facts
  if (stopped !== null) return refuseMove(build, [], STOPPED[stopped])
  // A rollback is for operators too: a build may be held first, and taken back where it stands still.
  if (wish.kind === 'rollback') return decideRollback(build, wish.target_state, rollbacksOf(past))
  if (is_paused) return refuseMove(build, [], PAUSED)
  if (wish.kind === 'request_retry') return decideRetry(build)
  const { role, completed_state, next_state, result } = wish
  const verdict = readVerdict(completed_state, result)
  const decision = decideAdvance(build, { role, completed_state, verdict, next_state })
  const owesChanges = completed_state === 'implementation' && verdict === 'passed' && isSentBack(past)
  if (decision.kind === 'refused' || !owesChanges || result['changes'] !== undefined) return decision
  const detail = 'This work came back: say in phase_result.changes what is different now, then send it again.'
  return { ...refuseMove(build, [build.state], detail), code: 'VALIDATION_FAILED' }
}
