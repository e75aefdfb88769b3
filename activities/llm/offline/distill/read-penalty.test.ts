import { expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Project 3', due_at: '2026-12-07T04:59:00Z' }, 'America/New_York')
const rubric = {
  title: null,
  points_possible: 40,
  hide_points: false,
  used_for_grading: true,
  criteria: [{ id: '_1', description: 'Recovery', long_description: null, points: 40, ratings: [] }],
}

test.each([
  ['A program that loses a write can score at most 15 of the 40 points for durability.', '15', 'points'],
  ['Programs that leak memory cannot score above 80%.', '80', '%'],
  ['A report without units is capped at 10 of 20 points.', '10', 'points'],
])('takes what the grade can reach at most for a rule of grading: %j', (text, most, unit) => {
  for (const known of [context, { ...context, rubric }]) {
    const documents = [bareDocument(`# Grading\n\n${text}\n`)]
    const [found] = distillOffline({ context: known, documents }).requirements
    expect([found?.kind, found?.statement]).toEqual(['grading', text.slice(0, -1)])
    expect(found?.quantities).toEqual([
      expect.objectContaining({ text: most, value: Number(most), unit, bound: 'at_most' }),
    ])
  }
})

test('reads a cap without a unit', () => {
  const text = 'An essay without a source list cannot score above 20 of 30 for evidence.'
  const [found] = distillOffline({ context, documents: [bareDocument(`${text}\n`)] }).requirements
  expect([found?.kind, found?.statement, found?.quantities]).toEqual(['grading', text.slice(0, -1), []])
})

test.each([
  'Papers that lack a thesis earn no more than half of the points.',
  'You cannot earn more than 15 points without a README.',
])('tells a cap as it is told, and orders nobody to earn less: %j', (text) => {
  const [found] = distillOffline({ context, documents: [bareDocument(`${text}\n`)] }).requirements
  expect([found?.kind, found?.statement]).toEqual(['grading', text.slice(0, -1)])
})
