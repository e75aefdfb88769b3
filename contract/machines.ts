// Every state machine as a table. Workflow, API validation, documents and property tests read this one file.

export interface Machine<S extends string> {
  readonly initial: S
  readonly moves: { readonly [From in S]: readonly S[] }
}

export type WorkspaceState = 'idle' | 'running' | 'ready' | 'failed'
export type JobState = 'SUBMITTED' | 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED'

/** `running → running` and `ready → running` are lawful only together with a new generation. */
const workspace: Machine<WorkspaceState> = {
  initial: 'idle',
  moves: {
    idle: ['running'],
    running: ['ready', 'failed', 'running'],
    ready: ['running'],
    failed: ['running'],
  },
}

const job: Machine<JobState> = {
  initial: 'SUBMITTED',
  moves: {
    SUBMITTED: ['PENDING', 'CANCELED'],
    PENDING: ['RUNNING', 'CANCELED'],
    RUNNING: ['COMPLETED', 'FAILED', 'CANCELED'],
    COMPLETED: [],
    FAILED: [],
    CANCELED: [],
  },
}

export const MACHINES = { workspace, job } as const
export type MachineName = keyof typeof MACHINES

interface StateOfMachine {
  readonly workspace: WorkspaceState
  readonly job: JobState
}
export type StateOf<M extends MachineName> = StateOfMachine[M]

export type TransitionKind =
  | 'create'
  | 'advance'
  | 'ack'
  | 'retry'
  | 'rollback'
  | 'fail'
  | 'recover'
  | 'operator'
  | 'reprocess'

export interface Actor {
  readonly type: 'user' | 'operator' | 'role' | 'system'
  readonly id: string
}

interface Table {
  readonly initial: string
  readonly moves: Readonly<Record<string, readonly string[]>>
}

/** The states a machine may move to from `from`; a new entity (null) may only enter its initial state. */
export function allowedMoves(machine: MachineName, from: string | null): readonly string[] {
  const table: Table = MACHINES[machine]
  return from === null ? [table.initial] : (table.moves[from] ?? [])
}

/** Whether the table allows the move; the same state again is a move like any other and must be listed. */
export function mayMove<M extends MachineName>(machine: M, from: StateOf<M> | null, to: StateOf<M>): boolean {
  return allowedMoves(machine, from).includes(to)
}

const TERMINAL_JOB_STATES: ReadonlySet<JobState> = new Set<JobState>(['COMPLETED', 'FAILED', 'CANCELED'])

/** Whether nothing can follow this job state. */
export function isTerminalJob(state: JobState): boolean {
  return TERMINAL_JOB_STATES.has(state)
}
