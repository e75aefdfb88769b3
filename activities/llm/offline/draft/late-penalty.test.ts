import { expect, test } from 'vitest'

import { draftEssay } from './examples/draft-essay.ts'
import { essayDistilled, quoteOf } from './examples/essay-assignment.ts'
import { bindingLate } from './late-penalty.ts'

test.each([
  ['Late essays lose 5% per day', true],
  ['Late work: 5 points per calendar day, for at most five days', true],
  ['Essays more than five days late will not be accepted', true],
  ['No credit for replies posted after the second date', true],
  ['A conversation cannot be handed in late', true],
  ['You have one 48-hour extension for the semester', false],
  ['Write about late Roman law in 1,500 words', false],
  ['Section 5 is worth 30 of the 150 points', false],
])('“%s” says what late work loses: %j', (statement, expected) => {
  expect(bindingLate([{ statement, modality: 'must' }])).toHaveLength(expected ? 1 : 0)
})

test.each([
  'Late work: unless an assignment says otherwise, 5 points per calendar day',
  'Late work loses 10% per day unless otherwise stated',
  'Unless the sheet says otherwise, late essays lose 5 points per day',
])('“%s” gives way to a rule of the sheet, and binds where it has none', (statement) => {
  const course = { statement, modality: 'must' as const }
  const own = { statement: 'A conversation cannot be handed in late', modality: 'must_not' as const }
  expect(bindingLate([course, own])).toEqual([own])
  expect(bindingLate([course])).toEqual([course])
})

test('a penalty for late work stands among the constraints, with its evidence, and in the final checklist', () => {
  const { plan, links } = draftEssay()
  const { hard_constraints } = plan.assignment_summary
  const place = hard_constraints.indexOf('Late essays lose 5% per day.')
  expect(links).toContainEqual({
    pointer: `/assignment_summary/hard_constraints/${place}`,
    requirement_ids: ['late'],
  })
  expect(plan.submission_strategy.final_checklist).toContain('Late essays lose 5% per day.')
})

test('work that is due on a day of its own stands with it among the constraints and in the final checklist', () => {
  const soft = essayDistilled.requirements.map((one) =>
    one.id === 'outline' ? { ...one, hard: false } : one,
  )
  const { plan } = draftEssay({ distilled: { requirements: soft } })
  const line = 'Hand in a one-page outline by November 10.'
  expect(plan.assignment_summary.hard_constraints.filter((text) => text === line)).toHaveLength(1)
  expect(plan.submission_strategy.final_checklist.filter((text) => text === line)).toHaveLength(1)
})

test('a day that only stands near other work is not said to be its day', () => {
  const near = { ...quoteOf('Take a position on which city is better prepared'), quote: 'November 18' }
  const dates = [{ text: 'November 18', iso_date: '2026-11-18', agrees_with_canvas: null, evidence: near }]
  const { plan } = draftEssay({ distilled: { dates } })
  expect(plan.assignment_summary.hard_constraints.join('\n')).not.toContain('November 18')
})
