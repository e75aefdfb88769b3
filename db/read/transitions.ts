import { MACHINES, movesOn, type EventOf, type MachineName } from '../../contract/machines.ts'
import type { ReadDb } from '../open.ts'

interface Wish<M extends MachineName> {
  readonly machine: M
  readonly entity_id: string
  readonly event: EventOf<M> | 'create'
  /** Null was no request, and so moved nothing before. */
  readonly request_id: string | null
}

/** Whether this very request was carried out before: then a repetition of it is the same wish. */
export async function wasMovedBy<M extends MachineName>(
  db: Pick<ReadDb, 'selectFrom'>,
  { machine, entity_id, event, request_id }: Wish<M>,
): Promise<boolean> {
  if (request_id === null) return false
  const moves = event === 'create' ? [{ from: null, to: MACHINES[machine].initial }] : movesOn(machine, event)
  const move = await db
    .selectFrom('transitions')
    .select('seq')
    .where('machine', '=', machine)
    .where('entity_id', '=', entity_id)
    .where('request_id', '=', request_id)
    .where((row) =>
      row.or(
        moves.map(({ from, to }) =>
          row.and([row('from_state', 'is not distinct from', from), row('to_state', '=', to)]),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst()
  return move !== undefined
}
