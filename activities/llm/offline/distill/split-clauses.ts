import type { Span } from '../text/view.ts'
import { hasVerb } from './read-fragments.ts'
import { readModality, startsWithCommand } from './read-modality.ts'
import { isCommandVerb } from './verbs.ts'

const MODAL = String.raw`(?:must|should|may|can|cannot|shall|will|needs?|ha(?:s|ve) to|do not|don't|never)`
const SUBJECT = String.raw`(?:(?!(?:if|that|which|when|who|because|to|by|so)\b)[\p{L}'’-]+ ){1,9}?`
const CONJUNCTION =
  /(?:,?\s+(?:as long as|provided that|provided)\s+(?=you\b)|,\s+(?=(?:although|though|even though)\s)|[,;]\s+(?:(?:and|but|or|so|yet|while|whereas)\s+)?|\s+(?:and|but)\s+|\s[–—]\s|:\s+)/giu
const OWN_CLAUSE = new RegExp(
  String.raw`^(?:you |we |it |they |students |there )?${MODAL}\b|^(?:the |an? |any |all |each |every |no |your |our |late |all )?${SUBJECT}${MODAL}\b|^we expect\b|^(?:at least|at most|no more than|no fewer than|a minimum of|(?:an? )?maximum of|between) (?:\d|[\p{L}]+\b)`,
  'iu',
)
const COUNTED_PART =
  /^(?:of which|of whom|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) of (?:which|them|whom)|including (?:at least|page|no)|with at least)\b/iu
const FORMAT_PART =
  /^(?:(?:in|with|using|at|have|and) )*(?:an? )?[^,]{0,40}\b(?:margins?|font|times new roman|spaced|spacing|typeface|arial|calibri)\b/iu
const WH_PART = /^(?:what|how|why|where|when|which|whether|who)\b/iu
const WEIGHT_PART = /^[\p{L} ]{2,40}?\s(?:for )?\d+(?:\.\d+)?\s?(?:%|percent|points)/iu
const HANDS_OVER =
  /\b(?:include|includes|contain|contains|have|cover|covers|provide|submit|list|state|consist of)\b/iu
const NOUN_PART = /^(?:an?|the|your|at least|one|two|three|\d+)\s[^,;]{3,60}$/iu

/** Whether a colon leads from a remark to a rule, as in `It is also the template: keep its order`. */
function isRemark(left: string, right: string): boolean {
  if (/^(?:we expect|you must|do not|at least)\b/iu.test(right)) return true
  return (
    startsWithCommand(right) &&
    !startsWithCommand(left) &&
    /\b(?:is|are|was|has|have)\b/iu.test(left) &&
    !/\b(?:must|should|may|can)\b/iu.test(left)
  )
}

function beginsOwnClause(right: string, left: string, whole: string, separator: string): boolean {
  if (separator.trim() === ';' || /as long as|provided/iu.test(separator)) return true
  if (/^(?:although|though|even though)\b/iu.test(right)) return true
  if (separator.trim() === ':') return isRemark(left, right)
  // "Analysis, figures and text must be your own" has one subject of several nouns.
  const part = left.slice(left.lastIndexOf(',') + 1).trim()
  const bareLeft = !hasVerb(part) && !startsWithCommand(part) && readModality(part) === null
  if (bareLeft && separator.startsWith(',') && /^(?:[\p{L}-]+ ){1,3}(?:and|or) /iu.test(right)) return false
  const condition = /^(?:if|when|whenever|unless)\b/iu.test(left.trim())
  if (/^in (?:about |at most |no more than )?\d[^,;]*$/iu.test(left.trim()) && startsWithCommand(right))
    return false
  if (condition && separator.startsWith(',') && !/\band\b/iu.test(separator) && startsWithCommand(right))
    return false
  if (OWN_CLAUSE.test(right) && (left.trim().split(/\s+/u).length >= 3 || separator.includes(','))) {
    // "If you do X, you must Y" is one rule: a fronted condition stays with what it conditions.
    return (
      !/^(?:if|when|once|after|before|for|in|unless|although|because|since|as)\b/iu.test(left) ||
      /\band\b|;/u.test(separator)
    )
  }
  if (COUNTED_PART.test(right)) return true
  if (
    (/\b(?:must|should|be|use|in|with)\b/iu.test(whole) || whole.split(',').length > 2) &&
    FORMAT_PART.test(right) &&
    FORMAT_PART.test(left.slice(left.lastIndexOf(',') + 1).trim() || left)
  )
    return true
  if (/^(?:avoid|do not|never (?!an?\b|the\b))/iu.test(right)) return true
  if (/^[\p{L}-]+,/u.test(right) && !/^[\p{L}-]+, (?:and|or)?\s?[\p{L}-]+ (?:the|your|a|an)\b/iu.test(right))
    return false
  // A list joined by "or", or under a "not", is one rule: cutting it would turn a ban into a command.
  const choice = /\bor\s/iu.test(separator) || /,\s+or\s/iu.test(right) || /^[\p{L}-]+\s+or\s/iu.test(right)
  const negated = /^(?:avoid|never)\b|\b(?:do|must|may|can|should|shall|will) not\b|n't\b|\bcannot\b/iu.test(
    left,
  )
  const command =
    !choice &&
    !(negated && !/\bbut\b/iu.test(separator)) &&
    startsWithCommand(right) &&
    isCommandVerb(/^(?:then |also )?(?<verb>[\p{L}-]+)/iu.exec(right)?.groups?.['verb']?.toLowerCase() ?? '')
  if (command && (startsWithCommand(left) || /\b(?:must|should|will|to|may|can)\b/iu.test(left)))
    return left.split(/\s+/u).length >= 3 || separator.includes(',')
  if (
    WH_PART.test(right) &&
    /\b(?:explain|describe|discuss|analy[sz]e|state|show|identify|address|say)\s(?:what|how|why|where|whether|who|which)\b/iu.test(
      whole,
    )
  )
    return separator.includes(',')
  return WEIGHT_PART.test(right) && /\d\s?(?:%|percent|points)/iu.test(left)
}

