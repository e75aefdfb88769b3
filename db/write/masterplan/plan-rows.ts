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

/**
 * Whether a newer plan of the same assignment is there or being made, so that this one is not taken up again. Whoever
 * has it planned anew holds the lock of every masterplan that could go on.
 */
export async function isReplaced(
  trx: Transaction<Database>,
  { workspace_id, generation }: Pick<PlanRow, 'workspace_id' | 'generation'>,
): Promise<boolean> {
  const newer = await trx
    .selectFrom('assignment_workspaces as workspace')
    .leftJoin('masterplans as plan', (on) =>
      on.onRef('plan.workspace_id', '=', 'workspace.workspace_id').on('plan.generation', '>', generation),
    )
    .select('workspace.workspace_id')
    .where('workspace.workspace_id', '=', workspace_id)
    .where('workspace.generation', '>', generation)
    .where((row) =>
      row.or([row('workspace.status', '<>', 'failed'), row('plan.masterplan_id', 'is not', null)]),
    )
    .limit(1)
    .executeTakeFirst()
  return newer !== undefined
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
