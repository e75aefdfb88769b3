import { describe, expect, test } from 'vitest'

import { MACHINES, next } from '../machines.ts'
import type { PlanState } from '../machines/masterplan-machines.ts'
import { canRetryTask, planAfterTaskRetry, planControls } from './plan-controls.ts'

describe('planControls()', () => {
  test.each([
    ['draft', ['approve', 'reject'], []],
    ['approved', ['execute', 'reject'], ['can_execute', 'can_cancel']],
    ['in_progress', ['view_details', 'cancel'], ['can_pause', 'can_cancel']],
    ['paused', ['resume', 'cancel'], ['can_resume', 'can_cancel']],
    ['failed', ['retry', 'view_details', 'reject'], ['can_retry']],
    ['completed', ['view_details', 'export'], []],
    ['rejected', ['view_details'], []],
    ['cancelled', ['view_details'], []],
  ] as const)('M27 In %s the recovery options are %s', (state, options, can) => {
    const { recovery_options, ...flags } = planControls(state)
    expect(recovery_options).toEqual(options)
    expect(Object.entries(flags).flatMap(([name, is]) => (is ? [name] : []))).toEqual(can)
  })

  test('offers nothing that the machine would refuse', () => {
    for (const state of MACHINES.plan.states) {
      for (const option of planControls(state).recovery_options) {
        const looks = option === 'view_details' || option === 'export'
        expect(looks || next('plan', state, option).kind === 'moved').toBe(true)
      }
    }
  })
})

test('a failed task can be tried again in every plan that has begun and is not cancelled, and takes an ended plan up again', () => {
  const after: Readonly<Record<PlanState, PlanState | null>> = {
    draft: null,
    approved: null,
    rejected: null,
    in_progress: 'in_progress',
    paused: 'paused',
    completed: 'in_progress',
    failed: 'in_progress',
    cancelled: null,
  }
  for (const state of MACHINES.plan.states) {
    expect(planAfterTaskRetry(state)).toBe(after[state])
    for (const status of MACHINES.task.states) {
      expect(canRetryTask(state, { status })).toBe(status === 'failed' && after[state] !== null)
    }
  }
})
