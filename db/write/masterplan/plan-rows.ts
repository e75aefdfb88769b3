import type { Selectable, Transaction } from 'kysely'

import type { TaskFacts } from '../../../contract/execution/task-facts.ts'
import type { Database } from '../../schema.ts'
import type { MasterplansTable, MasterplanTasksTable } from '../../tables/masterplans.ts'

export type PlanRow = Selectable<MasterplansTable>
export type TaskRow = Selectable<MasterplanTasksTable> & TaskFacts

/** The masterplan is not there, or not any more. */
export class MasterplanGone extends Error {
  override readonly name = 'MasterplanGone'
}

/** Locks a masterplan: whoever changes it or one of its tasks holds this lock. Throws MasterplanGone. */
export async function lockMasterplan(trx: Transaction<Database>, masterplan_id: string): Promise<PlanRow> {
  const plan = await trx
    .selectFrom('masterplans')
    .selectAll()
    .where('masterplan_id', '=', masterplan_id)
    .forUpdate()
    .executeTakeFirst()
  if (plan === undefined) throw new MasterplanGone('there is no such masterplan')
  return plan
}

/** Whether a masterplan is of the newest generation of its assignment; whoever raises that holds the lock of every plan that could go on. */
export async function isOfNewestGeneration(
  trx: Transaction<Database>,
  { workspace_id, generation }: Pick<PlanRow, 'workspace_id' | 'generation'>,
): Promise<boolean> {
  const newest = await trx
    .selectFrom('assignment_workspaces')
    .select('workspace_id')
    .where('workspace_id', '=', workspace_id)
    .where('generation', '=', generation)
    .executeTakeFirst()
  return newest !== undefined
}

/** All tasks of a masterplan, by number. */
export async function listTasks(
  db: Pick<Transaction<Database>, 'selectFrom'>,
  masterplan_id: string,
): Promise<readonly TaskRow[]> {
  return db
    .selectFrom('masterplan_tasks')
    .selectAll()
    .where('masterplan_id', '=', masterplan_id)
    .orderBy('task_number')
    .execute()
}
