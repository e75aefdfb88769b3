import { describe, expect, test } from 'vitest'

import { loadBriefs, type Brief } from '../../../activities/llm/briefs/load-briefs.ts'
import { locateMark } from '../../../activities/llm/briefs/locate-marks.ts'
import type { Distilled, Evidence, Requirement } from '../../../contract/requirements.ts'
import { share } from '../tally.ts'
import { measureReading } from './measure-reading.ts'

const briefs = loadBriefs('development')

function briefNamed(name: string): Brief {
  const brief = briefs.find((one) => one.name === name)
  if (brief === undefined) throw new RangeError(`there is no brief ${name}`)
  return brief
}

function evidenceOf(brief: Brief, quote: string): Evidence {
  const { document_id, start, end } = locateMark(brief, quote)
  const text = brief.texts.find((one) => one.document_id === document_id)?.text ?? ''
  return { document_id, quote: text.slice(start, end), start, end, page: null, match: 'exact' }
}

/** What would be found by somebody who reads exactly as the person who marked. */
function perfect(brief: Brief): Distilled {
  const { gold } = brief
  const requirements = gold.requirements.map((marked, index): Requirement => {
    const { quote, kind, modality, counts, choice, again } = marked
    const evidence = [quote, ...again].map((place) => evidenceOf(brief, place))
    const text = evidence[0]?.quote.slice(0, 4) ?? ''
    return {
      id: `r-${index}`,
      kind,
      modality,
      statement: quote,
      hard: true,
      quantities: counts.map((count) => ({ ...count, text })),
      alternative_group: choice ?? null,
      criterion_id: null,
      evidence,
    }
  })
  const [somewhere = evidenceOf(brief, '')] = requirements.flatMap(({ evidence }) => evidence)
  return {
    genre: gold.genre,
    objective: 'Do the work.',
    requirements,
    dates: gold.dates.map(({ text, day, role }) => ({
      text,
      iso_date: day,
      agrees_with_canvas: role === 'due',
      evidence: somewhere,
    })),
    ai_policy: { level: gold.ai_level, evidence: [] },
    suspicious: [],
    open_questions: [],
  }
}

function change(distilled: Distilled, index: number, other: Partial<Requirement>): Distilled {
  const requirements = distilled.requirements.map((one, at) => (at === index ? { ...one, ...other } : one))
  return { ...distilled, requirements }
}

const prison = briefNamed('essay-prison-reform')
const read = perfect(prison)
const counted = prison.gold.requirements.findIndex(({ counts }) => counts.length > 0)
const [count] = read.requirements[counted]?.quantities ?? []

describe('measureReading()', () => {
  test.each(briefs)('$name: gives full marks to who reads as the person who marked it', (brief) => {
    const figures = measureReading(brief, perfect(brief))
    for (const name of ['recall', 'precision', 'numbers', 'dates', 'due_days', 'kind', 'modality'] as const)
      expect([name, share(figures[name]) ?? 1]).toEqual([name, 1])
    for (const name of ['choices', 'restated', 'quotes', 'genre', 'ai_level'] as const)
      expect([name, share(figures[name]) ?? 1]).toEqual([name, 1])
    for (const name of ['wrong_numbers', 'wrong_dates', 'wrong_choices'] as const)
      expect([name, figures[name].hit]).toEqual([name, 0])
  })

  test('counts a demand that was not found against recall alone', () => {
    const figures = measureReading(prison, { ...read, requirements: read.requirements.slice(1) })
    expect(figures.recall).toEqual({ hit: read.requirements.length - 1, of: read.requirements.length })
    expect(share(figures.precision)).toBe(1)
  })

  test('counts a found span over many demands as one, and tells by atomicity', () => {
    const [text] = prison.texts
    const all = {
      document_id: text?.document_id ?? '',
      quote: text?.text ?? '',
      start: 0,
      end: text?.text.length ?? 0,
    }
    const whole = { ...all, page: null, match: 'exact' as const }
    const figures = measureReading(prison, { ...change(read, 0, { evidence: [whole] }), dates: [] })
    expect(figures.recall.hit).toBe(read.requirements.length - 1)
    expect(share(figures.atomicity)).toBeGreaterThan(1.5)
  })

  test('calls a number wrong that counts the same thing otherwise, and inexact what has another bound', () => {
    if (count === undefined) throw new RangeError('the brief counts nothing')
    const other = { ...count, value: count.value + 1 }
    expect(measureReading(prison, change(read, counted, { quantities: [other] })).wrong_numbers.hit).toBe(1)
    const looser = { ...count, bound: 'about' as const }
    const figures = measureReading(prison, change(read, counted, { quantities: [looser] }))
    expect(figures.wrong_numbers.hit).toBe(0)
    expect(figures.numbers.hit).toBe(figures.numbers.of - 1)
  })

  test('calls a number wrong that stands in no quote', () => {
    const quantities = [{ text: '999', value: 999, upper: null, unit: 'kumquats', bound: 'exact' as const }]
    expect(measureReading(prison, change(read, counted, { quantities })).wrong_numbers.hit).toBe(1)
  })

  test('counts a day that nobody marked, a quote that was altered, and a group that is none', () => {
    const [first] = read.requirements[0]?.evidence ?? []
    if (first === undefined) throw new RangeError('the brief demands nothing')
    const altered = change(read, 0, { evidence: [{ ...first, quote: `${first.quote} indeed, and always` }] })
    expect(share(measureReading(prison, altered).quotes)).toBeLessThan(1)
    const grouped = change(read, 0, { alternative_group: 'made-up' })
    expect(measureReading(prison, grouped).wrong_choices.hit).toBe(1)
    const dated = { text: '1 May', iso_date: '2031-05-01', agrees_with_canvas: false, evidence: first }
    expect(measureReading(prison, { ...read, dates: [...read.dates, dated] }).wrong_dates.hit).toBe(1)
  })
})
