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
  /\b(?:word count|words?|pages?|sides|slides|minutes|seconds|copies|copy|paragraphs?)\b/iu,
]

const COMMA = /,\s+(?:and\s+|with\s+)?|;\s+|\s+and\s+|,?\s+with\s+/giu

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
  const add = (start: number, part: string): void => {
    if (/\b(?:not included|excluded|not counted|excluding|not counting)\b/iu.test(part)) return
    const depth = whole.slice(0, start).split('(').length - whole.slice(0, start).split(')').length
    const family = familyOf(part)
    const known = marks.some((mark) => mark.family === family)
    if (depth === 0 && family >= 0 && !known) marks.push({ start, family })
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

/** Whether a phrase without a verb sets the look or the size of the work. */
export function isSpec(text: string): boolean {
  return familyOf(text) >= 0 || readQuantities(text).some(({ bound }) => bound !== 'exact')
}
