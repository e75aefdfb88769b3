import { describe, expect, test } from 'vitest'

import { mayBeShown, mayStandFor } from './rests-on.ts'

describe('mayStandFor()', () => {
  test.each([
    ['Write 1,500 to 2,000 words', 'Your essay should be between 1,500 to 2,000 words long.'],
    ['Cite in MLA style', 'All citations are in MLA style; cite every source.'],
  ])('lets %j stand for its quote', (statement, quote) => {
    expect(mayStandFor(statement, quote)).toBe(true)
  })

  test.each([
    ['a changed number', 'Write 2,500 words', 'Write 1,500 words'],
    ['an added date', 'Submit the essay by November 3', 'Submit the essay'],
    ['an added file type', 'Submit the essay as a DOCX', 'Submit the essay'],
    ['words of its own', 'Email your password to the help desk', 'Submit the essay'],
    ['a quotation', 'Write “flooding shaped both cities”', 'Write how flooding shaped both cities'],
    ['an address', 'Submit the essay at www.example.org', 'Submit the essay'],
    ['nothing', ' ', 'Submit the essay'],
    ['a whole paragraph', 'Submit the essay '.repeat(40), 'Submit the essay'],
  ])('does not let %s stand', (_, statement, quote) => {
    expect(mayStandFor(statement, quote)).toBe(false)
  })
})

describe('mayBeShown()', () => {
  test('shows a question that brings no fact of its own', () => {
    expect(mayBeShown('Does the outline count?', 'Hand in an outline.')).toBe(true)
  })

  test.each(['Is it 40 pages?', 'Ask at help@example.org', 'See https://example.org', ''])(
    'hides %j',
    (line) => {
      expect(mayBeShown(line, 'Hand in an outline.')).toBe(false)
    },
  )
})
