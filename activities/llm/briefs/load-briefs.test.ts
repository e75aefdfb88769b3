import { describe, expect, test } from 'vitest'

import { Gold } from './gold.ts'
import { loadBriefs } from './load-briefs.ts'
import { locateMark } from './locate-marks.ts'

const development = loadBriefs('development')
const heldOut = loadBriefs('held-out')
const briefs = [...development, ...heldOut]

describe('the marked briefs', () => {
  test('are enough, of every genre, and no brief stands in both sets', () => {
    expect(development.length).toBeGreaterThanOrEqual(20)
    expect(heldOut.length).toBeGreaterThanOrEqual(10)
    expect(new Set(briefs.map(({ name }) => name)).size).toBe(briefs.length)
    const genres = [
      'essay',
      'research_paper',
      'bibliography',
      'programming',
      'lab_report',
      'presentation',
      'discussion',
    ]
    for (const set of [development, heldOut])
      expect([...new Set(set.map(({ gold }) => gold.genre))]).toEqual(expect.arrayContaining(genres))
  })

  test.each(briefs)('$set/$name: every mark stands in its text exactly once', (brief) => {
    const quotes = brief.gold.requirements.flatMap(({ quote, again }) => [quote, ...again])
    expect(quotes.length).toBeGreaterThan(10)
    for (const quote of quotes) expect(() => locateMark(brief, quote)).not.toThrow()
    const said = brief.texts.map(({ text }) => text).join('\n')
    for (const { text } of brief.gold.dates) expect(said).toContain(text)
  })

  test.each(briefs)('$set/$name: a choice has at least two options', ({ gold }) => {
    const options = Map.groupBy(gold.requirements, ({ choice }) => choice)
    options.delete(undefined)
    for (const group of options.values()) expect(group.length).toBeGreaterThan(1)
  })
})

describe('a marked count', () => {
  const base = {
    genre: 'essay',
    written: 'a test',
    canvas: { title: 'T', due_at: null, time_zone: 'UTC' },
    ai_level: null,
    dates: [],
  }
  const counting = (count: string) =>
    Gold.safeParse({
      ...base,
      requirements: [{ quote: 'q', kind: 'length', modality: 'must', counts: [count] }],
    })

  test.each([
    ['5 sources', { value: 5, upper: null, unit: 'sources', bound: 'exact' }],
    ['>=5 sources', { value: 5, upper: null, unit: 'sources', bound: 'at_least' }],
    ['<=0.5 pages', { value: 0.5, upper: null, unit: 'pages', bound: 'at_most' }],
    ['~300 words', { value: 300, upper: null, unit: 'words', bound: 'about' }],
    ['1500..2000 words', { value: 1500, upper: 2000, unit: 'words', bound: 'range' }],
    ['2 line spacing', { value: 2, upper: null, unit: 'line spacing', bound: 'exact' }],
  ])('reads %j', (count, read) => {
    expect(counting(count).data?.requirements[0]?.counts).toEqual([read])
  })

  test.each(['sources', '5', '1,500 words', '>=1..2 words', '>= 5 sources'])('refuses %j', (count) => {
    expect(counting(count).success).toBe(false)
  })
})
