import fc from 'fast-check'
import { expect, test } from 'vitest'

import { joinPassages } from './join-passages.ts'

const TEXT = 'One. Two. Three.\n\nFour. Five.'
const spanOf = (words: string) => ({
  start: TEXT.indexOf(words),
  end: TEXT.indexOf(words) + words.length,
})
const joined = (...words: readonly string[]): readonly string[] =>
  joinPassages(TEXT, words.map(spanOf)).map(({ start, end }) => TEXT.slice(start, end))

test('joins sentences that follow each other, in whichever order they come', () => {
  expect(joined('One.', 'Two.')).toEqual(['One. Two.'])
  expect(joined('Two.', 'One.')).toEqual(['One. Two.'])
  expect(joined('Three.', 'One.', 'Two.')).toEqual(['One. Two. Three.'])
})

test('leaves apart what a sentence or a paragraph stands between', () => {
  expect(joined('One.', 'Three.')).toEqual(['One.', 'Three.'])
  expect(joined('Three.', 'Four.')).toEqual(['Three.', 'Four.'])
})

test('loses no sentence, shows none twice and grows to no more than a reader is shown', () => {
  const sentence = fc.string({ minLength: 1, maxLength: 150, unit: fc.constantFrom('a', 'b') })
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 8 }), fc.nat(), (sentences, seed) => {
      const text = sentences.join(' ')
      let at = 0
      const spans = sentences.map((one) => {
        const span = { start: at, end: at + one.length }
        at = span.end + 1
        return span
      })
      const turned = spans
        .map((_, index) => spans.at((index + seed) % spans.length))
        .filter((one) => one !== undefined)
      const passages = joinPassages(text, turned)
      for (const span of spans)
        expect(passages.filter(({ start, end }) => start <= span.start && span.end <= end)).toHaveLength(1)
      for (const { start, end } of passages) expect(end - start).toBeLessThanOrEqual(400)
    }),
  )
})
