import { PARTS } from './clause-parts.ts'
import { DATE_WORDS } from './read-dates.ts'
import type { ClauseSpan } from './split-clauses.ts'
import { hasVerb } from './has-verb.ts'
import { readQuantities } from './read-quantities.ts'
import type { SectionRole } from './section-role.ts'

// What a phrase without a verb may set for the look of the work; each is a demand of its own.
const FAMILIES: readonly RegExp[] = [
  /\b(?:(?:single|double|one-and-a-half|1\.5|line)[- ]?spac(?:ed|ing)|1\.5 spacing|spacing)\b/iu,
  /\b\d{1,2}(?:\s?-?\s?(?:pt|point))\b|\bfont\b|\b(?:times new roman|arial|calibri|georgia|garamond|helvetica|cambria|verdana)\b/iu,
  /\bmargins?\b/iu,
  /\bpage numbers?\b|\bpages numbered\b|\bnumbered pages\b/iu,
  /\b(?:running )?(?:headers?|footers?)\b/iu,
  /\b(?:title|cover) (?:page|sheet)\b/iu,
  /\b(?:A[1-6]|letter size|portrait|landscape)\b/u,
  /\b(?:MLA|APA|Chicago|Harvard|IEEE|MHRA|Turabian|Vancouver|AMA|ASA|CSE|OSCOLA)\b/u,
  /\b(?:typed|handwritten|typewritten|word-processed)\b/iu,
  /\bcaptions?\b|\bcaptioned\b/iu,
  /\b(?:pdf|\.?docx?|word (?:file|document)|powerpoint|pptx)\b/iu,
  /\b(?:alphabetical|chronological) order\b|\balphabeti[sz]ed\b/iu,
  /\bhanging indents?\b/iu,
  /\b(?:stapled|bound|stitched|photocopied|printed|laminated)\b/iu,
  /\b(?:past|present|future) tense\b|\b(?:first|third) person\b|\bpassive voice\b/iu,
  /\d[\d.¼½¾]*\s?[×x]\s?\d|\bblack and white\b/iu,
  /\b(?:word count|words?|pages?|sides|slides|minutes|seconds|copies|copy|paragraphs?)\b/iu,
]

const COMMA = /,\s+(?:and\s+|with\s+)?|;\s+|\s+and\s+/giu

/** How many brackets are open at a place. */
function depthAt(text: string, at: number): number {
  return text.slice(0, at).split('(').length - text.slice(0, at).split(')').length
}

function familyOf(part: string): number {
  return FAMILIES.findIndex((family) => family.test(part))
}

/**
 * Cuts a phrase without a verb, `Double-spaced, 12 pt., one-inch margins`, where another thing is set; null when it
 * sets fewer than two.
 */
export function cutSpecs(whole: string, role: SectionRole): readonly ClauseSpan[] | null {
  if ((role !== 'demands' && role !== 'unknown') || hasVerb(whole) || whole.length > 220) return null
  const marks: { readonly start: number; readonly family: number }[] = []
  let from = 0
  // What is not counted belongs to the size it is no part of.
  const open =
    /\b(?:not counting|excluding|not including|without|exclusive of|including|plus)\b/iu.exec(whole)?.index ??
    whole.length
  const add = (start: number, part: string): void => {
    if (start > open) return
    if (/\b(?:not included|excluded|not counted|excluding|not counting)\b/iu.test(part)) return
    const family = familyOf(part)
    const known = marks.some((mark) => mark.family === family)
    if (depthAt(whole, start) === 0 && family >= 0 && !known) marks.push({ start, family })
  }
  for (const { 0: comma, index } of whole.matchAll(COMMA)) {
    add(from, whole.slice(from, index))
    from = index + comma.length
  }
  add(from, whole.slice(from))
  if (marks.length < 2) return null
  return marks.map(({ start }, i): ClauseSpan => {
    const next = marks[i + 1]?.start ?? whole.length
    const begin = i === 0 ? 0 : start
    const text = whole.slice(begin, next).replace(/(?:[\s.;:,]|\b(?:and|with)\s*)+$/iu, '')
    return { start: begin, end: begin + text.length, linked: i > 0, part: 'setting' }
  })
}

const NAMES_DAY = new RegExp(DATE_WORDS.source, 'iu')

/** Cuts a phrase where another step has a date of its own, `dummy due Feb 3, critique Feb 10`; null for fewer than two. */
export function cutSteps(whole: string, role: SectionRole): readonly ClauseSpan[] | null {
  if ((role !== 'demands' && role !== 'unknown') || hasVerb(whole)) return null
  const ends = [...whole.matchAll(/,\s+(?:and\s+)?|;\s+/giu)].filter(
    ({ index }) => depthAt(whole, index) === 0,
  )
  const starts = [0, ...ends.map(({ 0: comma, index }) => index + comma.length)]
  const parts = starts.map((start, i) => ({
    start,
    end: ends[i]?.index ?? whole.replace(/[.\s]+$/u, '').length,
  }))
  const dated = parts.every(({ start, end }) => NAMES_DAY.test(whole.slice(start, end)))
  return parts.length > 1 && dated
    ? parts.map((part, i) => ({ ...part, linked: i > 0, part: 'setting' }))
    : null
}

/** Cuts a phrase that names things, `a table of counts, a graph of both and the result of a test`; null for fewer than two. */
export function cutThings(whole: string): readonly ClauseSpan[] | null {
  if (hasVerb(whole) || whole.includes(':')) return null
  const ends = [...whole.matchAll(/,\s+(?:and\s+)?/giu)].filter(({ index }) => depthAt(whole, index) === 0)
  const starts = [0, ...ends.map(({ 0: comma, index }) => index + comma.length)]
  const parts = starts.map((start, i) => ({
    start,
    end: ends[i]?.index ?? whole.replace(/[.\s]+$/u, '').length,
  }))
  const things = parts.every(({ start, end }) => PARTS.noun.test(whole.slice(start, end)))
  return parts.length > 2 && things
    ? parts.map((part, i) => ({ ...part, linked: i > 0, part: 'thing' }))
    : null
}

/** Whether a phrase without a verb sets the look or the size of the work. */
export function isSpec(text: string): boolean {
  return familyOf(text) >= 0 || readQuantities(text).some(({ bound }) => bound !== 'exact')
}
