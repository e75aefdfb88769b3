import { describe, expect, test } from 'vitest'

import { createWordsGuard } from './guard-words.ts'

const WORK =
  'The reform came because delay had become more expensive than filters. I argue that trade explains the timing better than science does. Insurance rose from one to four per cent. “Forty-two ships were turned away at Rio”, says the petition. It ends with histories that celebrate the laboratory.'
const SOURCE = 'In this essay you argue why one reform happened when it did – not merely that it happened.'
const guard = createWordsGuard({ work: WORK, documents: [SOURCE] })

describe('what a model may tell a student', () => {
  test.each([
    'You name a cause, and the second paragraph ties it to a date.',
    'Which figure supports the claim that “delay had become more expensive than filters”?',
    'Which figure supports "Delay had become more expensive … than filters."?',
    'The brief asks “why one reform happened when it did”: where do you say when?',
    'Your conclusion turns to ‘histories that celebrate the laboratory’. Which ones?',
    'Your third paragraph gives 42 ships and 8,000 deaths: where does a reader find their source?',
    'Look at the last two paragraphs side by side: which claim do they share?',
    'A reader may ask what Altona shows that London does not.',
    'Your essay makes three points in 2 paragraphs.',
    'Two points: A reader needs a date, and the table needs a source.',
    'A reader would get lost between the two cities: what links them?',
    'The argument would fail if Altona were richer: do you say so?',
    'Insurance rises to four per cent: which source says so?',
    'The quotation marks around confidence are the chamber’s: do you say so?',
    '3 out of 5 sources are primary: is that what the brief asks?',
    'Could you say more about Koch?',
    'You could say where the figures come from.',
    'Which option, A or B, do you follow?',
    'The table scores each street by deaths: how were these counted?',
    'The words “price” and “delay” come back: is each use needed?',
    'The passage on Koch gets the dates right.',
    'Compare 1/3 of the cases with the deaths beside them.',
    'Does Pettenkofer’s rival account deserve a paragraph of its own?',
    'Check the note for Evans: the page range begins at 256.',
    'Vitamin C comes up once: which source says so?',
    'Your Plan A and Plan B: where do they differ?',
    'Which of the two do you follow, A or B?',
    'Is the vote of the late 1890s meant, or one in the 1960s?',
    'Consider: what would change if Altona had failed?',
    'Where does the essay state that the Senate paid?',
    'The following sentence names no source: is that meant?',
  ])('%s', (words) => {
    expect(guard(words)).toBeNull()
  })
})

describe('what no student is told', () => {
  test.each([
    'This would get a B+ as it stands.',
    'I would give this 85 points.',
    'Thesis: 18 out of 20.',
    'It is at A-level work, a solid A-.',
    'Your grade should be around 70.',
    'This is a solid B.',
    'An A paper, no doubt.',
    'B plus at the moment.',
    'This is first-class work.',
    'With distinction, surely.',
    'It deserves full marks.',
    'It is worth about eighty-five percent.',
    'I would say 85%.',
    'Work worth four per cent more.',
    'A high 2:1.',
    'Overall: 9/10.',
    'Four out of five.',
    'This exceeds the expectations of the course.',
    'You will pass.',
    'This essay fails.',
    'You’d get a good grade.',
    'A better grade is within reach.',
    '★★★★☆',
    'Mark: 64.',
    'Score: ninety.',
    'Ein solides Werk, Note 2.',
    'Solid work, B.',
    'C at best.',
    'I see this at the upper end of the scale.',
    'In the 80s.',
    'Somewhere in the high nineties.',
  ])('no grade: %s', (words) => {
    expect(guard(words)).toBe('grade')
  })

  test.each([
    'You could write: the reform of 1893 was a commercial decision.',
    'Replace it with “Trade, and not science, moved the Senate.”',
    'A stronger thesis would be that trade decided it.',
    'Rephrase the sentence as: "Delay was dear."',
    'Consider: Trade decided the reform.',
    'Try opening with something like this: Trade moved the Senate.',
    'Your thesis might read: Trade decided it.',
    'Your thesis could be that trade decided the matter.',
    'Here is a revised version of it.',
    'An improved version reads: delay was dear.',
    'Perhaps something like “the Senate paid at last”.',
    'You might say that delay was dear.',
    'Instead of “the filters”, use “the pumps”.',
    'Add a sentence here, e.g. one along the lines of the petition.',
    'You could open with the petition of the chamber.',
    'For instance: trade moved the Senate to act.',
    'Change your first sentence to say that the Senate feared losses.',
    'Write that the Senate feared losses more than cholera.',
    'Suggested rewrite - trade moved the Senate.',
    'Use the following sentence: trade moved the Senate.',
  ])('no wording to take over: %s', (words) => {
    expect(guard(words)).toBe('rewrite')
  })

  test.each([
    'You say “the bacillus was discovered by a committee of merchants”.',
    'You say ‘the bacillus was found by a committee of merchants’.',
    'You say «the bacillus was found by merchants».',
    'You say `the bacillus was found by merchants`.',
    'You say “the bacillus was found by a committee\nof merchants”.',
    'You claim “the astronomers of the Senate prescribed vinegar to all',
    'You say “delay had become dearer and more expensive than filters”.',
  ])('no quotation that stands nowhere, or only nearly: %s', (words) => {
    expect(guard(words)).toBe('invented_quote')
  })

  test.each([
    ['link', 'See https://example.org/help for more.'],
    ['link', '![x](http://collector.example/?q=1)'],
    ['link', 'See collector.example for more.'],
    ['markup', '<script>alert(1)</script> Look.'],
    ['markup', 'Look \u001B[31mhere.'],
    ['markup', 'Look \u202Ehere.'],
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
