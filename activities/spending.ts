import type { PriceTable } from '../config/prices.ts'
import type { Shortage } from '../db/write/llm-budgets.ts'
import { RunFailure } from '../contract/run-errors.ts'

/** What may be spent on models, and what they cost. */
export interface Spending {
  readonly run_tokens: number
  readonly user_day_tokens: number
  readonly prices: PriceTable
}

const grouped = new Intl.NumberFormat('en-US')

/** Says that a budget does not hold the next call, whose budget it is and what to do. */
export function budgetExceeded({ of, limit, used }: Shortage, cause: unknown): RunFailure {
  const spent = `${grouped.format(used)} of ${grouped.format(limit)} tokens are used or set aside`
  const message =
    of === 'run'
      ? `This run has reached its budget: ${spent}, and the next call may need more than is left. Ask the operator to raise LLM_BUDGET_RUN_TOKENS, then retry the stage.`
      : `Your budget for today is reached: ${spent}, and the next call may need more than is left. Retry the stage after midnight UTC, or ask the operator for a larger budget and retry then.`
  return new RunFailure('BUDGET_EXCEEDED', message, { cause })
}
