import type { Span } from '../text/view.ts'
import { startsWithCommand, stripLead } from './read-command.ts'
import { readModality } from './read-modality.ts'
import { isCommandVerb, isNounToo } from './verbs.ts'

export interface InlineOptions {
  readonly spans: readonly Span[]
  readonly verb: string | null
  /** What stands before the options and belongs to each of them; empty when they stand for themselves. */
  readonly head: string
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

function firstCommand(clause: string): string | null {
  const first = /^[\p{L}-]+/u.exec(stripLead(clause))?.[0].toLowerCase() ?? ''
  return isCommandVerb(first) && !/^(?:choose|pick|select)$/u.test(first) ? first : null
}

/** The options listed inside a sentence, as in `include one of the following: a, b or c`; null when it lists none. */
export function readListedOptions(sentence: string): InlineOptions | null {
  const listed = /\b(?:one|1) of (?:the following|these)[^:.]{0,30}(?::|\s[–—])\s+/iu.exec(sentence)
  if (listed === null) return null
  const spans = spansBetween(
    sentence,
    listed.index + listed[0].length,
    /,\s+(?:or|and)\s+|[,;]\s+|\s+or\s+/giu,
  )
  return spans.length > 1 ? { spans, verb: firstCommand(sentence), head: '' } : null
}

// Only what the student does or is given is the student's to choose: a crash that leaves either file set offers no choice.
const OURS_TO_CHOOSE =
  /^(?:you|students?|groups?|teams?|each (?:student|group|team|of you)|everyone)\b|\byour choice\b|\byou (?:may )?choose\b/iu

/** The two options of a clause that says `either a or b`; null when it does not, asks for nothing or leaves no choice. */
export function readEitherOr(clause: string, bound: boolean): InlineOptions | null {
  const either = /\beither\s+[^.;]{3,}?(?<gap>,?\s+or\s+)(?=[^.;]{3,})/iu.exec(clause)
  if (either === null) return readStressedOr(clause)
  const rest = stripLead(clause)
  const offered = /\byour choice\b/iu.test(clause)
  if (!bound && !offered && readModality(clause) === null) return null
  if (!bound && !startsWithCommand(rest) && !OURS_TO_CHOOSE.test(rest) && !offered) return null
  const second = either.index + either[0].length
  const comma = clause.lastIndexOf(', ', either.index)
  const start = comma < 0 ? 0 : comma + 2
  const last = { start: second, end: clause.replace(/(?:, your choice)?[.;\s]*$/u, '').length }
  const first = { start, end: second - (either.groups?.['gap']?.length ?? 0) }
  return {
    spans: [first, last],
    verb: firstCommand(clause.slice(start)) ?? firstCommand(clause),
    head: stripLead(clause.slice(0, either.index)).trim(),
  }
}

// What says that only one of two may be had: `a link or a file, not both`.
const ONE_ONLY = /[\s,(–—-]*\b(?:but )?(?:not both|whichever you (?:prefer|like)|your choice)\)?[.!\s]*$/iu
const FEWEST_WORDS = 3

/** The two options of a clause that stresses its `or`, or joins two commands by it; null for any other clause. */
function readStressedOr(clause: string): InlineOptions | null {
  const tail = ONE_ONLY.exec(clause)
  const end = tail === null ? clause.replace(/[.;\s]*$/u, '').length : tail.index
  const own = clause.slice(0, end)
  const front = own.length - stripLead(own).length
  for (const { index, 0: gap } of own.matchAll(/,?\s+or\s+/giu)) {
    const [left, right] = [own.slice(front, index), own.slice(index + gap.length)]
    const stressed = gap.trim() === 'OR' || tail !== null
    const commands =
      [left, right].every((part) => startsWithCommand(part) && wordCount(part) >= FEWEST_WORDS) &&
      !namesThing(right)
    const negated = /\b(?:not|never|n't|without|nor)\b/iu.test(left)
    // `Go or Rust`: two names are one demand that leaves a choice, not two demands.
    const names = !commands && stressed && wordCount(left) <= 2 && wordCount(right) === 1
    if (left.trim() === '' || negated || names || (!stressed && !commands) || readModality(clause) === null)
      continue
    const spans = [
      { start: front, end: index },
      { start: index + gap.length, end },
    ]
    return { spans, verb: commands ? null : (commandInto(left) ?? firstCommand(clause)), head: '' }
  }
  return null
}

/** The command of an option with the word that leads to its object: `write in` of `Write in C17`. */
function commandInto(option: string): string | null {
  const [, command = '', into] =
    /^([\p{L}-]+) ((?:in|on|with|about|for|from|at|by)) /iu.exec(stripLead(option)) ?? []
  return into !== undefined && isCommandVerb(command.toLowerCase())
    ? `${command.toLowerCase()} ${into}`
    : null
}

/** Whether a clause rules out that both of two options are taken: `a link or a file, not both`. */
export function allowsOnlyOne(clause: string): boolean {
  return /\bnot both\)?[.!\s]*$/iu.test(clause)
}

/** Whether what follows an `or` is a noun that could be a verb: `the table or map as a figure`. */
function namesThing(text: string): boolean {
  const [first = '', second = ''] = text.trim().toLowerCase().split(/\s+/u)
  return (
    isNounToo(first) &&
    !/^(?:the|an?|your|each|every|it|them|one|two|three|how|what|why|at|about|some\p{L}*|people|who)$/u.test(
      second,
    )
  )
}

function wordCount(text: string): number {
  return text.trim().split(/\s+/u).length
}
