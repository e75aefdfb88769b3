import { describe, expect, test } from 'vitest'

import { essayDistilled } from '../llm/offline/draft/examples/essay-assignment.ts'
import { readWork } from './check-rules.ts'
import { feedbackInput, readExample } from './examples/essay-feedback.ts'
import { seeStrengths, seeStructure } from './see-structure.ts'

const CITED =
  'The clock of the house is the first thing that a reader hears of, long before anybody has spoken a word (Woolf 12).'
const PLAIN =
  'Nobody in the room says what it means, and the scene goes on as if the hour had not been told at all.'
const LONG = `${CITED} ${PLAIN} ${PLAIN}`

function workOf(text: string) {
  const { submission, context } = feedbackInput(text)
  return readWork({ submission, context, distilled: essayDistilled })
}
const strengthsOf = (text: string) => seeStrengths(workOf(text)).map((point) => point.text)
const structureOf = (text: string) => seeStructure(workOf(text)).map((point) => point.text)

describe('the paragraphs of a work', () => {
  test.each([
    ['an empty line between them', '\n\n'],
    ['one line break between them', '\n'],
    ['line breaks of Windows between them', '\r\n'],
  ])('are counted alike with %s', (_, between) => {
    const lines = [CITED, PLAIN, CITED, CITED]
    expect(workOf(lines.join(between)).outline.paragraphs).toHaveLength(4)
    expect(strengthsOf(lines.join(between))).toEqual(['3 of 4 paragraphs name a source.'])
    const long = [LONG, LONG, PLAIN, LONG]
    expect(strengthsOf(long.join(between))).toEqual(['3 of 4 paragraphs name a source.'])
  })

  test('are not cut where their lines are wrapped', () => {
    const wrapped = `${LONG} ${LONG}`.replaceAll(/(.{40,78}) /g, '$1\n')
    expect(wrapped.split('\n').length).toBeGreaterThan(6)
    expect(workOf(wrapped).outline.paragraphs).toHaveLength(1)
  })

  test('are no share where there is one', () => {
    expect(strengthsOf(LONG)).toEqual([])
  })
})

describe('a count of words that a work states of itself', () => {
  const essay = readExample('good').replaceAll(/^.*word count.*$/gim, '')
  const { words } = workOf(essay).outline
  const claim = (line: string) => structureOf(`${essay.trimEnd()}\n\n${line}\n`)

  test.each([
    'Word count: 9,950',
    'Total word count = 9950',
    '**Word count:** 9 950',
    'Words: 9950',
    '(9,950 words)',
  ])('is remarked on where it is not so, with both figures: %s', (line) => {
    const [first = ''] = claim(line)
    expect(first).toMatch(/says of itself .*9,950 words\. The text has [\d,]+ words/)
    const counted = Number(/The text has ([\d,]+) words/.exec(first)?.[1]?.replace(',', ''))
    expect(Math.abs(counted - words)).toBeLessThan(20)
  })

  test('is remarked on where it is too low', () => {
    expect(claim('Word count: 950')[0]).toContain('950 words. The text has')
  })

  test('is passed over where it is so, and where it is a count of something else', () => {
    const said = (line: string) => claim(line).filter((text) => text.includes('of itself'))
    expect(said(`Word count: ${words + 3}`)).toEqual([])
    expect(said('The abstract is limited to 150 words in most journals.')).toEqual([])
    expect(said('Her word counts by 1925 were known.')).toEqual([])
  })
})
