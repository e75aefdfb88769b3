import { type Span, rawSpan } from '../text/view.ts'
import type { Finding } from './finding.ts'
import { toFinding } from './finding-of.ts'
import type { Place } from './place.ts'

const PART =
  /(?<name>\p{L}[^\d;|]{1,80}?)(?:\s*[–—:|,(-]\s*|\s+(?:is worth|are worth|counts? for|makes? up|is|for|at)\s+|\s+)(?<number>\d{1,3}(?:\.\d+)?)\s?(?<unit>%|per ?cent|points?|pts\b\.?|marks?)?(?<each>\s+each)?(?=\s*(?:[,;.)|]|and\b|$|\())/giu
const IN_ALL = /\s*\(\d+ (?:points|marks|%) in all\)|\s*\(?(?:total|in all)[^)]*\)?$/iu
const LEAD =
  /^(?:[^:]{0,80}\b(?:worth|accounts? for|counts? for|carries|makes? up)\b[^:]{0,30}\d+ ?(?:%|points|marks|percent|per cent)[^:]{0,40}:\s*|(?:scoring|points?|marks?|grading|grades?|weights?|breakdown|rubric|assessment)(?: out of \d+)?\s?[:.]\s*)/iu
const NEVER_A_PART =
  /\b(?:due|by|on|before|after|within|than|least|most|between|about|to|above|over|beyond|below|under)$|^(?:week|chapter|pages?|level|lab|part|step|section|unit|module|question|figure|table)$/iu
// A part stands by itself: words between the parts say something else.
const COVERED = 0.8

interface Part {
  readonly span: Span
  readonly name: string
  readonly number: string
  readonly unit: string | undefined
}

function partsOf(text: string): readonly Part[] {
  return [...text.matchAll(PART)].map(({ 0: whole, index, groups = {} }) => {
    const lead = /^(?:and|the|your|plus)\s+/iu.exec(whole)?.[0].length ?? 0
    const name = (groups['name'] ?? '').slice(lead).trim()
    return {
      span: { start: index + lead, end: index + whole.length },
      name,
      number: groups['number'] ?? '',
      unit: groups['unit'],
    }
  })
}

// `Looking (40%): do you show us …?`, and `2 points for the result and 1 for the style`.
const HEADED =
  /^(?<name>\p{L}[^()]{1,50}?) \((?<number>\d{1,3}) ?(?<unit>%|points?|pts|marks?)\)(?:\s*[:–—-]\s.*)?[.]?$/iu
const FOR =
  /(?<number>\d{1,3}(?:\.\d+)?)\s?(?<unit>%|points?|pts\b\.?|marks?)? (?:for|on) (?<name>(?:the |your |each )?\p{L}[^,;.]{2,60}?)(?=\s*(?:[,;.]|and \d|$))/giu

function partsFor(text: string): readonly Part[] {
  return [...text.matchAll(FOR)].map(({ 0: whole, index, groups = {} }) => ({
    span: { start: index, end: index + whole.length },
    name: groups['name'] ?? '',
    number: groups['number'] ?? '',
    unit: groups['unit'],
  }))
}

function headed(text: string): readonly Part[] {
  const { name, number, unit } = HEADED.exec(text)?.groups ?? {}
  if (
    name === undefined ||
    number === undefined ||
    /^(?:part|section|task|question|exercise) \w+$/iu.test(name)
  )
    return []
  return [{ span: { start: 0, end: text.length }, name, number, unit }]
}

function unitName(written: string | undefined): string {
  if (written === undefined) return 'points'
  if (/^(?:%|per)/iu.test(written)) return '%'
  return /^mark/iu.test(written) ? 'marks' : 'points'
}

/** What the parts of the work count for, as in `Site 50, process 20, report 20`; none for any other sentence. */
export function readWeights(place: Place, sentence: Span): readonly Finding[] {
  const { document_id, block, role, under } = place
  if (under !== null || role === 'outcomes') return []
  const said = block.view.text.slice(sentence.start, sentence.end)
  const lead = LEAD.exec(said)?.[0].length ?? 0
  const text = said
    .slice(lead)
    .replace(/[.\s]+$/u, '')
    .replace(IN_ALL, '')
  const named = headed(text)
  const given = lead > 0 || role === 'grading' ? partsFor(text) : []
  const parts = named.length > 0 ? named : given.length > 1 ? given : partsOf(text)
  const isGrading = role === 'grading' || lead > 0
  const covered = parts.reduce((sum, { span }) => sum + span.end - span.start, 0)
  const gaps = (parts.length + 1) * 5
  if (parts.length === 0 || covered + gaps < text.length * COVERED || covered < text.length * 0.6) return []
  if (parts.some(({ name }) => NEVER_A_PART.test(name))) return []
  const withUnits = parts.every(({ unit }) => unit !== undefined)
  if (!isGrading && !(withUnits && (parts.length > 1 || text.length === covered))) return []
  if (isGrading && parts.length === 1 && !withUnits && text.length !== covered) return []
  const whole = said.slice(0, lead).replace(/:\s*$/u, '')
  const sum = /\d/u.test(whole)
    ? [
        toFinding(
          place,
          { start: sentence.start, end: sentence.start + whole.length },
          { modality: 'must', verb: null, antecedent: null },
        ),
      ]
    : []
  const own = parts.map(({ span, name, number, unit }): Finding => ({
    document_id,
    spans: [
      rawSpan(block.view, {
        start: sentence.start + lead + span.start,
        end: sentence.start + lead + span.end,
      }),
    ],
    kind: 'grading',
    modality: 'must',
    statement: `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${number} ${unitName(unit)}`,
    weight: 'plain',
    quantities: [{ text: number, value: Number(number), upper: null, unit: unitName(unit), bound: 'exact' }],
    group: null,
    criterion_id: null,
  }))
  return [...sum, ...own]
}
