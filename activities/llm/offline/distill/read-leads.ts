import type { Span } from '../text/view.ts'
import { type Modality, readModality, stripLead } from './read-modality.ts'
import { isCommandVerb } from './verbs.ts'

/** What a sentence before a list says about the list's items. */
export type Lead =
  | { readonly form: 'options'; readonly pick: number; readonly alone: boolean; readonly verb: string | null }
  | { readonly form: 'demands'; readonly modality: Modality; readonly verb: string | null }
  | { readonly form: 'outcomes' }

const COUNTS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, '1': 1, '2': 2, '3': 3 }
const OPTIONS =
  /\b(?<pick>one|two|three|[123])(?: or more)?\s(?:of|from|from among|out of)\s(?:the|these|this|those)\b(?:\s(?:following|below|listed))?(?:\s[\p{L}]+){0,3}(?:\sbelow|\sabove|\slisted)?\s*[.:)]?$|\bone of (?:these|the) (?:one|two|three|four|five|six|\d+)\s*:?$|\b(?:either|one) of the following\b[^:.]{0,30}:?$/iu
const CHOOSES =
  /^(?:\p{Lu}[\p{L} ]{2,24}[.:]\s)?(?:please )?(?:choose|pick|select|answer|address|respond to|complete|do|include|discuss|write about|use|you (?:may|can|must|should) (?:choose|pick|select)|topics?)\b/iu
const OUTCOMES =
  /\b(?:you (?:will|should) (?:be able|learn|gain|understand)|learning (?:goals|outcomes|objectives)|students will (?:be able|learn))\b/iu
const NOT_A_DEMAND =
  /\b(?:for example|e\.g\.|such as|i (?:look|grade)|graded on|will be (?:graded|assessed|marked)|examples?|resources|include but|readings)\b/iu
const TAKEN_OVER =
  /\b(?<verb>include|contain|have|cover|provide|submit|use|address|discuss|answer|consist of|bring|describe|explain|list|state)\s*(?:all of )?(?:each of )?(?:the following(?: [\p{L}]+){0,2})?\s*(?:,? in this order)?\s*:?$/iu

/** Reads the sentence before a list; null when the list's items have to speak for themselves. */
export function readLead(sentence: string): Lead | null {
  const text = sentence.trim()
  const options = OPTIONS.exec(text)
  if (options !== null && !text.endsWith('?')) {
    const pick = COUNTS[options.groups?.['pick']?.toLowerCase() ?? 'one'] ?? 1
    const verb =
      /^(?:please )?(?<verb>include|use|discuss|address)\b/iu.exec(stripLead(text))?.groups?.['verb'] ?? null
    return { form: 'options', pick, alone: CHOOSES.test(text), verb: verb?.toLowerCase() ?? null }
  }
  if (!text.endsWith(':')) return null
  if (OUTCOMES.test(text)) return { form: 'outcomes' }
  if (NOT_A_DEMAND.test(text)) return null
  const modality = readModality(text.replace(/:$/u, ''))
  if (modality === null || modality === 'may') return null
  const verb = TAKEN_OVER.exec(text)?.groups?.['verb']?.toLowerCase() ?? null
  return {
    form: 'demands',
    modality,
    verb: verb === 'have' || verb === 'contain' || verb === 'consist of' ? 'include' : verb,
  }
}

export interface InlineOptions {
  readonly spans: readonly Span[]
  readonly verb: string | null
}

function spansBetween(text: string, from: number, separator: RegExp): readonly Span[] {
  const rest = text.slice(from).replace(/[.;\s]+$/u, '')
  const spans: Span[] = []
  let start = 0
  for (const match of rest.matchAll(separator)) {
    spans.push({ start: from + start, end: from + match.index })
    start = match.index + match[0].length
  }
  return [...spans, { start: from + start, end: from + rest.length }].filter(
    ({ start, end }) => end - start > 2,
  )
}

/** The options inside a sentence: `one of the following: a, b or c`, or `either a or b`; null when it offers none. */
export function readInlineOptions(sentence: string): InlineOptions | null {
  const first = /^[\p{L}-]+/u.exec(stripLead(sentence))?.[0].toLowerCase() ?? ''
  const verb = isCommandVerb(first) && !/^(?:choose|pick|select)$/u.test(first) ? first : null
  const listed = /\b(?:one|1) of (?:the following|these)[^:.]{0,30}:\s+/iu.exec(sentence)
  if (listed !== null) {
    const spans = spansBetween(
      sentence,
      listed.index + listed[0].length,
      /,\s+(?:or|and)\s+|[,;]\s+|\s+or\s+/giu,
    )
    return spans.length > 1 ? { spans, verb } : null
  }
  const either = /\beither\s+(?<first>[^.;]{3,}?),?\s+or\s+(?=[^.;]{3,})/iu.exec(sentence)
  if (either === null || readModality(sentence) === null) return null
  const second = either.index + either[0].length
  const from = Math.max(0, sentence.lastIndexOf(', ', either.index) + 1)
  const start = from + (/^\s*/u.exec(sentence.slice(from))?.[0].length ?? 0)
  const [rest] = spansBetween(sentence, second, /[;]\s+/gu)
  if (rest === undefined) return null
  const gap = /,?\s+or\s+$/iu.exec(either[0])?.[0].length ?? 0
  return {
    spans: [{ start, end: second - gap }, rest],
    verb:
      verb ??
      (isCommandVerb(sentence.slice(start).split(' ')[0]?.toLowerCase() ?? '')
        ? (sentence.slice(start).split(' ')[0]?.toLowerCase() ?? null)
        : null),
  }
}
