import type { Quantity } from '../../../../contract/requirements.ts'
import type { Finding } from './finding.ts'
import { numberValue } from './read-numbers.ts'

const SMALL = new Set(
  'a all an and any are as at be by each every for from has have in include is it its must no not of on one or should submit that the their this to use with will write you your please make sure can may all need needs do does did been put remember least most more than between'.split(
    ' ',
  ),
)
const SAME_WORDS = 0.6
// Once the counts agree, the rest of the words may differ more; in a list that sums up, more again.
const SAME_COUNT_WORDS = 0.3
const RECAP_WORDS = 0.3
// Two documents say the same in words further apart than one document does.
const SAME_WORDS_ELSEWHERE = 0.5
// What the other says beside the same count, when it says little.
const MOST_OF_IT = 0.6
const WHOLE = new Set(
  'essay paper report text work piece length word page total whole long write body submission final'
    .split(' ')
    .map(stem),
)
const PART =
  /\b(?:each|every|abstract|summar\w+|annotations?|introduction|conclusion|reflections?|proposals?|posts?|repl(?:y|ies)|captions?|sections?|outline|memo|statement)\b/iu
const WITHOUT = /\p{L},? without\b/iu
const FEWEST_SHARED = 2
const HALF = 0.5

/** A finding and the others that say the same elsewhere. */
export interface Merged extends Finding {
  readonly restated: readonly Finding[]
}

function stem(word: string): string {
  const value = numberValue(word)
  if (value > 0) return String(value)
  return word === 'twice' ? '2' : word.replace(/(?:ing|ed|es|s|e)$/u, '')
}

function contentWords(statement: string): ReadonlySet<string> {
  const words = statement.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu) ?? []
  return new Set(words.filter((word) => !SMALL.has(word)).map(stem))
}

/** What is graded, without what it counts for. */
function nameOf({ statement }: Finding): ReadonlySet<string> {
  return contentWords(statement.replaceAll(/\d+(?:\.\d+)?\s?(?:%|points?|marks?|per ?cent)?/giu, ' '))
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length
  return both === 0 ? 0 : both / (a.size + b.size - both)
}

/** The amounts of a demand, whatever their bounds: `at least five sources` and `five sources` may be the same. */
function amounts(quantities: readonly Quantity[]): string {
  return quantities
    .map(({ value, upper, unit }) => `${value}/${upper ?? ''}/${stem(unit.toLowerCase())}`)
    .sort()
    .join(' ')
}

function bounds(quantities: readonly Quantity[]): string {
  return quantities
    .map(({ bound }) => bound)
    .sort()
    .join(' ')
}

interface Known {
  readonly first: Finding
  readonly words: ReadonlySet<string>
  /** The words beside the counts and their units. */
  readonly others: ReadonlySet<string>
  readonly amounts: string
  readonly restated: Finding[]
}

function know(first: Finding): Known {
  const words = contentWords(first.statement)
  const counted = contentWords(first.quantities.map(({ text, unit }) => `${text} ${unit}`).join(' '))
  const others = new Set([...words].filter((word) => !counted.has(word)))
  return { first, words, others, amounts: amounts(first.quantities), restated: [] }
}

function sharesContext(one: Finding, other: Finding): boolean {
  const [, ...own] = one.spans
  const [, ...others] = other.spans
  return own.some((a) => others.some((b) => a.start === b.start && a.end === b.end))
}

