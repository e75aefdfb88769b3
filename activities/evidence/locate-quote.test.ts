import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { createQuoteLocator, locateQuote } from './locate-quote.ts'
import { normaliseText } from './normalise-text.ts'

const bare = (text: string) => ({ text, pages: [] })

const BRIEF = [
  'Write an argumentative essay of 1,500–2,000 words on a “contested” question in urban plan-',
  'ning. Cite at least five peer-reviewed sources published after 2015, and don’t rely on',
  'websites alone. Submit the file as a PDF on Canvas.',
].join('\n')

const word = fc.stringMatching(/^[a-z]{2,9}$/)
const words = fc.array(word, { minLength: 8, maxLength: 60 })

describe('locateQuote()', () => {
  test('finds any substring of any text to the letter at an offset that holds it', () => {
    const cut = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
      .chain((text) =>
        fc
          .tuple(fc.constant(text), fc.nat(text.length - 1))
          .chain(([whole, start]) =>
            fc
              .integer({ min: start + 1, max: whole.length })
              .map((end) => ({ whole, quote: whole.slice(start, end) })),
          ),
      )
    fc.assert(
      fc.property(cut, ({ whole, quote }) => {
        fc.pre(quote.trim() !== '')
        const found = locateQuote(bare(whole), quote)
        expect(found.match).toBe('exact')
        expect(whole.slice(found.start ?? -1, found.end ?? -1)).toBe(quote)
      }),
    )
  })

  test('finds a passage whose spaces, quotation marks and dashes were changed, and points at the raw words', () => {
    const glue = fc.constantFrom(
      [' ', '\n'],
      [' ', '  \t'],
      [' ', '\u00A0'],
      [' “', ' "'],
      ['’s ', "'s "],
      [' – ', ' - '],
    )
    fc.assert(
      fc.property(words, fc.array(glue, { minLength: 8, maxLength: 60 }), fc.nat(3), (list, glues, from) => {
        const join = (side: 0 | 1) =>
          list.map((item, i) => item + (glues[i % glues.length]?.[side] ?? ' ')).slice(from)
        const raw = `zero ${join(0).join('')} end`
        const quote = join(1).join('').trim()
        const found = locateQuote(bare(raw), quote)
        expect(['exact', 'normalised']).toContain(found.match)
        const there = raw.slice(found.start ?? -1, found.end ?? -1)
        expect(normaliseText(there).text).toBe(normaliseText(quote).text)
      }),
    )
  })

  test('does not find text made of other letters', () => {
    const other = fc.stringMatching(/^[A-Z0-9 ]{1,80}$/).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(words, other, (list, quote) => {
        expect(locateQuote(bare(list.join(' ')), quote).match).toBe('none')
      }),
    )
  })

  test.each([
    ['a “contested” question', 'exact'],
    ['a "contested" question in urban planning', 'normalised'],
    ['five peer-reviewed sources', 'exact'],
    ['five peer‑reviewed   sources', 'normalised'],
    ["don't rely on websites alone", 'normalised'],
    ['Write an argumentative essay of 1500-2000 words', 'none'],
    ['Write an essay of 1,500–2,000 words on a contested question', 'fuzzy'],
    ['Write an argumentative essay of 1,500–2,500 words on a contested question', 'none'],
    ['Cite at least six peer-reviewed sources published after 2018', 'none'],
    ['Hand in two copies at the front desk of the department', 'none'],
    ['   ', 'none'],
    ['', 'none'],
  ])('places %j: %s', (quote, match) => {
    expect(locateQuote(bare(BRIEF), quote).match).toBe(match)
  })

  test('joins a word broken over two lines and maps it back to both lines', () => {
    const { start, end } = locateQuote(bare(BRIEF), 'in urban planning.')
    expect(BRIEF.slice(start ?? 0, end ?? 0)).toBe('in urban plan-\nning.')
  })

  test('names the page the quote begins on', () => {
    const locate = createQuoteLocator({
      text: BRIEF,
      pages: [
        { page: 1, start: 0, end: 90 },
        { page: 2, start: 90, end: BRIEF.length },
      ],
    })
    expect(locate('Write an argumentative').page).toBe(1)
    expect(locate('Submit the file').page).toBe(2)
  })
})

describe('normaliseText()', () => {
  test('gives every character the raw place it came from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (raw) => {
        const { text, at, ends } = normaliseText(raw)
        expect(at).toHaveLength(text.length)
        expect(ends).toHaveLength(text.length)
        for (const [i, start] of at.entries()) {
          expect(start).toBeGreaterThanOrEqual(at[i - 1] ?? 0)
          expect(ends[i]).toBeGreaterThan(start)
        }
      }),
    )
  })

  test('keeps a hyphen that stands between digits or by itself', () => {
    expect(normaliseText('8–10 pages — or 2-\n3').text).toBe('8-10 pages - or 2- 3')
  })
})
