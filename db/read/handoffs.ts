import { sql, type Selectable } from 'kysely'

import { rollbacksOf, type PastMove } from '../../contract/handoff/past.ts'
import type { HandoffStats } from '../../contract/handoffs.ts'
import type { ReadDb } from '../open.ts'
import type { HandoffMovesTable, HandoffResultsTable, IntentOutcome } from '../tables/handoffs.ts'
import type { LockedHandoff } from '../write/handoff/handoff-rows.ts'

type Queries = Pick<ReadDb, 'selectFrom'>

/** Whose builds may be seen: a user's own, or with a scope those of a tenant; `*` is every tenant. */
export type HandoffOwner = { readonly user_id: string } | { readonly tenant_id: string }

export type HandoffView = LockedHandoff & { readonly last_seq: number }
export type MoveRow = Selectable<HandoffMovesTable>
export type ResultRow = Selectable<HandoffResultsTable>

/** A build that the caller may see; undefined when it is absent or somebody else's. */
export async function findHandoff(
  db: Queries,
  workflow_id: string,
  owner: HandoffOwner,
): Promise<HandoffView | undefined> {
  const one = db
    .selectFrom('handoffs')
    .innerJoin('processing_jobs as job', 'job.job_id', 'handoffs.job_id')
    .innerJoin('event_streams as stream', 'stream.stream_id', 'handoffs.workflow_id')
    .leftJoin('workers as paused', (join) =>
      join.onRef('paused.job_id', '=', 'job.job_id').on('paused.status', '=', 'PAUSED'),
    )
    .selectAll('handoffs')
    .select(['job.status as job_status', 'job.depth', 'stream.last_seq'])
    .select(sql<boolean>`paused.worker_id is not null`.as('is_paused'))
    .where('handoffs.workflow_id', '=', workflow_id)
  if ('user_id' in owner) return one.where('handoffs.user_id', '=', owner.user_id).executeTakeFirst()
  if (owner.tenant_id === '*') return one.executeTakeFirst()
  return one.where('handoffs.tenant_id', '=', owner.tenant_id).executeTakeFirst()
}

/** The results that stand in a build now. */
export async function listStanding(db: Queries, workflow_id: string): Promise<readonly ResultRow[]> {
  return db
    .selectFrom('handoff_results')
    .selectAll()
    .where('workflow_id', '=', workflow_id)
    .where('superseded', '=', false)
    .execute()
}

/** Results by their ids, whether they stand or not. */
export async function listResults(db: Queries, ids: readonly string[]): Promise<readonly ResultRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('handoff_results')
    .selectAll()
    .where('result_id', 'in', [...ids])
    .execute()
}

/** Moves of a build with the results that were handed in with them, and the attempts of all that they handed on. */
export interface ToldMoves {
  readonly moves: readonly MoveRow[]
  readonly results: readonly ResultRow[]
  readonly attempts: ReadonlyMap<string, Pick<ResultRow, 'state' | 'attempt'>>
}

async function tell(db: Queries, workflow_id: string, moves: readonly MoveRow[]): Promise<ToldMoves> {
  const ids = moves.flatMap(({ data: { result_id } }) => (result_id === null ? [] : [result_id]))
  const rows = await db
    .selectFrom('handoff_results')
    .select(['result_id', 'state', 'attempt'])
    .where('workflow_id', '=', workflow_id)
    .execute()
  const attempts = new Map(rows.map(({ result_id, ...of }) => [result_id, of]))
  return { moves, results: await listResults(db, ids), attempts }
}

