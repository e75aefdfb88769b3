import type { ModelUsage } from '../../contract/usage.ts'
import { budgetDay, masterplanRun, planRun } from '../../contract/run-budget.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { findBudgetUse, sumModelUsage, usedByRun } from '../../db/read/model-usage.ts'
import type { Handler } from '../route.ts'
import { requireWorkspace } from './workspace-answers.ts'

const DAY_MS = 24 * 3_600_000

/** What may be spent, as the worker holds it. */
export interface BudgetLimits {
  readonly run_tokens: number
  readonly execution_tokens: number
  readonly user_day_tokens: number
}

const COUNTED = [
  'calls',
  'failed_calls',
  'cached_calls',
  'unsettled_calls',
  'unpriced_calls',
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_micro_usd',
] as const

type Counts = ModelUsage['total']

function sumUp(rows: readonly Counts[]): Counts {
  const sums = COUNTED.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)] as const)
  return Object.fromEntries(sums) as Counts
}

const budgetOf = (limit_tokens: number, used_tokens: number) => ({
  limit_tokens,
  used_tokens,
  left_tokens: Math.max(0, limit_tokens - used_tokens),
})

/** Shows what an assignment has cost in calls to models, and what is left to spend. */
export function createGetUsage({ read }: OpenDatabase, limits: BudgetLimits): Handler<'getModelUsage'> {
  return async ({ params, query, user }) => {
    const view = await requireWorkspace({ read }, user, params)
    const generation = query.generation ?? null
    const rows = await sumModelUsage(read, { workspace_id: view.workspace_id, generation })
    const { masterplan_id } = view
    const now = new Date()
    const key = { user_id: user.sub, run: planRun(view), day: budgetDay(now) }
    const { run_tokens, day_tokens, own_day_limit } = await findBudgetUse(read, key)
    const midnight = new Date(Math.floor(now.getTime() / DAY_MS + 1) * DAY_MS)
    const day = budgetOf(own_day_limit ?? limits.user_day_tokens, day_tokens)
    const body: ModelUsage = {
      generation,
      total: sumUp(rows),
      by_stage: rows,
      budget: {
        run: budgetOf(limits.run_tokens, run_tokens),
        execution:
          masterplan_id === null
            ? null
            : budgetOf(limits.execution_tokens, await usedByRun(read, masterplanRun(masterplan_id))),
        day: { ...day, resets_at: midnight.toISOString() },
      },
    }
    return { status: 200, body }
  }
}
