import fc from 'fast-check'
import { expect, test } from 'vitest'

import { cutSpans } from './cut-spans.ts'

test('leaves a space for each stretch that is cut, in any order', () => {
  expect(
    cutSpans('abcdef', [
      { start: 4, end: 5 },
      { start: 1, end: 2 },
    ]),
  ).toBe('a cd f')
  expect(
    cutSpans('abcdef', [
      { start: 1, end: 4 },
      { start: 2, end: 3 },
    ]),
  ).toBe('a ef')
  expect(cutSpans('abc', [])).toBe('abc')
})

test('keeps exactly the characters that no span holds', () => {
  const span = fc
    .tuple(fc.nat(20), fc.nat(20))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
  fc.assert(
    fc.property(fc.array(span), (spans) => {
      const text = 'abcdefghijklmnopqrst'
      const kept = Array.from(text).filter(
        (_, at) => !spans.some(({ start, end }) => start <= at && at < end),
      )
      expect(cutSpans(text, spans).replaceAll(' ', '')).toBe(kept.join(''))
    }),
  )
})
