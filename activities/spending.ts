import type { PriceTable } from '../config/prices.ts'
import type { CallOwner } from '../db/write/llm-calls.ts'
import type { Shortage } from '../db/write/llm-budgets.ts'
import { RunFailure } from '../contract/run-errors.ts'

/** What may be spent on models, and what they cost. */
export interface Spending {
  readonly run_tokens: number
  readonly execution_tokens: number
  readonly user_day_tokens: number
  readonly prices: PriceTable
}

const grouped = new Intl.NumberFormat('en-US')

const REACHED = {
  run: 'This run has reached its budget',
  execution: 'This execution has reached its budget',
  day: 'Your budget for today is reached',
} as const satisfies { readonly [O in Shortage['of']]: string }

const NEXT: { readonly [O in Shortage['of']]: (goOn: string) => string } = {
  run: (goOn) => `Ask the operator to raise LLM_BUDGET_RUN_TOKENS, then ${goOn}.`,
  execution: () => 'Ask the operator to raise LLM_BUDGET_EXECUTION_TOKENS, then retry the masterplan.',
  day: (goOn) => `Wait until after midnight UTC, or ask the operator for a larger budget; then ${goOn}.`,
}

/** Says that a budget does not hold the next call of a stage, whose budget it is and what to do. */
export function budgetExceeded(
  { of, limit, used }: Shortage,
  stage: CallOwner['stage'],
  cause: unknown,
): RunFailure {
  const goOn = stage === 'work_job' ? 'resume the worker of this job' : 'retry the stage'
  const spent = `${grouped.format(used)} of ${grouped.format(limit)} tokens are used or set aside`
  const message = `${REACHED[of]}: ${spent}, and the next call may need more than is left. ${NEXT[of](goOn)}`
  return new RunFailure('BUDGET_EXCEEDED', message, { cause })
}
