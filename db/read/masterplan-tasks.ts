import type { Selectable } from 'kysely'

import type { ReadDb } from '../open.ts'
import type { MasterplanFilesTable, MasterplanTasksTable } from '../tables/masterplans.ts'

/** One task of a masterplan the caller was found to own. */
export async function findOwnTask(
  db: ReadDb,
  masterplan_id: string,
  task_id: string,
): Promise<Selectable<MasterplanTasksTable> | undefined> {
  return db
    .selectFrom('masterplan_tasks')
    .selectAll()
    .where('masterplan_id', '=', masterplan_id)
    .where('task_id', '=', task_id)
    .executeTakeFirst()
}

/** The states of all tasks of a masterplan, by number. */
export async function listTaskStates(
  db: ReadDb,
  masterplan_id: string,
): Promise<readonly Selectable<MasterplanTasksTable>[]> {
  return db
    .selectFrom('masterplan_tasks')
    .selectAll()
    .where('masterplan_id', '=', masterplan_id)
    .orderBy('task_number')
    .execute()
}

/** What the tasks of a masterplan have left, task by task. */
export async function listFiles(
  db: ReadDb,
  masterplan_id: string,
): Promise<readonly Selectable<MasterplanFilesTable>[]> {
  return db
    .selectFrom('masterplan_files')
    .innerJoin('masterplan_tasks', 'masterplan_tasks.task_id', 'masterplan_files.task_id')
    .selectAll('masterplan_files')
    .where('masterplan_files.masterplan_id', '=', masterplan_id)
    .orderBy('task_number')
    .orderBy('path')
    .execute()
}
