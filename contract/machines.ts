// Every state machine as a table. Workflow, API validation, documents and property tests read this one file.

import { HANDOFF, type HandoffEvent, type HandoffState } from './machines/handoff-machine.ts'
import type { Condition, Machine, TransitionKind } from './machines/machine.ts'
import {
  PLAN,
  TASK,
  type PlanEvent,
  type PlanState,
  type TaskEvent,
  type TaskState,
} from './machines/masterplan-machines.ts'
import {
  JOB,
  WORKER,
  WORKSPACE,
  type JobEvent,
  type JobState,
  type WorkerEvent,
  type WorkerState,
  type WorkspaceEvent,
  type WorkspaceState,
} from './machines/run-machines.ts'

export type { Actor, Condition, TransitionKind } from './machines/machine.ts'
export type { JobState, WorkspaceState } from './machines/run-machines.ts'

interface Words {
  readonly workspace: { readonly state: WorkspaceState; readonly event: WorkspaceEvent }
  readonly job: { readonly state: JobState; readonly event: JobEvent }
  readonly worker: { readonly state: WorkerState; readonly event: WorkerEvent }
  readonly plan: { readonly state: PlanState; readonly event: PlanEvent }
  readonly task: { readonly state: TaskState; readonly event: TaskEvent }
  readonly handoff: { readonly state: HandoffState; readonly event: HandoffEvent }
}

export type MachineName = keyof Words
export type StateOf<M extends MachineName> = Words[M]['state']
export type EventOf<M extends MachineName> = Words[M]['event']

export const MACHINES: { readonly [M in MachineName]: Machine<StateOf<M>, EventOf<M>> } = {
  workspace: WORKSPACE,
  job: JOB,
  worker: WORKER,
  plan: PLAN,
  task: TASK,
  handoff: HANDOFF,
}

/** The states a machine may move to from `from`; a new entity (null) may only enter its initial state. */
export function allowedMoves<M extends MachineName>(machine: M, from: string | null): readonly StateOf<M>[] {
  const table: Machine<StateOf<M>, EventOf<M>> = MACHINES[machine]
  if (from === null) return [table.initial]
  return [...new Set(table.moves.filter((move) => move.from === from).map(({ to }) => to))]
}

/** Whether the table allows the move; the same state again is a move like any other and must be listed. */
export function mayMove<M extends MachineName>(machine: M, from: StateOf<M> | null, to: StateOf<M>): boolean {
  return allowedMoves(machine, from).includes(to)
}

/** What an event does to a state: where it leads, or why it leads nowhere. */
export type Step<S extends string> =
  | { readonly kind: 'moved'; readonly to: S; readonly by: TransitionKind }
  | {
      readonly kind: 'refused'
      /** `not_listed`: this state does not know the event; otherwise the condition that was not vouched for. */
      readonly why: 'not_listed' | Condition
      readonly current_state: S
      /** Where other events lead from here. */
      readonly allowed: readonly S[]
    }

/** Follows an event from a state. `holding` are the conditions the caller vouches for. */
export function next<M extends MachineName>(
  machine: M,
  state: StateOf<M>,
  event: EventOf<M>,
  holding: readonly Condition[] = [],
): Step<StateOf<M>> {
  const table: Machine<StateOf<M>, EventOf<M>> = MACHINES[machine]
  const move = table.moves.find(({ from, on }) => from === state && on === event)
  const lacking = move?.when !== undefined && !holding.includes(move.when) ? move.when : null
  if (move !== undefined && lacking === null) return { kind: 'moved', to: move.to, by: move.kind }
  const allowed = allowedMoves(machine, state)
  return { kind: 'refused', why: lacking ?? 'not_listed', current_state: state, allowed }
}

/** Whether nothing can follow this job state. */
export function isTerminalJob(state: JobState): boolean {
  return allowedMoves('job', state).length === 0
}
