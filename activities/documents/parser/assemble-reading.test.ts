import { expect, test } from 'vitest'

import { assembleText, joinPages, TRUNCATED } from './assemble-reading.ts'
import { MAX_TEXT_CHARS } from './reading.ts'

test('a text that the cap cuts inside a character stays well formed', () => {
  const { text, warnings } = assembleText(`a${'😀'.repeat(MAX_TEXT_CHARS / 2)}`)
  expect(text.isWellFormed()).toBe(true)
  expect(warnings).toEqual([TRUNCATED])
})

test('a page that was cut inside a character joins the others in a well-formed text, each page where it is said', () => {
  const { text, pages } = joinPages(['one \ud83d', 'two'])
  expect(text).toBe('one \ufffd\n\ntwo')
  expect(pages.map(({ start, end }) => text.slice(start, end))).toEqual(['one \ufffd', 'two'])
})
