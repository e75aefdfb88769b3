import type { Selectable } from 'kysely'

import { budgetDay, masterplanRun } from '../../contract/run-budget.ts'
import type { MasterplansTable, MasterplanTasksTable } from '../../db/tables/masterplans.ts'
import { askFor } from '../ask-model.ts'
import type { ActivityDeps } from '../deps.ts'
import { readTaskInput } from './read-task-input.ts'
import { workGuide } from '../roles/work-phase.ts'

interface Guided {
  readonly plan: Selectable<MasterplansTable>
  readonly task: Selectable<MasterplanTasksTable>
  readonly signal: AbortSignal
}

/** What a task leaves that makes nothing of its own: a guide or a card, as one step of a model. Throws RunFailure. */
export async function guideTask(deps: ActivityDeps, { plan, task, signal }: Guided): Promise<string> {
  const given = await readTaskInput(deps, { plan, task })
  const { tenant_id, user_id, generation, masterplan_id } = plan
  const day = budgetDay(deps.now())
  const job_id = task.job_id ?? plan.job_id
  const run = masterplanRun(masterplan_id)
  const owner = { job_id, tenant_id, user_id, generation, stage: 'guide' as const, run, day }
  const input = { ...given, results: {}, files: [], sent_back: null, attempt: task.attempt }
  const { file } = await workGuide(input, (step, asked) =>
    askFor(deps, { owner, signal }, step, asked, { share: `user:${user_id}` }),
  )
  return file.body
}
