// What a state machine is, as data. The tables themselves stand beside this file; machines.ts reads them.

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

/** What a move asks for beyond the state it starts from; whoever steps the machine vouches for it. */
export type Condition = 'retries_left' | 'retries_spent'

export interface Move<S extends string, E extends string> {
  readonly from: S
  readonly on: E
  readonly to: S
  readonly kind: TransitionKind
  readonly when?: Condition
}

export interface Machine<S extends string, E extends string> {
  readonly initial: S
  readonly states: readonly S[]
  /** At most one move for each pair of state and event. */
  readonly moves: readonly Move<S, E>[]
}
