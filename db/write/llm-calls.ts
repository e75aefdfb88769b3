import { randomUUID } from 'node:crypto'

import { sql, type Transaction } from 'kysely'

import type { LedgerStage } from '../../contract/ledger-stages.ts'
import type { BudgetKey } from '../budget-scopes.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { changeUse, releaseLost, scopesOf, takeFrom, type Limits, type Shortage } from './llm-budgets.ts'

/** Whose call it is, and for which stage of which job. */
export interface CallOwner extends BudgetKey {
  readonly job_id: string
  readonly tenant_id: string
  readonly generation: number
  readonly stage: LedgerStage
}

interface Named {
  readonly provider: string
  readonly model: string
  readonly prompt_version: string
}

/** A call that is about to be made. */
export interface PlannedCall extends Named {
  /** The most it can cost. */
  readonly tokens: number
  /** After so long, milliseconds, whoever makes it must have died. */
  readonly lease_ms: number
}

/** A call that is over. */
export interface SettledCall extends Named {
  readonly input_tokens: number
  readonly cached_input_tokens: number
  readonly output_tokens: number
  readonly reasoning_tokens: number
  readonly cost_micro_usd: number | null
  readonly duration_ms: number
  readonly outcome: string
  readonly failure: string | null
  readonly cached: boolean
}

const NOTHING = { input_tokens: 0, output_tokens: 0, duration_ms: 0, cost_micro_usd: null } as const

/** No tokens are left for a call. */
export class BudgetShort extends Error {
  override readonly name = 'BudgetShort'
  readonly shortage: Shortage

  constructor(shortage: Shortage) {
    super(`no tokens are left for the ${shortage.of}`)
    this.shortage = shortage
  }
}

async function limitsOf(trx: Transaction<Database>, user_id: string, usual: Limits): Promise<Limits> {
  const own = await trx
    .selectFrom('llm_budgets')
    .select('tokens_per_day')
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  return own === undefined ? usual : { ...usual, user_day_tokens: own.tokens_per_day }
}

/**
 * Reserves what a call may cost, in the budget of its run and of its user's day at once, and writes it down before it is
 * made. Throws BudgetShort when either would be overspent: then nothing is reserved.
 */
export async function reserveModelCall(
  db: WriteDb,
  owner: CallOwner,
  { tokens, lease_ms, ...named }: PlannedCall,
  usual: Limits,
): Promise<string> {
  const call_id = randomUUID()
  await db.transaction().execute(async (trx) => {
    await releaseLost(trx, owner)
    const limits = await limitsOf(trx, owner.user_id, usual)
    const short = await takeFrom(trx, scopesOf(owner, limits), tokens)
    if (short !== null) throw new BudgetShort(short)
    const lease_until = new Date(Date.now() + lease_ms)
    const reserved = { state: 'reserved', reserved_tokens: tokens, lease_until, failure: null } as const
    await trx
      .insertInto('llm_calls')
      .values({ call_id, ...owner, ...named, ...NOTHING, ...reserved, outcome: 'PENDING' })
      .execute()
  })
  return call_id
}

/** Writes down what a reserved call has cost, and gives back what it has not. */
export async function settleModelCall(db: WriteDb, call_id: string, call: SettledCall): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('llm_calls')
      .select(['user_id', 'run', 'day', 'state', 'reserved_tokens'])
      .where('call_id', '=', call_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const { user_id, run, day } = before
    // One that was taken for lost has its tokens back already.
    const held = before.state === 'reserved' ? before.reserved_tokens : 0
    const spent = call.input_tokens + call.output_tokens
    if (user_id !== null && run !== null && day !== null && before.state !== 'settled')
      await changeUse(trx, { user_id, run, day }, spent - held)
    await trx
      .updateTable('llm_calls')
      .set({ ...call, state: 'settled', lease_until: null, at: sql<Date>`now()` })
      .where('call_id', '=', call_id)
      .execute()
  })
}

/** Writes down a call that needed no reservation: one by rules, or one that was answered before. */
export async function bookModelCall(db: WriteDb, owner: CallOwner, call: SettledCall): Promise<void> {
  await db
    .insertInto('llm_calls')
    .values({ call_id: randomUUID(), ...owner, ...call })
    .execute()
}