/** How surely the second of two findings says the first one again, 0 for not at all. */
function likeness(a: Known, b: Known): number {
  const [one, other] = [a.first, b.first]
  const here = one.document_id === other.document_id
  if (one.criterion_id !== other.criterion_id || one.group !== other.group) return 0
  if (here && one.statement === other.statement) return one.modality === other.modality ? 1 : 0
  // Two parts of one sentence are two demands, though both are told by the whole of it.
  if (here && (sharesContext(one, other) || one.group !== null)) return 0
  // What is left out of the one is no part of the other.
  if (WITHOUT.test(one.statement) !== WITHOUT.test(other.statement)) return 0
  if (other.recap) return recapLikeness(a, b)
  if (a.amounts !== b.amounts) return 0
  if (one.modality !== other.modality && !(isLimit(one) && isLimit(other))) return 0
  if (here && bounds(one.quantities) !== bounds(other.quantities)) return 0
  // A sentence told whole beside its first half is more than a restatement.
  if (here && other.statement.length > one.statement.length * 1.3) {
    if (other.statement.includes(one.statement.slice(-20))) return 0
  }
  // Two parts of a grade may weigh the same: their names tell them apart.
  if (one.kind === 'grading' && other.kind === 'grading') {
    const same = overlap(nameOf(one), nameOf(other))
    return same >= SAME_WORDS ? same : 0
  }
  const same = overlap(a.words, b.words)
  if (same >= (here ? SAME_WORDS : SAME_WORDS_ELSEWHERE)) return same
  const counted = a.amounts !== '' && (saysLittleElse(a, b) || areWholeLengths(a, b))
  return counted && (one.kind === other.kind || !here) ? Math.max(same, SAME_COUNT_WORDS) : 0
}

/** `No more than four pages` and `must not exceed four pages` bind alike. */
function isLimit({ modality, quantities }: Finding): boolean {
  const binds = modality === 'must' || modality === 'must_not'
  return binds && quantities.length > 0 && quantities.every(({ bound }) => bound === 'at_most')
}

/** Whether two demands with the same counts also speak of the same thing. */
function saysLittleElse(a: Known, b: Known): boolean {
  const both = [...a.others].filter((word) => b.others.has(word)).length
  const held = both / Math.max(1, Math.min(a.others.size, b.others.size))
  return overlap(a.others, b.others) >= SAME_COUNT_WORDS || (both >= FEWEST_SHARED && held >= MOST_OF_IT)
}

/** Whether both give the length of the whole work, one of them without any other word. */
function areWholeLengths(a: Known, b: Known): boolean {
  const both = [a, b]
  const bare = both.some(({ others }) => [...others].every((word) => WHOLE.has(word)))
  return bare && both.every(({ first }) => first.kind === 'length' && !PART.test(first.statement))
}

/** A list that sums up says what was said, in fewer words and as questions; its counts must not differ. */
function recapLikeness(a: Known, b: Known): number {
  if (a.first.recap || (a.amounts !== '' && b.amounts !== '' && a.amounts !== b.amounts)) return 0
  const both = [...a.words].filter((word) => b.words.has(word)).length
  const held = both / Math.max(1, Math.min(a.words.size, b.words.size))
  const same = overlap(a.words, b.words)
  return same >= RECAP_WORDS || (both >= FEWEST_SHARED && held >= HALF) ? Math.max(same, held * HALF) : 0
}

/** `Length` told with its sentence, and the bound of that sentence, are one demand: it counts what either counts. */
function countedBy(first: Finding, restated: readonly Finding[]): Finding['quantities'] {
  if (first.quantities.length > 0) return first.quantities
  return restated.find(({ statement }) => statement === first.statement)?.quantities ?? []
}

/** Joins findings that demand the same thing in other words or another document; the first keeps its statement. */
export function mergeRestated(findings: readonly Finding[]): readonly Merged[] {
  const merged: Known[] = []
  for (const first of findings) {
    const next = know(first)
    const likest = merged
      .map((known) => ({ known, like: likeness(known, next) }))
      .reduce<{ known: Known; like: number } | null>(
        (best, one) => (one.like > (best?.like ?? 0) ? one : best),
        null,
      )
    if (likest === null) merged.push(next)
    else likest.known.restated.push(first)
  }
  return merged.map(({ first, restated }) => ({ ...first, quantities: countedBy(first, restated), restated }))
}
