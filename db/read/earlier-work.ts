import type { Selectable } from 'kysely'

import { PHASE_RESULTS } from '../../contract/phase-results.ts'
import type { ReadDb } from '../open.ts'
import type { MasterplanTasksTable } from '../tables/masterplans.ts'

/** What a task has left behind. */
export interface LeftWork {
  readonly task: string
  readonly files: readonly { readonly path: string; readonly summary: string }[]
}

/** The summaries of what a build made, by path; of a task that is one step there are none. */
async function summariesOf(db: ReadDb, workflow_id: string | null): Promise<ReadonlyMap<string, string>> {
  if (workflow_id === null) return new Map()
  const row = await db
    .selectFrom('handoff_results')
    .select('body')
    .where('workflow_id', '=', workflow_id)
    .where('state', '=', 'implementation')
    .where('superseded', '=', false)
    .executeTakeFirst()
  const made = PHASE_RESULTS.implementation.safeParse(row?.body)
  return new Map(made.data?.code.map(({ path, summary }) => [path, summary]))
}

/** What the tasks that a task depends on have left, by number. */
export async function listEarlierWork(
  db: ReadDb,
  { depends_on_tasks }: Pick<Selectable<MasterplanTasksTable>, 'depends_on_tasks'>,
): Promise<readonly LeftWork[]> {
  if (depends_on_tasks.length === 0) return []
  const tasks = await db
    .selectFrom('masterplan_tasks')
    .select(['name', 'modified_files', 'workflow_id'])
    .where('task_id', 'in', [...depends_on_tasks])
    .orderBy('task_number')
    .execute()
  const left: LeftWork[] = []
  for (const { name, modified_files, workflow_id } of tasks) {
    const summaries = await summariesOf(db, workflow_id)
    left.push({
      task: name,
      files: modified_files.map((path) => ({ path, summary: summaries.get(path) ?? name })),
    })
  }
  return left
}
