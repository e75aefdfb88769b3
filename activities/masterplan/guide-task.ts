import type { Selectable } from 'kysely'

import type { MasterplansTable, MasterplanTasksTable } from '../../db/tables/masterplans.ts'
import type { ActivityDeps } from '../deps.ts'

interface Guided {
  readonly plan: Selectable<MasterplansTable>
  readonly task: Selectable<MasterplanTasksTable>
  readonly signal: AbortSignal
}

/** The card of a task: what it is for and the checks to tick off. */
export async function guideTask(_deps: ActivityDeps, { plan, task }: Guided): Promise<string> {
  const checks = task.validation.map(({ text }) => `- [ ] ${text}`)
  return [
    `# ${task.name}`,
    `For: ${plan.project_name}`,
    task.description,
    '## Done when',
    ...checks,
    '',
  ].join('\n\n')
}
