import type { MachineName } from '../../contract/machines.ts'
import type { ReadDb } from '../open.ts'

interface Wished {
  readonly machine: MachineName
  readonly entity_id: string
  readonly wish: string
  /** Null was no request, and so moved nothing before. */
  readonly request_id: string | null
}

/** Whether this very wish was carried out before: then a repetition of it is the same. */
export async function wasMovedBy(
  db: Pick<ReadDb, 'selectFrom'>,
  { machine, entity_id, wish, request_id }: Wished,
): Promise<boolean> {
  if (request_id === null) return false
  const move = await db
    .selectFrom('transitions')
    .select('seq')
    .where('machine', '=', machine)
    .where('entity_id', '=', entity_id)
    .where('request_id', '=', request_id)
    .where('wish', '=', wish)
    .limit(1)
    .executeTakeFirst()
  return move !== undefined
}
