import type { Sentence, Token } from '../text/language.ts'
import type { Span } from '../text/view.ts'

const POINTS_BACK =
  /^(?:it|its|them|they|their|theirs|this|that|these|those|both|others|same|which|why|so|how)$/u
// After a verb these ask: `discuss how the numbers were made`.
const INTERROGATIVE = /^(?:which|why|how)$/u
const NAMING = /^(?:NOUN|PROPN|X|SYM)$/u
const TELLING = /^(?:NOUN|PROPN|NUM|X|SYM|VERB|ADJ)$/u
// `Use rename` or `Say why` tells a reader nothing by itself.
const FEWEST_TELLING = 2
const MOST_CONTEXT = 420

function tokensOf(sentences: readonly Sentence[], { start, end }: Span): readonly Token[] {
  return sentences.flatMap(({ tokens }) => tokens.filter((token) => token.start >= start && token.end <= end))
}

/** Whether a pronoun stands before anything it could mean: `Reproduce it as a figure`. */
function pointsBack(tokens: readonly Token[]): boolean {
  // `To use it, write to me`
  if (tokens[0]?.lower === 'to' && /^(?:it|them|this|one)$/u.test(tokens[2]?.lower ?? '')) return true
  const at = tokens.findIndex(
    ({ lower, pos }, i) =>
      POINTS_BACK.test(lower) && !/^(?:SCONJ|PART)$/u.test(pos) && !(i > 0 && INTERROGATIVE.test(lower)),
  )
  if (at < 0) return false
  const next = tokens[at + 1]
  // `one page`, `this essay`: here the word only leads up to its noun.
  if (
    /^(?:this|that|these|those|its|their|which|same|both)$/u.test(tokens[at]?.lower ?? '') &&
    next !== undefined &&
    /^(?:NOUN|PROPN|ADJ|NUM)$/u.test(next.pos)
  )
    return false
  return !tokens.slice(0, at).some(({ pos }) => NAMING.test(pos))
}

/** Whether a phrase without a verb only adds to what stands before it: `For C, POSIX as well`. */
function addsOn(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ pos }) => pos !== 'PUNCT')
  const end = words.slice(-2).map(({ lower }) => lower)
  const adds = end.join(' ') === 'as well' || end.at(-1) === 'too'
  return adds && !words.some(({ pos }) => pos === 'VERB' || pos === 'AUX')
}

/** Whether the verb is left to the reader: `text, figures and analysis may not`. */
function breaksOff(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ pos }) => pos !== 'PUNCT')
  return /^(?:may|must|can|should|do|shall) not$/u.test(
    words
      .slice(-2)
      .map(({ lower }) => lower)
      .join(' '),
  )
}

function isThin(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ pos }) => pos !== 'PUNCT')
  if (words.length > FEWEST_TELLING) return false
  return words.filter(({ pos, lower }) => TELLING.test(pos) || lower.endsWith('ly')).length < 2
}

function namesNothing(tokens: readonly Token[]): boolean {
  return !tokens.some(({ pos }) => NAMING.test(pos))
}

const BEFORE_BACK = /^(?:before|after|until|by|since|without|from|beyond|for)$/u
const AT_THE_END = /^(?:that|this|then|those)$/u

/** Whether a clause ends in a word for what was said: `bring questions to the consultation before that`. */
function endsBack(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ pos }) => pos !== 'PUNCT').map(({ lower }) => lower)
  return AT_THE_END.test(words.at(-1) ?? '') && BEFORE_BACK.test(words.at(-2) ?? '')
}

/** Whether a clause holds only for a case that was told: `you may then hand in …`, `the points are then lost`. */
function followsCase(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ lower }, i) => lower === 'then' && /^(?:may|must|can|will|is|are)$/u.test(tokens[i - 1]?.lower ?? ''),
  )
}

/** Whether a clause speaks of work that lacks what was said before: `papers without it are returned unread`. */
function lacksIt(tokens: readonly Token[]): boolean {
  const words = tokens.map(({ lower }) => lower)
  const at = words.findIndex((word, i) => word === 'without' && /^(?:it|them|one)$/u.test(words[i + 1] ?? ''))
  return at > 0 && at <= 3
}

/** The sentence of a clause that points back within it; with the sentence before where that begins by pointing back too. */
function aroundPointer(sentences: readonly Sentence[], index: number, clause: Span): Span {
  const sentence = sentences[index]
  if (sentence === undefined) return clause
  const begins = /^(?:this|that|these|those|it|they|such)$/u.test(sentence.tokens[0]?.lower ?? '')
  const before = sentences[index - 1]
  const isWhole = clause.start - sentence.start < 2
  if (before === undefined || !(begins || isWhole) || sentence.end - before.start > MOST_CONTEXT)
    return { start: sentence.start, end: sentence.end }
  return { start: before.start, end: sentence.end }
}

/** What of a text has to be shown for a clause to be understood by itself; null when nothing makes it so. */
export function findContext(sentences: readonly Sentence[], index: number, clause: Span): Span | null {
  const own = tokensOf(sentences, clause)
  if (followsCase(own) || endsBack(own) || lacksIt(own)) return aroundPointer(sentences, index, clause)
  if (own.length === 0 || (!pointsBack(own) && !isThin(own) && !breaksOff(own) && !addsOn(own))) return clause
  const sentence = sentences[index]
  if (sentence === undefined) return clause
  const whole = sentence.tokens
  if (!pointsBack(whole) && !namesNothing(whole) && !addsOn(whole))
    return { start: sentence.start, end: sentence.end }
  const before = sentences[index - 1]
  if (before === undefined)
    return namesNothing(whole) && pointsBack(whole) ? null : { start: sentence.start, end: sentence.end }
  return sentence.end - before.start > MOST_CONTEXT ? clause : { start: before.start, end: sentence.end }
}
