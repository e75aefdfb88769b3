import type { MachineName } from '../../contract/machines.ts'
import type { ReadDb } from '../open.ts'

interface Wished {
  readonly machine: MachineName
  readonly entity_id: string
  readonly wish: string
  /** Null was no request, and so moved nothing before. */
  readonly request_id: string | null
}

const selectMoves = (
  db: Pick<ReadDb, 'selectFrom'>,
  { machine, entity_id }: Pick<Wished, 'machine' | 'entity_id'>,
  request_id: string,
) =>
  db
    .selectFrom('transitions')
    .select('seq')
    .where('machine', '=', machine)
    .where('entity_id', '=', entity_id)
    .where('request_id', '=', request_id)
    .limit(1)

/** Whether this very wish was carried out before: then a repetition of it is the same. */
export async function wasMovedBy(
  db: Pick<ReadDb, 'selectFrom'>,
  { wish, request_id, ...of }: Wished,
): Promise<boolean> {
  if (request_id === null) return false
  return (await selectMoves(db, of, request_id).where('wish', '=', wish).executeTakeFirst()) !== undefined
}

/** As `wasMovedBy`, for any worker a job has had: one may have been lost since, and another taken its place. */
export async function wasSteeredBy(
  db: Pick<ReadDb, 'selectFrom'>,
  job_id: string,
  { wish, request_id }: Pick<Wished, 'wish' | 'request_id'>,
): Promise<boolean> {
  if (request_id === null) return false
  const move = await db
    .selectFrom('workers')
    .innerJoin('transitions', 'transitions.entity_id', 'workers.worker_id')
    .select('transitions.seq')
    .where('workers.job_id', '=', job_id)
    .where('transitions.machine', '=', 'worker')
    .where('transitions.request_id', '=', request_id)
    .where('transitions.wish', '=', wish)
    .limit(1)
    .executeTakeFirst()
  return move !== undefined
}

/** Whether a job was canceled by this very request. */
export async function wasCanceledBy(db: ReadDb, job_id: string, request_id: string): Promise<boolean> {
  const moves = selectMoves(db, { machine: 'job', entity_id: job_id }, request_id)
  return (await moves.where('to_state', '=', 'CANCELED').executeTakeFirst()) !== undefined
}
