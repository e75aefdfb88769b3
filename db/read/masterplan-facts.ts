import type { Selectable } from 'kysely'

import type { ReadDb } from '../open.ts'
import type { MasterplansTable, MasterplanTasksTable } from '../tables/masterplans.ts'
import { MasterplanGone } from '../write/masterplan/plan-rows.ts'

/** A masterplan by its id alone: for runs, which act for whoever owns it. Throws MasterplanGone. */
export async function findMasterplanFacts(
  db: ReadDb,
  masterplan_id: string,
): Promise<Selectable<MasterplansTable>> {
  const plan = await db
    .selectFrom('masterplans')
    .selectAll()
    .where('masterplan_id', '=', masterplan_id)
    .executeTakeFirst()
  if (plan === undefined) throw new MasterplanGone('there is no such masterplan')
  return plan
}

/** One task of a masterplan. Throws MasterplanGone. */
export async function findTask(
  db: ReadDb,
  { masterplan_id, task_id }: { readonly masterplan_id: string; readonly task_id: string },
): Promise<Selectable<MasterplanTasksTable>> {
  const task = await db
    .selectFrom('masterplan_tasks')
    .selectAll()
    .where('masterplan_id', '=', masterplan_id)
    .where('task_id', '=', task_id)
    .executeTakeFirst()
  if (task === undefined) throw new MasterplanGone('there is no such task')
  return task
}

/** The name of a milestone; null when it is not there. */
export async function findMilestoneName(db: ReadDb, milestone_id: string): Promise<string | null> {
  const row = await db
    .selectFrom('masterplan_milestones')
    .select('name')
    .where('milestone_id', '=', milestone_id)
    .executeTakeFirst()
  return row?.name ?? null
}
