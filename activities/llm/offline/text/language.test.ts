import { expect, test } from 'vitest'

import { readSentences } from './language.ts'

const split = (text: string) => readSentences(text).map(({ start, end }) => text.slice(start, end))

test.each([
  ['Submit presentation.Rmd and slides.pdf by noon. Name it well.', 2],
  ['Use figures, e.g. Fig. 2 or Fig. 3, to argue. Cite them.', 2],
  ['Write 1.5-spaced text at 12.5 points. Print it.', 2],
  ['Follow Smith et al. (2019) and Dr. Jones. Do not copy.', 2],
  ['Submit at 9 a.m. on Monday. Come early.', 2],
  ['See p. 4 and pp. 6–8. Read J. K. Rowling.', 2],
  ['1. Read the text. 2. Answer.', 2],
  ['It is here (http://a.test/7?wrap=1). Read it.', 2],
])('readSentences() splits %j into %i sentences', (text, count) => {
  expect(split(text)).toHaveLength(count)
})

test('readSentences() gives tokens at their own offsets, numbers whole', () => {
  const text = 'Write 1,500–2,000 words at 1.5 spacing; don’t pad lab.R files.'
  const tokens = readSentences(text).flatMap((sentence) => sentence.tokens)
  expect(tokens.map(({ text }) => text)).toContain('1,500')
  for (const token of tokens) expect(text.slice(token.start, token.end)).toBe(token.text)
})

test('readSentences() takes a run that is no word as one, and goes on after it', () => {
  const run = 'https://'.repeat(40)
  const text = `Look at ${run} first. Then write.`
  const [first, second] = readSentences(text)
  expect(first?.tokens.filter((token) => run.includes(token.text)).map((token) => token.text)).toEqual([run])
  expect(text.slice(second?.start, second?.end)).toBe('Then write.')
})
