import type { Quantity } from '../../../../contract/requirements.ts'
import type { Finding } from './finding.ts'

const SMALL = new Set(
  'a an and any are as at be by each every for from has have in include is it its must no not of on one or should submit that the their this to use with will write you your please make sure can may all need needs'.split(
    ' ',
  ),
)
const SAME_WORDS = 0.6
const SAME_COUNT_WORDS = 0.34

/** A finding and the others that say the same elsewhere. */
export interface Merged extends Finding {
  readonly restated: readonly Finding[]
}

function contentWords(statement: string): ReadonlySet<string> {
  const words = statement.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu) ?? []
  return new Set(
    words.filter((word) => !SMALL.has(word)).map((word) => word.replace(/(?:ing|ed|es|s)$/u, '')),
  )
}

/** What is graded, without what it counts for. */
function nameOf({ statement }: Finding): ReadonlySet<string> {
  return contentWords(statement.replaceAll(/\d+(?:\.\d+)?\s?(?:%|points?|marks?|per ?cent)?/giu, ' '))
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length
  return both === 0 ? 0 : both / (a.size + b.size - both)
}

function signature(quantities: readonly Quantity[]): string {
  return quantities
    .map(({ value, upper, unit, bound }) => `${value}/${upper ?? ''}/${unit}/${bound}`)
    .sort()
    .join(' ')
}

interface Known {
  readonly first: Finding
  readonly words: ReadonlySet<string>
  readonly counts: string
  readonly restated: Finding[]
}

function sharesContext(one: Finding, other: Finding): boolean {
  const [, ...own] = one.spans
  const [, ...others] = other.spans
  return own.some((a) => others.some((b) => a.start === b.start && a.end === b.end))
}

function restates(a: Known, b: Known): boolean {
  const [one, other] = [a.first, b.first]
  if (one.criterion_id !== other.criterion_id || one.group !== other.group) return false
  if (one.modality !== other.modality || a.counts !== b.counts) return false
  if (one.document_id === other.document_id && one.statement === other.statement)
    return one.modality === other.modality
  // Two parts of one sentence are two demands, though both are told by the whole of it.
  if (one.document_id === other.document_id && sharesContext(one, other)) return false
  if (one.group !== null && one.document_id === other.document_id) return false
  // A sentence told whole beside its first half is more than a restatement.
  if (one.document_id === other.document_id && other.statement.length > one.statement.length * 1.3) {
    if (other.statement.includes(one.statement.slice(-20))) return false
  }
  // Two parts of a grade may weigh the same: their names tell them apart.
  if (one.kind === 'grading' && other.kind === 'grading')
    return overlap(nameOf(one), nameOf(other)) >= SAME_WORDS
  const same = overlap(a.words, b.words)
  return same >= (a.counts !== '' && one.kind === other.kind ? SAME_COUNT_WORDS : SAME_WORDS)
}

/** Joins findings that demand the same thing in other words or another document; the first keeps its statement. */
export function mergeRestated(findings: readonly Finding[]): readonly Merged[] {
  const merged: Known[] = []
  for (const first of findings) {
    const next: Known = {
      first,
      words: contentWords(first.statement),
      counts: signature(first.quantities),
      restated: [],
    }
    const known = merged.find((earlier) => restates(earlier, next))
    if (known === undefined) merged.push(next)
    else known.restated.push(first)
  }
  return merged.map(({ first, restated }) => ({ ...first, restated }))
}
