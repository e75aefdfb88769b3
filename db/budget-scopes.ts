/** What the tokens of a call count against. */
export interface BudgetKey {
  readonly user_id: string
  readonly run: string
  /** The day, UTC, as `2026-01-31`. */
  readonly day: string
}

/** The name a user's day goes by among the budgets. */
export function dayScope({ user_id, day }: Pick<BudgetKey, 'user_id' | 'day'>): string {
  return `day:${user_id}:${day}`
}

/** The name a run goes by among the budgets. */
export function runScope({ run }: Pick<BudgetKey, 'run'>): string {
  return `run:${run}`
}
