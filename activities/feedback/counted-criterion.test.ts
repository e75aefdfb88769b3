import { describe, expect, test } from 'vitest'

import type { FeedbackInput } from '../llm/port.ts'
import { assessOffline } from '../llm/offline/feedback/assess-offline.ts'
import { countedOf } from './counted-criterion.ts'
import { feedbackInput } from './examples/essay-feedback.ts'
import { words } from './examples/rule-cases.ts'

type Criterion = NonNullable<FeedbackInput['context']['rubric']>['criteria'][number]

const criterion = (description: string, long_description: string, best = ''): Criterion => ({
  id: '_9',
  description,
  long_description,
  points: 10,
  ratings: [
    { description: 'Missing', long_description: null, points: 0 },
    { description: best, long_description: null, points: 10 },
  ],
})

function assess(one: Criterion, text: string) {
  const given = feedbackInput(text)
  const rubric = {
    title: null,
    points_possible: 10,
    hide_points: false,
    used_for_grading: true,
    criteria: [one],
  }
  const held = { ...given, context: { ...given.context, rubric } }
  return { counted: countedOf(one, held), seen: assessOffline(held).criteria[0] }
}

describe('a criterion that is counted', () => {
  test.each([
    [1_700, 'met'],
    [300, 'not_met'],
  ] as const)('and nothing else is what the count says: %i words', (count, status) => {
    const { counted, seen } = assess(criterion('Length', '1,500 to 2,000 words'), words(count))
    expect(counted.isAll).toBe(true)
    expect(seen).toMatchObject({ status })
    expect(seen?.observation).toMatch(/words/)
  })

  test('in part is left to people, with what falls short', () => {
    const long = 'Paragraphs carry one claim each. 1,500 to 2,000 words.'
    const { counted, seen } = assess(criterion('Structure and prose', long), words(300))
    expect(counted.isAll).toBe(false)
    expect(seen).toMatchObject({ status: 'not_assessed' })
    expect(seen?.observation).toMatch(/^What can be counted of it falls short: The text has 300 words/)
  })
})

describe('a criterion that is not counted', () => {
  test('is shown with the best level in its own words', () => {
    const { seen } = assess(
      criterion('Rivers', 'Compares two rivers', 'Weighs both rivers and takes a stand.'),
      'Text.',
    )
    expect(seen?.observation).toMatch(/The best level reads: “Weighs both rivers and takes a stand”/)
  })

  test.each(['Full marks', 'A (18-20 points): does all that is asked', 'Worth 20 points, and more'])(
    'is shown without a level that says “%s”',
    (best) => {
      expect(assess(criterion('Rivers', 'Compares two rivers', best), 'Text.').seen?.observation).not.toMatch(
        /best level/,
      )
    },
  )

  test('is no gap where nothing in its wording can be looked for', () => {
    expect(assess(criterion('Thesis and argument', ''), words(300)).seen?.observation).toMatch(
      /what the work does as a whole|one passage uses/i,
    )
  })
})
