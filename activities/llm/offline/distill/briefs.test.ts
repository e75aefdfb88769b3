import { describe, expect, test } from 'vitest'

import { Distilled } from '../../../../contract/requirements.ts'
import { locateQuote } from '../../../evidence/locate-quote.ts'
import { type Brief, loadBriefs } from '../../briefs/load-briefs.ts'
import { distillOffline } from './index.ts'
import { pairSpans } from './score-spans.ts'

// Floors, just under what the rules reach on these briefs; raise them when the rules get better.
const FLOORS = { recall: 0.98, precision: 0.98, kind: 0.89, modality: 0.98, quantities: 0.98 }

function spanOf(brief: Brief, quote: string) {
  const { start, end } = locateQuote(brief.document, quote)
  if (start === null || end === null) throw new Error(`${brief.name} does not hold “${quote}”`)
  return { start, end }
}

function score(brief: Brief) {
  const { gold, document, context } = brief
  const distilled = distillOffline({ context, documents: [document] })
  const spans = distilled.requirements.map(({ evidence }) => ({
    start: evidence[0]?.start ?? 0,
    end: evidence[0]?.end ?? 0,
  }))
  const pairs = pairSpans(
    document.text,
    gold.requirements.map(({ quote }) => spanOf(brief, quote)),
    spans,
  )
  const matched = pairs.flatMap(({ gold: i, predicted: j }) => {
    const [marked, found] = [gold.requirements[i], distilled.requirements[j]]
    return marked === undefined || found === undefined ? [] : [{ marked, found }]
  })
  const counted = (list: readonly { value: number; upper: number | null; unit: string; bound: string }[]) =>
    list.map(({ value, upper, unit, bound }) => `${value}–${upper} ${unit} ${bound}`).join(', ')
  return {
    distilled,
    matched,
    gold: gold.requirements.length,
    predicted: distilled.requirements.length,
    hits: matched.length,
    kind: matched.filter(({ marked, found }) => marked.kind === found.kind).length,
    modality: matched.filter(({ marked, found }) => marked.modality === found.modality).length,
    quantities: matched.filter(({ marked, found }) => counted(marked.counts) === counted(found.quantities))
      .length,
  }
}

// The briefs these rules were first written for.
const FIRST =
  /^(?:essay|design-portfolio|research-paper|lab-report|discussion|bibliography|presentation|programming)$/u

const briefs = loadBriefs('development').filter(({ name }) => FIRST.test(name))
const scores = briefs.map((brief) => ({ brief, ...score(brief) }))
const sum = (key: 'gold' | 'predicted' | 'hits' | 'kind' | 'modality' | 'quantities') =>
  scores.reduce((total, one) => total + one[key], 0)

describe('distillOffline() on the marked briefs', () => {
  test('finds what a person marked, and little else', () => {
    expect(briefs.length).toBeGreaterThanOrEqual(8)
    expect(sum('hits') / sum('gold')).toBeGreaterThanOrEqual(FLOORS.recall)
    expect(sum('hits') / sum('predicted')).toBeGreaterThanOrEqual(FLOORS.precision)
  })

  test('names kind and strength, and reads every count, as a person did', () => {
    expect(sum('kind') / sum('hits')).toBeGreaterThanOrEqual(FLOORS.kind)
    expect(sum('modality') / sum('hits')).toBeGreaterThanOrEqual(FLOORS.modality)
    expect(sum('quantities') / sum('hits')).toBeGreaterThanOrEqual(FLOORS.quantities)
  })

  test.each(scores)(
    '$brief.name: meets the schema, quotes to the letter and counts only numbers of the quote',
    ({ brief, distilled }) => {
      expect(Distilled.safeParse(distilled).error).toBeUndefined()
      for (const { evidence, quantities, statement } of distilled.requirements) {
        for (const { quote, start, end } of evidence)
          expect(brief.document.text.slice(start ?? 0, end ?? 0)).toBe(quote)
        const said = evidence.map(({ quote }) => quote).join('\n')
        const words = said.replace(/[*_`]/gu, '').replace(/\s+/gu, ' ')
        for (const { text } of quantities) expect(words).toContain(text)
        for (const [number] of statement.matchAll(/\d+(?:[.,]\d+)*/gu)) expect(words).toContain(number)
      }
    },
  )

  test.each(scores)('$brief.name: groups the options a person marked, each group apart', ({ matched }) => {
    const grouped = matched.map(({ found }) => [found.statement, found.alternative_group !== null])
    expect(grouped).toEqual(
      matched.map(({ marked, found }) => [found.statement, marked.choice !== undefined]),
    )
  })

  test.each(scores)('$brief.name: names its genre, dates and AI policy', ({ brief, distilled }) => {
    const { genre, ai_level } = brief.gold
    const dates = brief.gold.dates.map(({ text, day, role }) => [text, day, role === 'due'])
    expect(distilled.genre).toBe(genre)
    expect(distilled.ai_policy.level).toBe(ai_level)
    const shown = distilled.dates.map(({ text, iso_date, agrees_with_canvas }) => [
      text,
      iso_date,
      agrees_with_canvas === true,
    ])
    expect(shown).toEqual(dates)
    expect(distilled.suspicious).toEqual([])
    expect(distilled.requirements.filter(({ kind }) => kind === 'deadline')).toEqual([])
  })
})
