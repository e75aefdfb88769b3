import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ModelUsage } from '../../contract/usage.ts'
import { COSTS, startModelRig, type ModelRig } from '../rig/model-rig.ts'
import type { Student } from '../rig/student.ts'

const PROJECT = '2102/5102'
const PRICES = '{"openai-compatible:scripted":{"input":2,"output":10}}'
const SPENT = Object.values(COSTS)
const [INPUT, OUTPUT] = [0, 1].map((side) => SPENT.reduce((sum, cost) => sum + (cost[side] ?? 0), 0)) as [
  number,
  number,
]

let one: ModelRig

beforeAll(async () => {
  one = await startModelRig({ LLM_PRICES: PRICES })
})
afterAll(() => one[Symbol.asyncDispose]())

async function usageOf(student: Student, query = ''): Promise<ModelUsage> {
  return ModelUsage.parse((await student.call('GET', `/assignments/${PROJECT}/usage${query}`)).body)
}

async function planned(): Promise<Student> {
  const student = await one.rig.student()
  await student.start(PROJECT)
  await student.finished(PROJECT)
  return student
}

describe('what models cost', () => {
  test('is told by stage and model, to the token and the millionth of a dollar', async () => {
    const student = await planned()
    expect(one.asked).toEqual(['distill', 'draft', 'judge'])
    const { total, by_stage, budget } = await usageOf(student)
    expect(total).toMatchObject({
      calls: 3,
      failed_calls: 0,
      cached_calls: 0,
      unsettled_calls: 0,
      unpriced_calls: 0,
    })
    expect([total.input_tokens, total.output_tokens]).toEqual([INPUT, OUTPUT])
    expect(total.cost_micro_usd).toBe(INPUT * 2 + OUTPUT * 10)
    expect(by_stage.map(({ stage, model }) => [stage, model])).toEqual([
      ['distill_assignment_requirements', 'scripted'],
      ['draft_plan', 'scripted'],
      ['verify_against_source', 'scripted'],
    ])
    expect(budget.run).toMatchObject({ used_tokens: INPUT + OUTPUT, left_tokens: 400_000 - INPUT - OUTPUT })
    expect(budget.day.used_tokens).toBe(INPUT + OUTPUT)
    expect(Date.parse(budget.day.resets_at)).toBeGreaterThan(Date.now())
  })

  test('is nothing for a second student of the same assignment, whose plan is made of the same answers', async () => {
    const before = one.asked.length
    const student = await planned()
    expect(one.asked).toHaveLength(before)
    const { total } = await usageOf(student)
    expect(total).toMatchObject({
      calls: 3,
      cached_calls: 3,
      input_tokens: 0,
      output_tokens: 0,
      cost_micro_usd: 0,
    })
    expect((await student.call('GET', `/assignments/${PROJECT}/plan`)).status).toBe(200)
  })

  test('is nothing either for a reprocess of what has not changed', async () => {
    const student = await planned()
    const before = one.asked.length
    await student.start(PROJECT, '?reprocess=true')
    await student.finished(PROJECT)
    expect(one.asked).toHaveLength(before)
    expect((await usageOf(student, '?generation=2')).total).toMatchObject({ calls: 3, cached_calls: 3 })
    expect((await usageOf(student)).total.calls).toBe(6)
  })

  test('is nobody else’s business, and absent before the first start', async () => {
    const stranger = await one.rig.student()
    const { status, body } = await stranger.call('GET', `/assignments/${PROJECT}/usage`)
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    expect((await stranger.call('GET', `/assignments/${PROJECT}/usage?generation=x`)).status).toBe(422)
  })
})

describe('a budget that is reached', () => {
  test('of the run parks it where it is; a larger one lets it go on, and what was paid for is not paid again', async () => {
    await using own = await startModelRig({ LLM_BUDGET_RUN_TOKENS: '30000', LLM_MAX_OUTPUT_TOKENS: '20000' })
    const student = await own.rig.student()
    await student.start(PROJECT)
    await student.finished(PROJECT)
    const { status, last_error } = await student.snapshot(PROJECT)
    expect(status).toBe('failed')
    expect(last_error).toMatchObject({ code: 'BUDGET_EXCEEDED', retryable: false, stage: 'draft_plan' })
    expect(last_error?.message).toMatch(/4,300 of 30,000 tokens.*LLM_BUDGET_RUN_TOKENS.*retry the stage/)
    expect(own.asked).toEqual(['distill'])
    await own.rig.stopWorker()
    await own.rig.startWorker({ LLM_BUDGET_RUN_TOKENS: '200000' })
    expect((await student.retry(PROJECT, 'draft_plan')).status).toBe(202)
    await student.finished(PROJECT)
    expect((await student.snapshot(PROJECT)).status).toBe('ready')
    expect(own.asked).toEqual(['distill', 'draft', 'judge'])
  })

  test('of a user’s day parks the run, and a budget of their own lets it go on without a restart', async () => {
    await using own = await startModelRig({ LLM_BUDGET_USER_DAY_TOKENS: '100' })
    const student = await own.rig.student()
    await student.start(PROJECT)
    await student.finished(PROJECT)
    const { last_error } = await student.snapshot(PROJECT)
    expect(last_error).toMatchObject({ code: 'BUDGET_EXCEEDED', stage: 'distill_assignment_requirements' })
    expect(last_error?.message).toMatch(/Your budget for today.*after midnight UTC.*ask the operator/)
    expect(own.asked).toEqual([])
    await own.rig.command('db/main.ts', 'budget', student.email, '500000')
    const usage = ModelUsage.parse((await student.call('GET', `/assignments/${PROJECT}/usage`)).body)
    expect(usage.budget.day.limit_tokens).toBe(500_000)
    await student.retry(PROJECT, 'distill_assignment_requirements')
    await student.finished(PROJECT)
    expect((await student.snapshot(PROJECT)).status).toBe('ready')
  })
})

test('a draft is shown while the model writes it, milestone by milestone, and nothing twice', async () => {
  await using own = await startModelRig({}, { ttft: 50, tps: 10 })
  const student = await own.rig.student()
  await student.start(PROJECT)
  const events = await student.finished(PROJECT)
  const previews = events.filter(({ event_type }) => event_type === 'preview')
  expect(previews[0]?.draft_summary).toBeTruthy()
  const shown = previews.flatMap(({ milestone_preview }) => milestone_preview ?? [])
  expect(new Set(shown.map((one) => JSON.stringify(one))).size).toBe(shown.length)
  // The first milestone was whole long before the last word of the answer.
  expect(shown[0]).toMatchObject({ id: 'start', order: 1, tasks: 1 })
  const { body } = await student.call('GET', `/assignments/${PROJECT}/plan`)
  const last = new Map(shown.map((one) => [one.order, one.title]))
  for (const { order, title } of body.milestones) expect(last.get(order)).toBe(title)
})
