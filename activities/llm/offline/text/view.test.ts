import fc from 'fast-check'
import { expect, test } from 'vitest'

import { rawSpan, viewOf } from './view.ts'

function shown(raw: string): string {
  return viewOf(raw, { start: 0, end: raw.length }).text
}

test.each([
  ['Start it as `kvlog <directory>`.', 'Start it as kvlog <directory>.'],
  ['sort <input> <output file>', 'sort <input> <output file>'],
  ['Name it <last-name>.pdf', 'Name it <last-name>.pdf'],
])('keeps a word to be filled in: %j', (raw, text) => {
  expect(shown(raw)).toBe(text)
})

test.each([
  ['a <b>bold</b> word', 'a bold word'],
  ['one<br>two', 'onetwo'],
  ['<note>read</note> this', 'read this'],
  ['ig<x>nore', 'ignore'],
  ['see <a href="x">here</a>', 'see here'],
  ['<!-- hidden --> seen', 'seen'],
])('leaves out markup: %j', (raw, text) => {
  expect(shown(raw)).toBe(text)
})

test('a span of the view stands behind the same letters in the raw text', () => {
  const piece = fc.constantFrom('word ', '<file> ', '<b>', '</b>', '**', '_x_ ', '\n', '<in put>', 'é ')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const raw = pieces.join('')
      const view = viewOf(raw, { start: 0, end: raw.length })
      expect(view.at).toHaveLength(view.text.length)
      const letters = Array.from(view.text, (letter, i) => {
        const { start, end } = rawSpan(view, { start: i, end: i + 1 })
        return letter === ' ' ? ' ' : raw.slice(start, end)
      })
      expect(letters.join('')).toBe(view.text)
    }),
  )
})