/** A page of the moves of a build in their order, and how many there are. */
export async function listHandoffMoves(
  db: Queries,
  workflow_id: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<ToldMoves & { readonly total: number }> {
  const all = db.selectFrom('handoff_moves').where('workflow_id', '=', workflow_id)
  const { total } = await all.select((row) => row.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const moves = await all.selectAll().orderBy('position').limit(limit).offset(offset).execute()
  return { ...(await tell(db, workflow_id, moves)), total }
}

const NEWEST_MOVES = 50

export interface HandoffParts {
  readonly handoff: HandoffView
  readonly standing: readonly ResultRow[]
  readonly rollback_count: number
  readonly newest: ToldMoves
}

/** Everything in a build at one moment; undefined when the caller may not see it. */
export async function findHandoffParts(
  db: ReadDb,
  workflow_id: string,
  owner: HandoffOwner,
): Promise<HandoffParts | undefined> {
  const reading = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return reading.execute(async (trx) => {
    const handoff = await findHandoff(trx, workflow_id, owner)
    if (handoff === undefined) return undefined
    const past = await listPast(trx, workflow_id)
    const newest = await trx
      .selectFrom('handoff_moves')
      .selectAll()
      .where('workflow_id', '=', workflow_id)
      .orderBy('position', 'desc')
      .limit(NEWEST_MOVES)
      .execute()
    return {
      handoff,
      standing: await listStanding(trx, workflow_id),
      rollback_count: rollbacksOf(past).length,
      newest: await tell(trx, workflow_id, newest.toReversed()),
    }
  })
}

/** The moves a build has made, in their order. */
export async function listPast(db: Queries, workflow_id: string): Promise<readonly PastMove[]> {
  return db
    .selectFrom('handoff_moves')
    .select(['kind', 'from_state', 'to_state'])
    .where('workflow_id', '=', workflow_id)
    .orderBy('position')
    .execute()
}

/** One move of a build. */
export async function findMove(db: Queries, move_id: string): Promise<MoveRow> {
  return db.selectFrom('handoff_moves').selectAll().where('move_id', '=', move_id).executeTakeFirstOrThrow()
}

/** What was kept under the id of an intent; undefined when nothing was. */
export async function findHandoffIntent(db: Queries, intent_id: string) {
  return db.selectFrom('handoff_intents').selectAll().where('intent_id', '=', intent_id).executeTakeFirst()
}

const ONE_DECIMAL = 10

/** How a user's builds of a project went. */
export async function sumUpHandoffs(
  db: Queries,
  { user_id, project_id }: { readonly user_id: string; readonly project_id: string },
): Promise<HandoffStats> {
  const own = db
    .selectFrom('handoffs')
    .innerJoin('processing_jobs as job', 'job.job_id', 'handoffs.job_id')
    .where('handoffs.user_id', '=', user_id)
    .where('project_id', '=', project_id)
  const counts = await own
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where state = 'complete')`.as('completed'),
      sql<number>`count(*) filter (where state = 'error' or job.status = 'CANCELED')`.as('failed'),
      sql<number>`coalesce(avg(extract(epoch from handoffs.completed_at - handoffs.created_at))
        filter (where state = 'complete'), 0)::float8`.as('seconds'),
    ])
    .executeTakeFirstOrThrow()
  const moves = own.innerJoin('handoff_moves as move', 'move.workflow_id', 'handoffs.workflow_id')
  const { all } = await moves.select(sql<number>`count(*)`.as('all')).executeTakeFirstOrThrow()
  const weakest = await moves
    .select(['move.from_state', sql<number>`count(*)`.as('failures')])
    .where('move.to_state', '=', 'error')
    .groupBy('move.from_state')
    .orderBy('failures', 'desc')
    .orderBy('move.from_state')
    .limit(1)
    .executeTakeFirst()
  const { total, completed, failed, seconds } = counts
  const share = (part: number, factor: number): number =>
    total === 0 ? 0 : Math.round((part / total) * factor * ONE_DECIMAL) / ONE_DECIMAL
  return {
    project_id,
    total_workflows: total,
    completed,
    in_progress: total - completed - failed,
    failed,
    average_duration: Math.round(seconds * ONE_DECIMAL) / ONE_DECIMAL,
    success_rate: share(completed, 100),
    most_common_failure_point: weakest?.from_state ?? null,
    average_handoffs: share(all, 1),
  }
}

/** What decides whether builds may be started under a masterplan. */
export interface ProjectPlan {
  readonly masterplan_id: string
  readonly user_id: string
  readonly workspace_id: string
}

/** The masterplan that a project is, whosever it is; undefined when there is none of this id. */
export async function findProjectPlan(db: Queries, project_id: string): Promise<ProjectPlan | undefined> {
  return db
    .selectFrom('masterplans')
    .select(['masterplan_id', 'user_id', 'workspace_id'])
    .where('masterplan_id', '=', project_id)
    .executeTakeFirst()
}

export type { IntentOutcome }
