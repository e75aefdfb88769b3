import { sql, type Transaction } from 'kysely'

import { isExecution } from '../../contract/run-budget.ts'

import { dayScope, runScope, type BudgetKey } from '../budget-scopes.ts'
import type { Database } from '../schema.ts'

interface Scope {
  readonly of: 'run' | 'execution' | 'day'
  readonly scope: string
  readonly limit: number
}

/** A budget that does not hold what was asked of it. */
export interface Shortage {
  readonly of: 'run' | 'execution' | 'day'
  readonly limit: number
  readonly used: number
}

export interface Limits {
  readonly run_tokens: number
  readonly execution_tokens: number
  readonly user_day_tokens: number
}

/** The budgets of a call, always in this order, so that two calls never wait for each other. */
export function scopesOf(key: BudgetKey, limits: Limits): readonly Scope[] {
  const own = isExecution(key.run)
    ? ({ of: 'execution', limit: limits.execution_tokens } as const)
    : ({ of: 'run', limit: limits.run_tokens } as const)
  return [
    { of: 'day', scope: dayScope(key), limit: limits.user_day_tokens },
    { ...own, scope: runScope(key) },
  ]
}

/** Takes tokens out of every budget; answers the first that does not hold them, and the caller takes all back. */
export async function takeFrom(
  trx: Transaction<Database>,
  scopes: readonly Scope[],
  tokens: number,
): Promise<Shortage | null> {
  for (const { of, scope, limit } of scopes) {
    const { used } = await trx
      .insertInto('llm_budget_use')
      .values({ scope, tokens })
      .onConflict((clash) =>
        clash.column('scope').doUpdateSet({ tokens: sql<number>`llm_budget_use.tokens + ${tokens}` }),
      )
      .returning('tokens as used')
      .executeTakeFirstOrThrow()
    if (used > limit) return { of, limit, used: used - tokens }
  }
  return null
}

/** Adds tokens to what the budgets of a call have used, or takes them off. */
export async function changeUse(trx: Transaction<Database>, key: BudgetKey, tokens: number): Promise<void> {
  for (const scope of [dayScope(key), runScope(key)]) {
    await trx
      .insertInto('llm_budget_use')
      .values({ scope, tokens: Math.max(tokens, 0) })
      .onConflict((clash) =>
        clash
          .column('scope')
          .doUpdateSet({ tokens: sql<number>`greatest(llm_budget_use.tokens + ${tokens}, 0)` }),
      )
      .execute()
  }
}

/** Gives back what calls hold whose worker must have died; what they have cost nobody knows. */
export async function releaseLost(trx: Transaction<Database>, { user_id, run }: BudgetKey): Promise<void> {
  const lost = await trx
    .updateTable('llm_calls')
    .set({ state: 'lost', outcome: 'LOST' })
    .where('state', '=', 'reserved')
    .where('lease_until', '<', sql<Date>`now()`)
    .where((call) => call.or([call('user_id', '=', user_id), call('run', '=', run)]))
    .returning(['user_id', 'run', 'day', 'reserved_tokens'])
    .execute()
  for (const call of lost) {
    if (call.user_id === null || call.run === null || call.day === null) continue
    const { reserved_tokens, ...key } = call
    await changeUse(trx, { ...key, user_id: call.user_id, run: call.run, day: call.day }, -reserved_tokens)
  }
}
