import { describe, expect, test } from 'vitest'

import { createWordsGuard } from './guard-words.ts'

const WORK =
  'The reform came because delay had become more expensive than filters. I argue that trade explains the timing better than science does.'
const SOURCE = 'In this essay you argue why one reform happened when it did – not merely that it happened.'
const guard = createWordsGuard({ texts: [WORK, SOURCE] })

describe('what a model may tell a student', () => {
  test.each([
    'You name a cause, and the second paragraph ties it to a date.',
    'Which figure supports the claim that “delay had become more expensive than filters”?',
    'The brief asks “why one reform happened when it did”: where do you say when?',
    'Your third paragraph gives 42 ships and 8,000 deaths: where does a reader find their source?',
    'Look at the last two paragraphs side by side: which claim do they share?',
    'A reader may ask what Altona shows that London does not.',
  ])('%s', (words) => {
    expect(guard(words)).toBeNull()
  })
})

describe('what no student is told', () => {
  test.each([
    ['grade', 'This would get a B+ as it stands.'],
    ['grade', 'I would give this 85 points.'],
    ['grade', 'Thesis: 18 out of 20.'],
    ['grade', 'It is at A-level work, a solid A-.'],
    ['grade', 'Your grade should be around 70.'],
    ['rewrite', 'You could write: the reform of 1893 was a commercial decision.'],
    ['rewrite', 'Replace it with “Trade, and not science, moved the Senate.”'],
    ['rewrite', 'A stronger thesis would be that trade decided it.'],
    ['rewrite', 'Rephrase the sentence as: "Delay was dear."'],
    ['link', 'See https://example.org/help for more.'],
    ['link', '![x](http://collector.example/?q=1)'],
    ['invented_quote', 'You say “the bacillus was discovered by a committee of merchants”.'],
    [
      'prose',
      'In this essay the filters of the island were built because foreign consuls wished to see a visible work and nothing else would satisfy them.',
    ],
    [
      'prose',
      'The Senate was divided while the merchants were united, and therefore the chamber was able to force the vote that the physicians had failed to win.',
    ],
  ])('%s: %s', (reason, words) => {
    expect(guard(words)).toBe(reason)
  })
})
