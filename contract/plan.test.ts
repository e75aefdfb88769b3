import { describe, expect, test } from 'vitest'

import { findPlanFaults, Plan } from './plan.ts'

const task = (id: string, depends_on: string[] = []) => ({
  id,
  title: 'Read the brief',
  description: 'Read it twice.',
  deliverable: '',
  done_definition: 'You can retell it.',
  estimated_effort: '20m',
  depends_on,
})
const planOf = (tasks: ReturnType<typeof task>[]) => ({
  assignment_summary: {
    title: 'Essay',
    objective: 'Argue',
    success_definition: 'Done',
    hard_constraints: [],
    grading_signals: [],
  },
  milestones: [
    {
      id: 'start',
      title: 'Start',
      purpose: 'Begin',
      acceptance_criteria: [],
      due_strategy: 'Soon',
      order: 1,
      tasks,
    },
  ],
  risks: [],
  submission_strategy: { final_checklist: [], quality_bar: 'Good', common_failure_modes: [] },
})

describe('the plan schema (A2)', () => {
  test('accepts the shape of the contract', () => {
    expect(Plan.safeParse(planOf([task('a'), task('b', ['a'])])).success).toBe(true)
  })

  test('refuses a missing key anywhere', () => {
    const whole = planOf([task('a')])
    const { quality_bar: _dropped, ...strategy } = whole.submission_strategy
    expect(Plan.safeParse({ ...whole, submission_strategy: strategy }).success).toBe(false)
    const { risks: _risks, ...without } = whole
    expect(Plan.safeParse(without).success).toBe(false)
  })

  test('refuses an unknown key anywhere', () => {
    const whole = planOf([task('a')])
    expect(Plan.safeParse({ ...whole, grade: 'A' }).success).toBe(false)
    expect(Plan.safeParse(planOf([{ ...task('a'), essay: 'text' } as never])).success).toBe(false)
  })

  test('refuses a circle, an unknown dependency and a doubled id, each with a sentence', () => {
    expect(findPlanFaults(planOf([task('a', ['b']), task('b', ['a'])])).join()).toContain('circular')
    expect(findPlanFaults(planOf([task('a', ['ghost'])]))).toEqual(['task a depends on unknown task ghost'])
    expect(findPlanFaults(planOf([task('a'), task('a')]))).toEqual(['task id a is used twice'])
    expect(Plan.safeParse(planOf([task('a', ['a'])])).success).toBe(false)
  })
})
