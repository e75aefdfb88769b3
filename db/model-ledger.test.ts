import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { masterplanRun } from '../contract/run-budget.ts'
import { createTestDatabase, type TestDatabase } from '../test/database.ts'
import { findBudgetUse } from './read/model-usage.ts'
import { BudgetShort, reserveModelCall, settleModelCall, type CallOwner } from './write/llm-calls.ts'

let database: TestDatabase
let owner: CallOwner

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** An account with a job of its own. */
beforeEach(async () => {
  const user_id = randomUUID()
  const job_id = `j_${user_id.replaceAll('-', '').slice(0, 12)}`
  const { write } = database.db
  const account = { user_id, email: `${user_id}@example.edu`, password_hash: 'x', tenant_id: user_id }
  await write.insertInto('accounts').values(account).execute()
  await write
    .insertInto('processing_jobs')
    .values({ job_id, tenant_id: user_id, user_id, kind: 'plan', depth: 1, status: 'RUNNING' })
    .execute()
  const call = { tenant_id: user_id, generation: 1, stage: 'draft_plan' as const }
  owner = { ...call, job_id, user_id, run: `job:${job_id}`, day: '2026-01-31' }
})

const LIMITS = { run_tokens: 1_000, execution_tokens: 3_000, user_day_tokens: 5_000 }
const NAMED = { provider: 'openai', model: 'big', prompt_version: 'draft@1.0.0' }
const FREE = { cached_input_tokens: 0, reasoning_tokens: 0, cost_micro_usd: null, duration_ms: 5 }
const reserve = (tokens: number, more: Partial<CallOwner> = {}, lease_ms = 60_000) =>
  reserveModelCall(database.db.write, { ...owner, ...more }, { ...NAMED, tokens, lease_ms }, LIMITS)
const settle = (call_id: string, input_tokens: number, output_tokens: number) =>
  settleModelCall(database.db.write, call_id, {
    ...NAMED,
    ...FREE,
    input_tokens,
    output_tokens,
    outcome: 'ok',
    failure: null,
    cached: false,
  })
const used = async (more: Partial<CallOwner> = {}) => {
  const { run_tokens, day_tokens } = await findBudgetUse(database.db.read, { ...owner, ...more })
  return [run_tokens, day_tokens]
}

describe('the budget of calls to models', () => {
  test('holds what is set aside, and afterwards what was spent', async () => {
    const call = await reserve(700)
    expect(await used()).toEqual([700, 700])
    await settle(call, 120, 30)
    expect(await used()).toEqual([150, 150])
  })

  test('refuses a call it may not hold, says whose budget it is, and sets nothing aside', async () => {
    await reserve(700)
    const refused = await reserve(301).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(BudgetShort)
    expect((refused as BudgetShort).shortage).toEqual({ of: 'run', limit: 1_000, used: 700 })
    expect(await used()).toEqual([700, 700])
    await reserve(300)
  })

  test('of an execution is one of its own, larger than that of a plan', async () => {
    const run = masterplanRun(owner.job_id)
    await reserve(2_900, { run })
    const refused = await reserve(200, { run }).catch((error: unknown) => error)
    expect((refused as BudgetShort).shortage).toEqual({ of: 'execution', limit: 3_000, used: 2_900 })
    await reserve(1_000)
  })

  test('of a day is shared by all runs of a user', async () => {
    for (const run of ['a', 'b', 'c', 'd', 'e']) await reserve(1_000, { run })
    await expect(reserve(1, { run: 'f' })).rejects.toMatchObject({ shortage: { of: 'day', limit: 5_000 } })
    await reserve(1, { run: 'f', day: '2026-02-01' })
  })

  test('of a user may be their own', async () => {
    const { user_id } = owner
    await database.db.write.insertInto('llm_budgets').values({ user_id, tokens_per_day: 100 }).execute()
    await expect(reserve(101)).rejects.toMatchObject({ shortage: { of: 'day', limit: 100 } })
  })

  test('is never overspent by calls at once', async () => {
    const calls = await Promise.allSettled(Array.from({ length: 60 }, () => reserve(90)))
    const held = calls.filter(({ status }) => status === 'fulfilled')
    expect(held).toHaveLength(11)
    expect(await used()).toEqual([990, 990])
  })

  test('gets back what a dead worker had set aside, once its time is over', async () => {
    const lost = await reserve(900, {}, -1)
    await reserve(800)
    expect(await used()).toEqual([800, 800])
    const { state } = await database.db.read
      .selectFrom('llm_calls')
      .select('state')
      .where('call_id', '=', lost)
      .executeTakeFirstOrThrow()
    expect(state).toBe('lost')
  })

  test('counts a call that was taken for lost and then came back after all', async () => {
    const late = await reserve(900, {}, -1)
    const other = await reserve(10)
    await settle(late, 500, 100)
    await settle(other, 5, 5)
    expect(await used()).toEqual([610, 610])
  })

  test('counts a call once, however often it is settled', async () => {
    const call = await reserve(100)
    await settle(call, 40, 10)
    await settle(call, 40, 10)
    expect(await used()).toEqual([50, 50])
  })
})
