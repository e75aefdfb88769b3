import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { splitText } from './split-text.ts'

const SECTIONS = [
  '# One\n\nThe first section is short.\n\n',
  '# Two\n\nThe second section is a little longer than the first one is.\n\n',
  '# Three\n\nThe third.\n',
]
const text = SECTIONS.join('')
const piecesOf = (of: string, most: number) =>
  splitText(of, most).map(({ start, end }) => of.slice(start, end))

describe('splitText()', () => {
  test('leaves a text whole that fits', () => {
    expect(piecesOf(text, text.length)).toEqual([text])
  })
  test('cuts before a heading where it can', () => {
    expect(piecesOf(text, 70)).toEqual(SECTIONS)
  })
  test('cuts a long section before a paragraph, then between words', () => {
    const long = `# One\n\n${'word '.repeat(10)}\n\n${'more '.repeat(10)}`
    for (const piece of piecesOf(long, 60)) expect(piece.length).toBeLessThanOrEqual(60)
    expect(piecesOf(long, 60)[1]).toMatch(/^more/)
    for (const piece of piecesOf('abcd '.repeat(20), 12)) expect(piece).toMatch(/^abcd (?:abcd )?$/)
  })
  test('covers any text exactly once, in pieces that fit', () => {
    const words = fc.array(
      fc.constantFrom('# Head', '\n\n', '\n', ' ', 'word', '- item', 'x'.repeat(40), '😀', '| a | b |'),
      {
        maxLength: 120,
      },
    )
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 90 }), (parts, most) => {
        const whole = parts.join('')
        const spans = splitText(whole, most)
        expect(spans.map(({ start, end }) => whole.slice(start, end)).join('')).toBe(whole)
        for (const { start, end } of spans) expect(end - start).toBeLessThanOrEqual(most)
        for (const { start, end } of spans) expect(whole.slice(start, end).isWellFormed()).toBe(true)
      }),
    )
  })
})
