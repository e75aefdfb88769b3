import type { ColumnType, Generated } from 'kysely'

import type { LedgerStage } from '../../contract/ledger-stages.ts'
import type { OptionalJson, Time } from './columns.ts'

type FutureTime = ColumnType<Date, Date, Date>

/** One call to a model: reserved before it is made, settled after; never its prompt or its answer. */
export interface LlmCallsTable {
  call_id: string
  job_id: string
  tenant_id: string
  user_id: string | null
  /** The run whose budget it counts against. */
  run: string | null
  /** The day, UTC, whose budget it counts against. */
  day: string | null
  generation: number
  stage: LedgerStage
  provider: string
  model: string
  prompt_version: string
  /** `lost` is one whose worker died before it could say what the call had cost. */
  state: Generated<'reserved' | 'settled' | 'lost'>
  reserved_tokens: Generated<number>
  lease_until: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** Whether an answer that was there already was used, and nothing was asked. */
  cached: Generated<boolean>
  input_tokens: number
  /** The part of the input the provider had in its cache. */
  cached_input_tokens: Generated<number>
  output_tokens: number
  /** The part of the output that was thinking. */
  reasoning_tokens: Generated<number>
  /** Null where no price is known for the model. */
  cost_micro_usd: number | null
  duration_ms: number
  outcome: string
  /** What went wrong, finer than the code in `outcome`; null when nothing did. */
  failure: string | null
  at: Time
}

/** Tokens that are spent or reserved, by what they count against. */
export interface LlmBudgetUseTable {
  scope: string
  tokens: number
}

/** What a user may spend a day where it is not the usual. */
export interface LlmBudgetsTable {
  user_id: string
  tokens_per_day: number
  updated_at: Time
}

/** The answer to a question, or who is asking it now. */
export interface LlmResultsTable {
  key: string
  holder: string
  lease_until: FutureTime
  answer: OptionalJson<unknown>
  provider: string | null
  model: string | null
  expires_at: FutureTime
  created_at: Time
}
