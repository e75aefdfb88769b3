import type { Span } from '../text/view.ts'
import { PARTS } from './clause-parts.ts'
import { beginsOwnClause } from './own-clause.ts'

const CONJUNCTION =
  /(?:,?\s+(?:as long as(?! you (?:like|want|need|please))|on condition that|provided that|provided)\s+|\s+and that\s+(?=(?:you|the|it|they|your)\b)|,\s+in which (?:case\s+|(?=you\b))|,\s+(?=(?:although|though|even though|because|since|as|so that)\s)|[,;]\s+(?:(?:and|but|or|so|yet|while|whereas)\s+)?|\s+(?:and|but)\s+|\s[–—]\s|\s+\((?=\p{Ll})|:\s+)/giu
const HANDS_OVER =
  /\b(?:includes?|contains?|have|has|needs?|covers?|provides?|submit|hand in|upload|bring|gives?|reports?|lists?|states?|consists? of)\b/iu
const CONDITION =
  /\b(?:as long as(?! you (?:like|want|need|please))|on condition that|provided(?: that)?)\b/iu
const JOINING =
  /^(?:and|but|or|so|while|whereas|of which|in which(?: case)?|(?:as long as|on condition that|provided(?: that)?)(?: you)?)\s+/iu

/** Where the parts of `include a title page, an abstract, and references` begin; empty unless three or more. */
function nounListCuts(sentence: string): readonly number[] {
  const verb = HANDS_OVER.exec(sentence)
  if (verb === null || /\beither\b/iu.test(sentence)) return []
  const from = verb.index + verb[0].length
  const cuts = [...sentence.slice(from).matchAll(/,\s+(?:and\s+)?/giu)].map(
    ({ 0: comma, index }) => from + index + comma.length,
  )
  return listOfThings(sentence, cuts)
}

/** The first of the cuts, as far as a thing stands at each; what follows the last one belongs to it. */
function listOfThings(sentence: string, cuts: readonly number[]): readonly number[] {
  const stops = cuts.findIndex((cut) => !PARTS.noun.test(sentence.slice(cut).split(/[,;]/u)[0] ?? ''))
  const things = stops < 0 ? cuts : cuts.slice(0, stops)
  return things.length >= 2 ? things : []
}

function trimSpan(text: string, { start, end }: Span): Span {
  let from = start
  let to = end
  while (from < to && /[\s,;:–—(-]/u.test(text[from] ?? '')) from += 1
  const joint = JOINING.exec(text.slice(from, to))
  if (joint !== null && from > 0) from += joint[0].length
  while (to > from && /[\s,;:.–—]/u.test(text[to - 1] ?? '')) to -= 1
  to -=
    /[\s,;]+(?:and|but|or|provided(?: that)?|as long as|on condition that)$/iu.exec(text.slice(from, to))?.[0]
      .length ?? 0
  const closes = text[to - 1] === ')' && !text.slice(from, to).includes('(')
  return { start: from, end: closes ? to - 1 : to }
}

function insideBrackets(text: string, at: number): boolean {
  const before = text.slice(0, at)
  return (
    before.split('(').length > before.split(')').length ||
    before.split(/["“]/u).length > before.split(/["”]/u).length + (before.includes('“') ? 0 : 1)
  )
}

// `In an essay of 1,800 words, show …`: the frame holds what the command must keep to.
const COUNTED_FRAME =
  /^in [^.,;:]*(?:\d,\d{3}[^.,;:]*)*\b(?:words|pages|minutes|slides|sentences|paragraphs|lines|sides|characters)(?: or (?:so|less|fewer|more))?$/iu
// `Do not use them to write, and you may not cite them`: two halves of one ban on the same thing.
const SAME_BAN = /^you (?:may|must|can|should) not \p{L}+ (?:them|it)\b/iu
const NO_MORE_OF_IT = /\bnot \p{L}+ (?:them|it)\b/iu
// `Quote both, at least three times each`: how often a thing is done is no other thing.
const HOW_OFTEN = /^(?:(?:at least|at most|no (?:more|fewer|less) than) )?(?:\p{L}+|\d+) times\b/iu

export interface ClauseSpan extends Span {
  /** Whether it hangs on the clause before it, rather than following a semicolon. */
  readonly linked: boolean
  /** Whether the clause before it holds only if this is done: `provided that you …`. */
  readonly conditions?: boolean
  /** A thing of a list, or one setting of several: it is understood without its sentence. */
  readonly part?: 'thing' | 'setting'
}

const THINGS_AFTER_COLON = /:\s+(?=(?:an?|the|your|one|two|three|\d+)\s)/iu
const HANDS = /\b(?:hand|give|bring|submit|include|send|attach|turn in|upload) (?:me|us|in)\b/iu
// "Three things: a map, a log and a list" counts them; "something larger: a law, a loss" gives examples.
const COUNTS = /\b(?:two|three|four|five|six|seven|eight|\d+|following)\b/iu

/** Where the things listed after a colon begin, `three speakers: one thing you saw, one thing you missed`; empty for other words. */
function colonListCuts(sentence: string): readonly number[] {
  const colon = THINGS_AFTER_COLON.exec(sentence)
  const before = sentence.slice(0, colon?.index ?? 0)
  const own = before.slice(before.lastIndexOf(',') + 1)
  if (colon === null || before.split(/\s+/u).length < 4 || !(COUNTS.test(own) || HANDS.test(own))) return []
  const from = colon.index + colon[0].length
  const commas = [...sentence.slice(from).matchAll(/,\s+(?:and\s+)?/giu)]
  const cuts = [from, ...commas.map(({ 0: comma, index }) => from + index + comma.length)]
  const parts = cuts.map((cut, i) =>
    sentence.slice(cut, cuts[i + 1] ?? sentence.length).replace(/[.,;\s]+(?:and\s*)?$/u, ''),
  )
  return cuts.length >= 2 && parts.every((part) => PARTS.noun.test(part)) ? cuts : []
}

/** Cuts a sentence into clauses that each ask for one thing; spans are offsets into the sentence. */
export function splitClauses(sentence: string): readonly ClauseSpan[] {
  const things = new Set([...nounListCuts(sentence), ...colonListCuts(sentence)])
  const cuts = new Set(things)
  let from = 0
  const group = /^(?:working )?in (?:groups?|teams?|pairs)(?: of [^,]{1,24})?,\s/iu.exec(sentence)
  if (group !== null) cuts.add((from = group[0].length))
  for (const { 0: separator, index } of sentence.matchAll(CONJUNCTION)) {
    const next = index + separator.length
    const right = sentence.slice(next)
    if (next <= from || (insideBrackets(sentence, index) && !PARTS.counted.test(right))) continue
    if (COUNTED_FRAME.test(sentence.slice(from, index)) || HOW_OFTEN.test(right)) continue
    if (SAME_BAN.test(right) && NO_MORE_OF_IT.test(sentence.slice(from, index))) continue
    if (!beginsOwnClause({ left: sentence.slice(from, index), right, separator, whole: sentence })) continue
    cuts.add(next)
    from = next
  }
  const marks = [0, ...cuts].sort((a, b) => a - b)
  const parts = marks.map((start, i): ClauseSpan => {
    const linked = i > 0 && !sentence.slice(0, start).trimEnd().endsWith(';')
    const conditions = CONDITION.test(sentence.slice(0, start))
    const span = trimSpan(sentence, { start, end: marks[i + 1] ?? sentence.length })
    return { ...span, linked, conditions, ...(things.has(start) ? { part: 'thing' } : {}) }
  })
  return parts.filter(({ start, end }) => end - start > 2)
}
