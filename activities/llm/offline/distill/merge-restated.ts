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

function restates(a: Finding, b: Finding): boolean {
  if (a.criterion_id !== b.criterion_id || a.group !== b.group || a.modality !== b.modality) return false
  if (a.group !== null && a.document_id === b.document_id) return false
  const [first, second] = [signature(a.quantities), signature(b.quantities)]
  if (first !== second) return false
  const same = overlap(contentWords(a.statement), contentWords(b.statement))
  if (first !== '' && a.kind === b.kind) return same >= SAME_COUNT_WORDS
  return same >= SAME_WORDS
}

/** Joins findings that demand the same thing in other words or another document; the first keeps its statement. */
export function mergeRestated(findings: readonly Finding[]): readonly Merged[] {
  const merged: { first: Finding; restated: Finding[] }[] = []
  for (const finding of findings) {
    const known = merged.find(({ first }) => restates(first, finding))
    if (known === undefined) merged.push({ first: finding, restated: [] })
    else known.restated.push(finding)
  }
  return merged.map(({ first, restated }) => ({ ...first, restated }))
}
