import type { Brief } from '../../../activities/llm/briefs/load-briefs.ts'
import { locateMark } from '../../../activities/llm/briefs/locate-marks.ts'
import { createQuoteLocator } from '../../../activities/evidence/locate-quote.ts'
import type { Distilled, Quantity } from '../../../contract/requirements.ts'
import { tally, type Tallies, type Tally } from '../tally.ts'
import { matchRequirements, spanOf, type Match, type Matched } from './match-requirements.ts'
import { shared, wordsOf } from './pair-spans.ts'

export const READING_FIGURES = [
  'recall',
  'precision',
  'atomicity',
  'numbers',
  'wrong_numbers',
  'unmarked_numbers',
  'dates',
  'wrong_dates',
  'due_days',
  'kind',
  'modality',
  'choices',
  'wrong_choices',
  'restated',
  'quotes',
  'genre',
  'ai_level',
] as const

type ReadingFigure = (typeof READING_FIGURES)[number]
type Count = Omit<Quantity, 'text'>

function singular(unit: string): string {
  return unit.toLowerCase().replace(/ies$/u, 'y').replace(/e?s$/u, '')
}

function countKey({ value, upper, unit, bound }: Count): string {
  return `${value}..${upper} ${singular(unit)} ${bound}`
}

function sameCounts({ marked, found }: Match): boolean {
  const keys = (counts: readonly Count[]) => counts.map(countKey).sort().join(', ')
  return keys(marked.counts) === keys(found.quantities)
}

interface ReadCount {
  readonly quantity: Quantity
  readonly match: Match
}

function isMarked({ quantity, match }: ReadCount): boolean {
  return match.marked.counts.some(({ value, upper }) => value === quantity.value && upper === quantity.upper)
}

/** A number that stands in no quote of its demand, or counts what was marked with another number. */
function isWrong(count: ReadCount): boolean {
  const { quantity, match } = count
  const stands = match.found.evidence.some(({ quote }) => quote.includes(quantity.text))
  const isOther = match.marked.counts.some(({ unit }) => singular(unit) === singular(quantity.unit))
  return !stands || (isOther && !isMarked(count))
}

/** Marked spans that lie for the most part in one found span, over the found spans that hold any: 1 is one demand each. */
function atomicity({ markedWords, foundWords }: Matched): Tally {
  const held = foundWords.map(
    (words) => markedWords.filter((marked) => shared(marked, words) * 2 > marked.size).length,
  )
  return { hit: held.reduce((sum, count) => sum + count, 0), of: held.filter((count) => count > 0).length }
}

/** Marked options that stand in one group with another option of their own choice and of no other. */
function choices(matches: readonly Match[], marked: Brief['gold']['requirements']): Tally {
  const offered = marked.filter(({ choice }) => choice !== undefined)
  return tally(offered, ({ choice, quote }) => {
    const group = matches.find((match) => match.marked.quote === quote)?.found.alternative_group ?? null
    const mates = matches.filter(({ found }) => found.alternative_group === group)
    return group !== null && mates.length > 1 && mates.every((mate) => mate.marked.choice === choice)
  })
}

/** Places that say again what was marked elsewhere and were found as one with it. */
function restated(brief: Brief, matches: readonly Match[]): Tally {
  const again = brief.gold.requirements.flatMap(({ quote, again: places }) =>
    places.map((place) => ({ quote, words: wordsOf(brief.texts, locateMark(brief, place)) })),
  )
  return tally(again, ({ quote, words }) => {
    const evidence = matches.find(({ marked }) => marked.quote === quote)?.found.evidence ?? []
    return evidence.some((item) => {
      const span = spanOf(item)
      return span !== null && shared(words, wordsOf(brief.texts, span)) * 2 > words.size
    })
  })
}

function days(
  { gold }: Brief,
  { dates }: Distilled,
): Pick<Tallies<ReadingFigure>, 'dates' | 'wrong_dates' | 'due_days'> {
  const known = new Map(gold.dates.map(({ day, role }) => [day, role]))
  const read = new Set(dates.map(({ iso_date }) => iso_date))
  const right = dates.filter(({ iso_date }) => iso_date !== null && known.has(iso_date))
  return {
    dates: tally([...known.keys()], (day) => read.has(day)),
    wrong_dates: tally(dates, (date) => !right.includes(date)),
    due_days: tally(
      right,
      ({ iso_date, agrees_with_canvas }) =>
        (known.get(iso_date ?? '') === 'due') === (agrees_with_canvas === true),
    ),
  }
}

/** How well a brief was read, beside what a person marked in it. */
export function measureReading(brief: Brief, distilled: Distilled): Tallies<ReadingFigure> {
  const { gold, documents } = brief
  const matched = matchRequirements(brief, distilled)
  const { matches, missed, extra } = matched
  const locate = new Map(documents.map((one) => [one.document_id, createQuoteLocator(one)]))
  const evidence = distilled.requirements.flatMap((requirement) => requirement.evidence)
  const read = matches.flatMap((match) => match.found.quantities.map((quantity) => ({ quantity, match })))
  const counted = matches.filter(({ marked, found }) => marked.counts.length + found.quantities.length > 0)
  return {
    recall: { hit: matches.length, of: matches.length + missed.length },
    precision: { hit: matches.length, of: matches.length + extra.length },
    atomicity: atomicity(matched),
    numbers: tally(counted, sameCounts),
    wrong_numbers: tally(read, isWrong),
    unmarked_numbers: tally(read, (count) => !isMarked(count) && !isWrong(count)),
    ...days(brief, distilled),
    kind: tally(matches, ({ marked, found }) => marked.kind === found.kind),
    modality: tally(matches, ({ marked, found }) => marked.modality === found.modality),
    choices: choices(matches, gold.requirements),
    wrong_choices: tally(
      matches,
      ({ marked, found }) => marked.choice === undefined && found.alternative_group !== null,
    ),
    restated: restated(brief, matches),
    quotes: tally(evidence, ({ document_id, quote }) => locate.get(document_id)?.(quote).match === 'exact'),
    genre: tally([gold], ({ genre }) => genre === distilled.genre),
    ai_level: tally([gold], ({ ai_level }) => ai_level === distilled.ai_policy.level),
  }
}
