import { expect, test } from 'vitest'

import { asksBefore } from './asks-before.ts'
import { readDates } from './read-dates.ts'

const DUE = { days: ['2026-12-14'], anchor: '2026-12-14' }

test.each([
  ['ask me by email before December 2', true],
  ['If you cannot submit on time, write to me before December 2', true],
  ['Contact the course office by December 2', true],
  ['Request an extension by December 2', true],
  ['By December 2, ask me which edition you may use', true],
  ['Bring your questions to class by December 2', true],
  ['Ask me if anything is unclear; submit the draft by December 2', false],
  ['Email me your draft by December 2', false],
  ['Submit your proposal by email before December 2', false],
  ['The essay is due December 2', false],
  ['By December 2, hand in the outline; ask me if you are late', false],
  ['The essay asks what changed; hand it in by December 2', false],
])('“%s” names a date to ask by: %j', (sentence, expected) => {
  expect(asksBefore(sentence, { start: sentence.indexOf('December 2') })).toBe(expected)
})

test('a date to ask by contradicts no due date, one to hand in by does', () => {
  const agreed = (text: string) => readDates(text, DUE).map(({ agrees_with_canvas }) => agrees_with_canvas)
  expect(
    agreed('If your city is not on the list, ask me by email before Wednesday, December 2; I need to know.'),
  ).toEqual([null])
  expect(agreed('Submit the essay by Wednesday, December 2.')).toEqual([false])
})
