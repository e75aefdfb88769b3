import { sql } from 'kysely'

import { dayScope, runScope } from '../budget-scopes.ts'
import type { ReadDb } from '../open.ts'

interface UsageKey {
  readonly workspace_id: string
  /** Null for all generations. */
  readonly generation: number | null
}

const countWhere = (condition: ReturnType<typeof sql<boolean>>) =>
  sql<number>`count(*) filter (where ${condition})`

/** What the calls of an assignment have cost, by stage, provider and model; in the order they first came. */
export async function sumModelUsage(db: ReadDb, { workspace_id, generation }: UsageKey) {
  const calls = db
    .selectFrom('llm_calls as call')
    .innerJoin('processing_jobs as job', 'job.job_id', 'call.job_id')
    .where('job.workspace_id', '=', workspace_id)
  const chosen = generation === null ? calls : calls.where('call.generation', '=', generation)
  return chosen
    .select((row) => [
      'call.stage',
      'call.provider',
      'call.model',
      row.fn.countAll<number>().as('calls'),
      countWhere(sql`call.state = 'settled' and call.outcome <> 'ok'`).as('failed_calls'),
      countWhere(sql`call.cached`).as('cached_calls'),
      countWhere(sql`call.state <> 'settled'`).as('unsettled_calls'),
      countWhere(sql`call.state = 'settled' and call.cost_micro_usd is null`).as('unpriced_calls'),
      sql<number>`sum(call.input_tokens)`.as('input_tokens'),
      sql<number>`sum(call.cached_input_tokens)`.as('cached_input_tokens'),
      sql<number>`sum(call.output_tokens)`.as('output_tokens'),
      sql<number>`sum(call.reasoning_tokens)`.as('reasoning_tokens'),
      sql<number>`coalesce(sum(call.cost_micro_usd), 0)::bigint`.as('cost_micro_usd'),
    ])
    .groupBy(['call.stage', 'call.provider', 'call.model'])
    .orderBy(sql`min(call.at)`)
    .execute()
}

/** Tokens that are used or set aside in these budgets. */
async function usedIn(db: ReadDb, scope: string): Promise<number> {
  const row = await db
    .selectFrom('llm_budget_use')
    .select('tokens')
    .where('scope', '=', scope)
    .executeTakeFirst()
  return row?.tokens ?? 0
}

/** Tokens that are used or set aside in the budget of a run. */
export async function usedByRun(db: ReadDb, run: string): Promise<number> {
  return usedIn(db, runScope({ run }))
}

/** How far the budgets of a plan and of its user's day are used, and what the day's limit is where it is their own. */
export async function findBudgetUse(db: ReadDb, key: { user_id: string; run: string; day: string }) {
  const own = await db
    .selectFrom('llm_budgets')
    .select('tokens_per_day')
    .where('user_id', '=', key.user_id)
    .executeTakeFirst()
  return {
    run_tokens: await usedIn(db, runScope(key)),
    day_tokens: await usedIn(db, dayScope(key)),
    own_day_limit: own?.tokens_per_day ?? null,
  }
}
