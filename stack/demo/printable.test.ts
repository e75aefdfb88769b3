import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { parsePrintable, printable } from './printable.ts'

const ESC = '\u001b'
const UNSAFE = /(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u

describe('printable()', () => {
  test.each([
    ['a colour', `${ESC}[31mEssay${ESC}[0m`, 'Essay'],
    ['a cleared screen', `Essay${ESC}[2J${ESC}[H`, 'Essay'],
    [
      'a link that shows one address and opens another',
      `${ESC}]8;;https://evil.example/${ESC}\\Essay${ESC}]8;;${ESC}\\`,
      'Essay',
    ],
    ['a window title', `${ESC}]0;root@host\u0007Essay`, 'Essay'],
    ['an escape in eight bits', 'Essay\u009b31m', 'Essay'],
    ['a bell, a backspace and a carriage return', 'Es\u0007say\u0008\r', 'Essay'],
    ['text turned around', 'Essay \u202eabc\u202c', 'Essay abc'],
    ['text in tag characters', 'Essay\u{e0049}\u{e0067}\u{e006e}', 'Essay'],
    ['half an escape sequence', `Essay${ESC}`, 'Essay'],
  ])('takes %s out', (_, raw, shown) => {
    expect(printable(raw)).toBe(shown)
  })

  test('leaves words, lines and the joiners of scripts as they are', () => {
    const text = 'Œuvre, 家族\n\tمی‌خواهم 👩‍👩‍👧'
    expect(printable(text)).toBe(text)
  })

  test('lets nothing through that a terminal would act on, whatever it is given', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(ESC, `${ESC}[`, `${ESC}]0;`, '\u009b', '\u202e'),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(printable(pieces.join(''))).not.toMatch(UNSAFE)
      }),
    )
  })
})

test('parsePrintable() makes every string of an answer printable, however deep', () => {
  const answer = { plan: [{ title: `${ESC}[1mEssay` }], count: 3, none: null }
  expect(parsePrintable(JSON.stringify(answer))).toEqual({ plan: [{ title: 'Essay' }], count: 3, none: null })
})
