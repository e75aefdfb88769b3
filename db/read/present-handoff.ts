import { handoffData } from '../../contract/handoff/handoff-data.ts'
import { completedPhases, handoffProgress } from '../../contract/handoff/progress.ts'
import type { HandoffData, HandoffPhases, HandoffRecord, HandoffStatus } from '../../contract/handoffs.ts'
import { HandoffPhases as Phases, HandoffRecord as Recorded } from '../../contract/handoffs.ts'
import { PHASES } from '../../contract/machines/handoff-machine.ts'
import { expectationOf } from '../../contract/roles.ts'
import type { HandoffParts, HandoffView, MoveRow, ResultRow, ToldMoves } from './handoffs.ts'

const MS_PER_MINUTE = 60_000
const MINUTES_PER_HOUR = 60

/** A span of time as `Xh Ym`. */
export function spellElapsed(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MS_PER_MINUTE))
  return `${Math.floor(minutes / MINUTES_PER_HOUR)}h ${minutes % MINUTES_PER_HOUR}m`
}

function toPhases(standing: readonly ResultRow[]): HandoffPhases {
  const bodyOf = (phase: string): unknown => standing.find(({ state }) => state === phase)?.body ?? null
  return Phases.parse(Object.fromEntries(PHASES.map((phase) => [phase, bodyOf(phase)])))
}

/** The moves of a build as its history tells them. */
export function toRecords({ moves, results, attempts }: ToldMoves): HandoffRecord[] {
  return moves.map(({ move_id: id, data, notes, at, ...move }) => {
    const handed_on = data.standing.flatMap((result_id) => {
      const of = attempts.get(result_id)
      return of === undefined ? [] : [[of.state, of.attempt] as const]
    })
    const result = results.find(({ result_id }) => result_id === data.result_id)?.body ?? null
    const { workflow_id, from_role, to_role, from_state, to_state } = move
    const told = { id, workflow_id, from_role, to_role, from_state, to_state, notes }
    const data_transferred = { result, handed_on: Object.fromEntries(handed_on) }
    return Recorded.parse({ ...told, data_transferred, timestamp: at.toISOString() })
  })
}

/** What a move handed on to the next role, from the results that stood after it. */
export function toHandoffData(move: MoveRow, standing: readonly ResultRow[]): HandoffData {
  const { workflow_id, to_state, at } = move
  return handoffData({ workflow_id, to_state, phases: toPhases(standing), at })
}

/** What nobody is to do, on a build that was stopped for good. */
const CANCELED = {
  expected: { role: null, task: 'Nothing: this build was canceled where it stands.', deadline: null },
  last_error: {
    code: 'CANCELED',
    message: 'This build was canceled. Start a new one to go on.',
    stage: null,
    retryable: false,
  },
} as const

function endOf({ state, job_status }: HandoffView): HandoffStatus['status'] {
  if (state === 'complete') return 'complete'
  return state === 'error' || job_status === 'CANCELED' ? 'error' : 'in_progress'
}

/** Where a build stands. */
export function toStatus(
  { handoff, standing, rollback_count, newest }: HandoffParts,
  now: Date,
): HandoffStatus {
  const { workflow_id, build_id, project_id, state, retry_count, autorun, is_paused: paused } = handoff
  const isCanceled = handoff.job_status === 'CANCELED' && state !== 'complete'
  const expected = isCanceled ? CANCELED.expected : expectationOf(state)
  const last_error = isCanceled ? (handoff.last_error ?? CANCELED.last_error) : handoff.last_error
  const until = handoff.completed_at ?? now
  return {
    workflow_id,
    build_id,
    project_id,
    current_state: state,
    current_role: expected.role,
    progress: handoffProgress(handoff),
    completed_phases: [...completedPhases(handoff)],
    phases: toPhases(standing),
    handoff_history: toRecords(newest),
    elapsed_time: spellElapsed(until.getTime() - handoff.created_at.getTime()),
    retry_count,
    rollback_count,
    next_expectations: expected,
    status: endOf(handoff),
    autorun,
    paused,
    last_error,
    created_at: handoff.created_at.toISOString(),
    updated_at: handoff.updated_at.toISOString(),
    completed_at: handoff.completed_at?.toISOString() ?? null,
  }
}
