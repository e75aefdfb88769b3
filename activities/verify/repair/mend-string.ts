import type { Requirement } from '../../../contract/requirements.ts'
import { cutText } from '../../../contract/text.ts'
import type { Finding } from '../finding.ts'
import { readNumbers, sameUse } from '../read-numbers.ts'
import type { LinkedString } from '../sources.ts'
import type { Line } from './apply-edits.ts'

const LIST =
  /\/(?:hard_constraints|grading_signals|acceptance_criteria|final_checklist|common_failure_modes)\/\d+$/
// The contract allows 2,000 characters a line.
const MAX_LINE = 2_000

// What stands where nothing is left of a text that has to say something; none of it claims anything.
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/\/due_strategy$/, 'In time for the milestone that follows, and for the deadline.'],
  [/\/done_definition$/, 'You have compared the result with the instructions.'],
  [/\/success_definition$/, 'Everything the instructions ask for is there, in the form they ask for.'],
  [/\/quality_bar$/, 'Ready when every line of the checklist is ticked.'],
  [/\/objective$/, 'Do what the instructions ask for.'],
  [/\/deliverable$/, ''],
]
const PLAIN_ELSE = 'See the instructions.'

/** The words of a source as one line. */
export function asLine(quote: string): string {
  return cutText(quote.replaceAll(/\s+/g, ' ').trim(), MAX_LINE)
}

/** The exact words a requirement rests on: its first quote, all of them when only together they hold its counts. */
export function wordsOf({ evidence, quantities }: Requirement): string {
  const quotes = [...new Set(evidence.map(({ quote }) => asLine(quote)))]
  const [first = ''] = quotes
  const said = readNumbers(first)
  const counted = quantities.flatMap(({ text }) => readNumbers(text))
  const isWhole = counted.every((number) => said.some((other) => sameUse(number, other)))
  return isWhole ? first : quotes.join(' / ')
}

/** The line a place gets when its text cannot stay: the exact words of what it rests on, or null when it rests on nothing. */
export function quotedLine(requirements: readonly Requirement[]): Line | null {
  const words = [...new Set(requirements.map(wordsOf))].filter((quote) => quote !== '')
  if (words.length === 0) return null
  return { text: cutText(words.join(' / '), MAX_LINE), from: requirements.map(({ id }) => id) }
}

function stems(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).map((word) => word.slice(0, 6)))
}

function likeness(one: string, other: string): number {
  const [a, b] = [stems(one), stems(other)]
  const both = [...a].filter((word) => b.has(word)).length
  return both === 0 ? 0 : both / Math.min(a.size, b.size)
}

const ALIKE = 0.5

/** The requirement a piece of text most likely speaks of; undefined when it speaks of none. */
export function nearest(text: string, requirements: readonly Requirement[]): Requirement | undefined {
  const ranked = requirements.map((requirement) => ({
    requirement,
    score: Math.max(
      likeness(text, requirement.statement),
      likeness(text, requirement.evidence[0]?.quote ?? ''),
    ),
  }))
  const [best] = ranked.toSorted((a, b) => b.score - a.score)
  return best !== undefined && best.score >= ALIKE ? best.requirement : undefined
}

type Check = (string: LinkedString) => readonly Finding[]

/** A text without the sentences that do not hold; an item of its list gets the exact words it rests on instead. */
function mendSentences(string: LinkedString, isFaulty: (text: string) => boolean): string {
  const lines = string.text.split('\n').map((line) => {
    if (!isFaulty(line)) return line
    const item = line.startsWith('- ') ? nearest(line, string.requirements) : undefined
    if (item !== undefined) return `- ${wordsOf(item)}`
    return line
      .split(/(?<=[.!?])\s+/)
      .filter((sentence) => !isFaulty(sentence))
      .join(' ')
  })
  return cutText(lines.filter((line) => line.trim() !== '').join('\n'), MAX_LINE)
}

/**
 * What a string says once its faults are gone; null when it is left out of its list.
 * `blamed` pieces are taken for faulty besides what the check finds.
 */
export function mendString(
  string: LinkedString,
  check: Check,
  blamed: (text: string) => boolean,
): Line | null {
  const { pointer, requirements } = string
  const from = requirements.map(({ id }) => id)
  if (LIST.test(pointer)) return quotedLine(requirements)
  const isFaulty = (text: string) =>
    blamed(text) || check({ ...string, text }).some(({ severity }) => severity === 'error')
  const mended = mendSentences(string, isFaulty)
  if (mended !== '' && mended !== string.text && !isFaulty(mended)) return { text: mended, from }
  const quoted = pointer.endsWith('/due_strategy') ? null : quotedLine(requirements)
  return quoted ?? { text: PLAIN.find(([place]) => place.test(pointer))?.[1] ?? PLAIN_ELSE, from: [] }
}