/** Where the parts of `include a title page, an abstract, and references` begin; empty unless three or more. */
function nounListCuts(sentence: string): readonly number[] {
  const verb = HANDS_OVER.exec(sentence)
  if (verb === null || /\beither\b/iu.test(sentence)) return []
  const from = verb.index + verb[0].length
  const cuts = [...sentence.slice(from).matchAll(/,\s+(?:and\s+)?/giu)].map(
    ({ 0: comma, index }) => from + index + comma.length,
  )
  const parts = cuts.map((cut, i) =>
    sentence.slice(cut, cuts[i + 1] ?? sentence.length).replace(/[.,;\s]+(?:and\s*)?$/u, ''),
  )
  return cuts.length >= 2 && parts.every((part) => NOUN_PART.test(part)) ? cuts : []
}

/** Whether a clause goes on with what the clause before it asked, as `with 1-inch margins` or `and a bibliography` do. */
export function continuesList(clause: string): boolean {
  return (
    [FORMAT_PART, COUNTED_PART, WH_PART, WEIGHT_PART, NOUN_PART].some((form) => form.test(clause)) ||
    /^(?:at least|at most|no more than|no fewer than)\b/iu.test(clause)
  )
}

function trimSpan(text: string, { start, end }: Span): Span {
  let from = start
  let to = end
  while (from < to && /[\s,;:–—-]/u.test(text[from] ?? '')) from += 1
  const joint = /^(?:and|but|or|so|while|whereas|of which|(?:as long as|provided(?: that)?) you)\s+/iu.exec(
    text.slice(from, to),
  )
  if (joint !== null && from > 0) from += joint[0].length
  while (to > from && /[\s,;:.–—]/u.test(text[to - 1] ?? '')) to -= 1
  const tail = /[\s,;]+(?:and|but|or)$/iu.exec(text.slice(from, to))
  return { start: from, end: to - (tail?.[0].length ?? 0) }
}

function insideBrackets(text: string, at: number): boolean {
  const before = text.slice(0, at)
  return (
    before.split('(').length > before.split(')').length ||
    before.split(/["“]/u).length > before.split(/["”]/u).length + (before.includes('“') ? 0 : 1)
  )
}

export interface ClauseSpan extends Span {
  /** Whether it hangs on the clause before it, rather than following a semicolon. */
  readonly linked: boolean
}

/** Cuts a sentence into clauses that each ask for one thing; spans are offsets into the sentence. */
export function splitClauses(sentence: string): readonly ClauseSpan[] {
  const cuts = new Set(nounListCuts(sentence))
  let from = 0
  const group = /^(?:working )?in (?:groups?|teams?|pairs)(?: of [^,]{1,24})?,\s/iu.exec(sentence)
  if (group !== null) cuts.add((from = group[0].length))
  for (const { 0: separator, index } of sentence.matchAll(CONJUNCTION)) {
    const next = index + separator.length
    if (next <= from || insideBrackets(sentence, index)) continue
    if (!beginsOwnClause(sentence.slice(next), sentence.slice(from, index), sentence, separator)) continue
    cuts.add(next)
    from = next
  }
  const marks = [0, ...cuts].sort((a, b) => a - b)
  const parts = marks.map((start, i) => {
    const linked = i > 0 && !sentence.slice(0, start).trimEnd().endsWith(';')
    return { ...trimSpan(sentence, { start, end: marks[i + 1] ?? sentence.length }), linked }
  })
  return parts.filter(({ start, end }) => end - start > 2)
}
