import type { Insertable, Transaction } from 'kysely'

import {
  allowedMoves,
  mayMove,
  type Actor,
  type MachineName,
  type StateOf,
  type TransitionKind,
} from '../../contract/machines.ts'
import type { Database, TransitionsTable } from '../schema.ts'

export interface Transition<M extends MachineName> {
  readonly machine: M
  readonly entity_id: string
  readonly tenant_id: string
  readonly from: StateOf<M> | null
  readonly to: StateOf<M>
  readonly kind: TransitionKind
  readonly actor: Actor
  readonly reason?: string | null
  readonly request_id?: string | null
  /** What was wished under the request, where one id may stand for several wishes. */
  readonly wish?: string | null
}

/** A move that the machine's table does not list. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition'
  readonly machine: MachineName
  readonly from: string | null
  readonly allowed: readonly string[]

  constructor(machine: MachineName, from: string | null, to: string) {
    super(`${machine} cannot go from ${from ?? 'nothing'} to ${to}`)
    this.machine = machine
    this.from = from
    this.allowed = allowedMoves(machine, from)
  }
}

/** Writes one row of audit for a change of state; throws IllegalTransition when the table forbids the move. */
export async function recordTransition<M extends MachineName>(
  trx: Transaction<Database>,
  transition: Transition<M>,
): Promise<void> {
  await recordTransitions(trx, [transition])
}

/** Writes the rows of audit for changes of state that follow each other; throws IllegalTransition and writes none. */
export async function recordTransitions<M extends MachineName>(
  trx: Transaction<Database>,
  transitions: readonly Transition<M>[],
): Promise<void> {
  await trx.insertInto('transitions').values(transitions.map(toRow)).execute()
}

function toRow<M extends MachineName>(transition: Transition<M>): Insertable<TransitionsTable> {
  const {
    machine,
    entity_id,
    tenant_id,
    from,
    to,
    kind,
    actor,
    reason = null,
    request_id = null,
    wish = null,
  } = transition
  // A rollback of a hand-off stands outside its table; decideRollback says where it may lead.
  const isListed = (machine === 'handoff' && kind === 'rollback') || mayMove(machine, from, to)
  if (!isListed) throw new IllegalTransition(machine, from, to)
  return {
    machine,
    entity_id,
    tenant_id,
    from_state: from,
    to_state: to,
    kind,
    actor_type: actor.type,
    actor_id: actor.id,
    reason,
    request_id,
    wish,
  }
}
