import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

import { ModelUsage } from '../../contract/usage.ts'
import { agree, draftTwoTasks, promptOf } from '../models/project-answers.ts'
import { paid } from '../models/scripted-model.ts'
import { COSTS, startModelRig } from '../rig/model-rig.ts'
import type { Student } from '../rig/student.ts'
import { expectOnePlan } from './history.ts'
import { HeldWrites } from './hold-writes.ts'

const PROJECT = '2102/5102'
// Far longer than a busy machine keeps a worker waiting: a stage that is given up meanwhile would be tried once more.
const WATCHED = { STAGE_MAX_ATTEMPTS: '20', STAGE_HEARTBEAT_MS: '5000' }

async function usageOf(student: Student): Promise<ModelUsage> {
  return ModelUsage.parse((await student.call('GET', `/assignments/${PROJECT}/usage`)).body)
}

describe('a worker killed with kill -9', () => {
  test('while a model answers: only that call is made again, and the ledger tells of the one that was cut off', async () => {
    await using one = await startModelRig(WATCHED)
    const { rig, model, asked } = one
    const reached = Promise.withResolvers<void>()
    let drafts = 0
    model.mock.clearFixtures()
    model.answer('distill', [
      () => {
        asked.push('distill')
        return paid(nothing(), ...COSTS.distill)
      },
    ])
    model.answer('draft', [
      async (request) => {
        asked.push('draft')
        drafts += 1
        if (drafts > 1) return paid(draftTwoTasks(promptOf(request)), ...COSTS.draft)
        reached.resolve()
        // Never answered: whoever asked is dead by then.
        return new Promise(() => undefined)
      },
    ])
    model.answer('judge', [(request) => paid(agree(promptOf(request)), ...COSTS.judge)])
    const student = await rig.student()
    await student.start(PROJECT)
    await reached.promise
    await rig.killWorker()
    const { total, budget } = await usageOf(student)
    expect(total).toMatchObject({ calls: 2, unsettled_calls: 1 })
    const [paidFor] = [COSTS.distill[0] + COSTS.distill[1]]
    expect(budget.run.used_tokens).toBeGreaterThan(paidFor)
    await rig.startWorker()
    expectOnePlan(await student.finished(PROJECT))
    expect(asked).toEqual(['distill', 'draft', 'draft'])
    const after = await usageOf(student)
    expect(after.total).toMatchObject({ calls: 4, unsettled_calls: 1, failed_calls: 0 })
    const spent = Object.values(COSTS)
      .flat()
      .reduce((sum, tokens) => sum + tokens, 0)
    expect(after.total.input_tokens + after.total.output_tokens).toBe(spent)
  })

  test('after the answer was kept and before the stage was stored: nothing is paid twice', async () => {
    await using one = await startModelRig(WATCHED)
    const { rig, asked } = one
    const student = await rig.student()
    await using writes = await HeldWrites.open(rig)
    await writes.hold({ user_id: student.user_id, what: 'draft', moment: 'write' })
    await student.start(PROJECT)
    await writes.reached()
    await rig.killWorker()
    await writes.release('waymark-worker')
    await rig.startWorker()
    expectOnePlan(await student.finished(PROJECT))
    expect(asked).toEqual(['distill', 'draft', 'judge'])
    const { calls, cached_calls, unsettled_calls } = (await usageOf(student)).total
    // A busy machine may give a stage up once more: each further try takes what is kept.
    expect({ paid: calls - cached_calls, unsettled_calls }).toEqual({ paid: 3, unsettled_calls: 0 })
    expect(cached_calls).toBeGreaterThanOrEqual(1)
  })

  test('loses no budget: what it had set aside comes back once its time is over', async () => {
    await using one = await startModelRig({ ...WATCHED, LLM_BUDGET_RUN_TOKENS: '45000' })
    const { rig, model, asked } = one
    const reached = Promise.withResolvers<void>()
    model.mock.clearFixtures()
    model.answer('distill', [
      () => {
        asked.push('distill')
        reached.resolve()
        return asked.length > 1 ? paid(nothing(), ...COSTS.distill) : new Promise(() => undefined)
      },
    ])
    model.answer('draft', [(request) => paid(draftTwoTasks(promptOf(request)), ...COSTS.draft)])
    model.answer('judge', [(request) => paid(agree(promptOf(request)), ...COSTS.judge)])
    const student = await rig.student()
    await student.start(PROJECT)
    await reached.promise
    await rig.killWorker()
    await sql`update llm_calls set lease_until = now() - interval '1 second'`.execute(rig.db.write)
    await rig.startWorker()
    expectOnePlan(await student.finished(PROJECT))
    const spent = Object.values(COSTS)
      .flat()
      .reduce((sum, tokens) => sum + tokens, 0)
    expect((await usageOf(student)).budget.run.used_tokens).toBe(spent)
  })
})

function nothing() {
  const policy = { quotes: [], level: 'none_said' }
  const none = { requirements: [], suspicious: [], ai_policy: policy, open_questions: [] }
  return { ...none, objective: 'Build what the sheet describes.', genre: 'programming' }
}
