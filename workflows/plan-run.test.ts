import { ApplicationFailure } from '@temporalio/common'
import { describe, expect, test } from 'vitest'

import { PLAN_STAGES } from '../contract/stages.ts'
import type { RetryStageMessage } from './messages.ts'
import { describeRun, newPlanRun, refuseRetry, type PlanRun } from './plan-run.ts'
import { parkedBy } from './stopped-stage.ts'

const message = (change: Partial<RetryStageMessage> = {}): RetryStageMessage => ({
  stage: 'draft_plan',
  expected_attempt: null,
  actor: { type: 'user', id: 'u' },
  reason_id: null,
  request_id: null,
  ...change,
})
const parked: PlanRun = {
  ...newPlanRun('j_000000000001', 1),
  attempt: 2,
  parked: {
    stage: 'draft_plan',
    code: 'ENCRYPTED',
    title: 'A document is password-protected',
    silent: false,
  },
}

describe('refuseRetry()', () => {
  test('takes a retry of the parked stage, with or without the right attempt', () => {
    expect(refuseRetry(parked, message())).toBeNull()
    expect(refuseRetry(parked, message({ expected_attempt: 2 }))).toBeNull()
  })
  test('takes a retry that comes before the workflow has heard of the failure', () => {
    expect(refuseRetry({ ...newPlanRun('j_000000000001', 1), current: 'draft_plan' }, message())).toBeNull()
  })
  test('refuses when nothing is parked, for another stage and for another attempt', () => {
    expect(refuseRetry({ ...newPlanRun('j_000000000001', 1), current: 'finalize_plan' }, message())).toBe(
      'NOT_PARKED',
    )
    expect(refuseRetry(parked, message({ stage: 'finalize_plan' }))).toBe('OTHER_STAGE')
    expect(refuseRetry(parked, message({ expected_attempt: 1 }))).toBe('OTHER_ATTEMPT')
  })
})

test('a run that is taken up by a fresh workflow goes on counting its attempts', () => {
  const again: PlanRun = { ...parked, ...newPlanRun('j_000000000002', 2), parked: parked.parked }
  expect(refuseRetry(again, message({ expected_attempt: 2 }))).toBeNull()
})

describe('parkedBy()', () => {
  test('reads the code of a stage that parked its run itself', () => {
    const cause = ApplicationFailure.create({ type: 'ENCRYPTED', message: 'title', details: ['parked'] })
    expect(parkedBy('draft_plan', cause)).toEqual({
      stage: 'draft_plan',
      code: 'ENCRYPTED',
      title: 'title',
      silent: false,
    })
  })
  test('knows a stage that died without a word, so that somebody writes it down', () => {
    expect(parkedBy('draft_plan', new Error('timeout'))).toMatchObject({
      code: 'RETRIES_EXHAUSTED',
      silent: true,
    })
    const failed = ApplicationFailure.create({ type: 'STORE_AWAY', message: 'away' })
    expect(parkedBy('draft_plan', failed)).toMatchObject({ code: 'RETRIES_EXHAUSTED', silent: true })
  })
})

describe('describeRun()', () => {
  test('tells a stranger what is done, what waits, and what to do', () => {
    const text = describeRun({ ...parked, done: ['fetch_canvas_context'], current: 'draft_plan' })
    expect(text).toContain('✅ Reading the assignment')
    expect(text).toContain('⛔ **Drafting the plan**: A document is password-protected (`ENCRYPTED`)')
    expect(text).toContain('/stages/draft_plan/retry')
  })
  test('says when the plan is ready', () => {
    expect(describeRun({ ...newPlanRun('j_000000000001', 1), done: [...PLAN_STAGES] })).toContain(
      'The plan is ready.',
    )
  })
})
