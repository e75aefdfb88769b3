import { sql } from 'kysely'

import type { PlanState } from '../../contract/machines/masterplan-machines.ts'
import type { MasterplanSummary } from '../../contract/masterplans.ts'
import type { ReadDb } from '../open.ts'
import { toSummary } from './present-masterplan.ts'

interface Wanted {
  readonly user_id: string
  readonly status: PlanState | undefined
  readonly limit: number
  readonly offset: number
}

/** A page of a user's masterplans, newest first, and how many there are in all. */
export async function listMasterplans(
  db: ReadDb,
  { user_id, status, limit, offset }: Wanted,
): Promise<{ readonly masterplans: MasterplanSummary[]; readonly total: number }> {
  const own = db.selectFrom('masterplans as plan').where('plan.user_id', '=', user_id)
  const wanted = status === undefined ? own : own.where('plan.status', '=', status)
  const { total } = await wanted
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await wanted
    .selectAll('plan')
    .select([
      sql<number>`(select count(*) from masterplan_phases part where part.masterplan_id = plan.masterplan_id)`.as(
        'total_phases',
      ),
      sql<number>`(select count(*) from masterplan_milestones part where part.masterplan_id = plan.masterplan_id)`.as(
        'total_milestones',
      ),
      sql<number>`(select coalesce(sum(jsonb_array_length(part.validation)), 0)::bigint
        from masterplan_tasks part where part.masterplan_id = plan.masterplan_id)`.as('total_subtasks'),
    ])
    .orderBy('plan.created_at', 'desc')
    .orderBy('plan.masterplan_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return { masterplans: rows.map((row) => toSummary(row, row)), total }
}

/** The masterplan that stands for a generation of an assignment: the newest one of it. */
export async function findNewestMasterplan(
  db: ReadDb,
  { workspace_id, generation }: { readonly workspace_id: string; readonly generation: number },
): Promise<{ readonly masterplan_id: string; readonly status: PlanState } | undefined> {
  return db
    .selectFrom('masterplans')
    .select(['masterplan_id', 'status'])
    .where('workspace_id', '=', workspace_id)
    .where('generation', '=', generation)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * Why a person rejected the last masterplan before this generation; null when nobody did, or gave no reason. Generations
 * that came to no masterplan are passed over: what was said has not been answered yet.
 */
export async function findRejectionReason(
  db: ReadDb,
  { workspace_id, generation }: { readonly workspace_id: string; readonly generation: number },
): Promise<string | null> {
  const before = db
    .selectFrom('masterplans')
    .where('workspace_id', '=', workspace_id)
    .where('generation', '<', generation)
  const row = await before
    .select('rejection_reason')
    .where('status', '=', 'rejected')
    .where(
      'generation',
      '=',
      before.select((last) => last.fn.max('generation').as('generation')),
    )
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.rejection_reason ?? null
}
