import type { Selectable, Transaction } from 'kysely'

import type { TaskFacts } from '../../../contract/execution/task-facts.ts'
import { isReplacedPlan } from '../../read/replaced-plan.ts'
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

/** Whether a newer plan took its place, so that it is not taken up again. Who has it planned anew holds the lock of every masterplan that could go on. */
export async function isReplaced(
  trx: Transaction<Database>,
  { masterplan_id }: Pick<PlanRow, 'masterplan_id'>,
): Promise<boolean> {
  const { is_replaced } = await trx
    .selectFrom('masterplans as masterplan')
    .select(isReplacedPlan.as('is_replaced'))
    .where('masterplan.masterplan_id', '=', masterplan_id)
    .executeTakeFirstOrThrow()
  return is_replaced
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
