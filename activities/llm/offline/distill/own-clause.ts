import { isReason, PARTS } from './clause-parts.ts'
import { startsWithCommand } from './read-command.ts'
import { hasVerb } from './has-verb.ts'
import { isDuty } from './read-duty.ts'
import { readModality } from './read-modality.ts'
import { isUncounted } from './read-uncounted.ts'
import { readStatement } from './read-statement.ts'
import { isCommandVerb, isNounToo } from './verbs.ts'

/** A place where a sentence may be cut: what stands on its two sides, what joins them, and the sentence. */
export interface Joint {
  readonly left: string
  readonly right: string
  readonly separator: string
  readonly whole: string
}

/** What follows a joint up to the next comma. */
const next = ({ right }: Joint): string => right.split(/[,;]\s/u)[0] ?? right

const MODAL = String.raw`(?:must|should|may|can|cannot|shall|will|needs?|ha(?:s|ve) to|do not|don't|never)`
const SUBJECT = String.raw`(?:(?!(?:if|that|which|when|who|because|to|by|so)\b)[\p{L}'’-]+ ){1,9}?`
const OWN_CLAUSE = new RegExp(
  String.raw`^(?:you |we |it |they |students |there )?${MODAL}\b|^(?:the |an? |any |all |each |every |no |your |our |late |all )?${SUBJECT}${MODAL}\b|^we expect\b|^(?:at least|at most|not? (?:more|fewer|less) than|a minimum of|(?:an? )?maximum of|between) (?:\d|[\p{L}]+\b)`,
  'iu',
)
const ASKS =
  /\b(?:(?:explain|describe|discuss|analy[sz]e|state|show|identify|address|say|consider|record|note|report|cover)|tell (?:us|me|the reader|them)|write about|reflect on|think about) (?:(?:your|the|a) \p{L}+, |[^,]{3,40}, )?(?:and )?(?:what|how|why|whether|where|who|which)\b/iu
const ASKS_AFTER_COLON = /:\s(?:what|how|why|where|who|which)\b[^:]*\?$/iu
// "One scene, between two and four minutes long, from …" goes on saying what it is.
const SIZED =
  /^(?:between|at least|at most|no more than)\b[^,]{1,40}\b(?:long|high|wide|old|apart|in length)\b/iu
const FRONTS_CONDITION = /^(?:if|when|once|after|before|for|in|unless|although|because|since|as)\b/iu
const FORBIDS = /^(?:avoid|do not|don't|never (?!an?\b|the\b))/iu
const NEGATED = /^(?:avoid|never)\b|\b(?:do|must|may|can|should|shall|will) not\b|n't\b|\bcannot\b/iu
const BOUND =
  /^(?:at least|at most|no(?:t)? (?:fewer|less|more) than|between|(?:an? )?(?:minimum|maximum) of) (?:\d|\p{L}+\b)/iu
const ELLIPSIS =
  /^[\p{L} '-]{3,60} (?:is not|are not|isn't|aren't|don't|doesn't|do not|does not)(?:[.,;]|,[^;]*)?\s*$/iu
// "Sources are cited, and figures numbered" has one verb for both.
const IS_DONE = /\b(?:is|are) \p{L}+(?:ed|wn|en|rn)$/iu
const DONE_TOO =
  /^(?:the |all |your )?[\p{L} -]{3,40} \p{L}+(?:ed|wn|en)(?: (?:by|in|with|below|above|at)\b[^,;]{0,30})?[.]?$/iu
const RANGE_LEFT = /\b(?:at least|no (?:fewer|less) than|(?:a )?minimum of) [\d\p{L},]+(?: \p{L}+){0,2}$/iu
const RANGE_RIGHT = /^(?:at most|no more than|(?:a )?maximum of|not more than)\b/iu
const FILE_SIZE =
  /^(?:at most|no (?:more|larger|bigger) than|under|up to|max(?:imum|\.)?(?: of)?) [\d.]+ ?[KMG]i?B\b/iu
const COSTS_NEXT =
  /^(?:then )?(?:becomes?|gets?|receives?|earns?|loses?|drops?|counts? (?:as|for|toward|towards)|makes? up|carries|is (?:not|worth|capped))\b/iu
const SAID_OF =
  /^(?:it|this|they|each|these|both|\p{L}+(?: \p{L}+){0,4}?) ?(?:'s|is|are|counts?|carr(?:y|ies)|makes? up|gets?|loses?)\b/iu
// "A problem you can live with" is a thing, whatever is said of it.
const RELATIVE =
  /^(?:an?|the|one|your|any|every|some) [\p{L} -]+? (?:you|we|they|i) (?:can|may|will|must|could|would|have|need)\b/iu
// Ends in what something is allowed for: "You may use it to plan".
const ALLOWS_TO =
  /\b(?:you|students?|they|teams?|groups?|tools?|AI|assistants?) (?:may|can)\b(?! not)[^;:]* to \p{L}|\b(?:allowed|permitted|free|welcome) to \p{L}/iu
const LAYS_OUT = /\b(?:must|should|be|use|in|with)\b/iu

const firstWord = (text: string): string => /^[\p{L}'-]+/u.exec(text)?.[0].toLowerCase() ?? ''
const lastPart = (left: string): string => left.slice(left.lastIndexOf(',') + 1).trim()
const isLong = ({ left, separator }: Joint): boolean =>
  left.trim().split(/\s+/u).length >= 3 || separator.includes(',')

/** Whether a colon leads from a remark to a rule, as in `It is also the template: keep its order`. */
function isRemark({ left, right }: Joint): boolean {
  if (/^(?:we expect|you must|do not|don't|never|at least)\b/iu.test(right)) return true
  return (
    startsWithCommand(right) && !startsWithCommand(left) && left.includes(' ') && right.trim().includes(' ')
  )
}

const FINITE =
  /\b(?:is|are|gets?|loses?|fails?|earns?|receives?|costs?|must|may|can|cannot|will|should|needs?)\b/iu

/** Whether a bracket holds a rule of its own, `(bring a paper copy)`, and no gloss. */
function bracketBinds(right: string): boolean {
  const inside = right.slice(0, right.indexOf(')') < 0 ? undefined : right.indexOf(')'))
  if (/^(?:see|e\.g|for|i\.e|that is|use the|a |an |the )\b/iu.test(inside)) return false
  return startsWithCommand(inside) || (FINITE.test(inside) && readModality(inside) !== null)
}

/** Whether what follows a colon is a rule with a subject and a verb of its own. */
function bindsAnew({ left, right }: Joint): boolean {
  const asks = startsWithCommand(left) || readModality(left) !== null
  const asked = asks || /\b(?:is|are|does|do) not$/iu.test(left)
  return asked && !startsWithCommand(right) && FINITE.test(right) && (readModality(right) !== null || !asks)
}

function bySeparator(joint: Joint): boolean | null {
  const { separator, left, right, whole } = joint
  if (separator.trim() === ';' || /as long as|provided|on condition|in which/iu.test(separator)) return true
  if (/\band that\b/iu.test(separator))
    return /\b(?:as long as|on condition|provided|make sure|ensure)\b/iu.test(whole)
  if (/^(?:although|though|even though)\b/iu.test(right) || isReason(right)) return true
  if (separator.trim() === ':')
    return (
      isRemark(joint) ||
      PARTS.size.test(right) ||
      BOUND.test(right) ||
      (PARTS.question.test(right) && right.trimEnd().endsWith('?')) ||
      bindsAnew(joint)
    )
  if (separator.trim() === '(') return bracketBinds(right)
  if (/\bso\b/iu.test(separator) && startsWithCommand(right) && !isNounToo(firstWord(right))) return true
  if (/^not (?:accepted|allowed|permitted|graded|read|marked)\b/iu.test(right)) return true
  if (/[–—]/u.test(separator) && startsWithCommand(right) && !isNounToo(firstWord(right))) return true
  return /\bbut\b/iu.test(separator) && /^not (?:to|for|in|when|on|as)\b/iu.test(right) && left !== ''
    ? true
    : null
}

/** "Analysis, figures and text must be your own" has one subject of several nouns. */
function sharesSubject({ left, right, separator }: Joint): false | null {
  const part = lastPart(left)
  const bare = !hasVerb(part) && !startsWithCommand(part) && readModality(part) === null
  return bare && separator.startsWith(',') && /^(?:[\p{L}-]+ ){1,3}(?:and|or) /iu.test(right) ? false : null
}

/** "Course lectures and encyclopedias, printed or online, do not count": one subject, whatever stands in it. */
function isOneSubject({ left, right }: Joint): false | null {
  const bare = !hasVerb(left) && !startsWithCommand(left) && readModality(left) === null
  return bare && !/[;:]/u.test(left) && isUncounted(right) ? false : null
}

/** A command after its own condition or count stays with it. */
function isConditioned({ left, right, separator }: Joint): false | null {
  if (!startsWithCommand(right)) return null
  if (/^in (?:about |at most |no more than )?\d[^,;]*$/iu.test(left.trim())) return false
  const condition = /^(?:if|when|whenever|unless|to|in order to)\b/iu.test(left.trim())
  return condition && separator.startsWith(',') && !/\band\b/iu.test(separator) ? false : null
}

function hasOwnSubject(joint: Joint): boolean | null {
  const { left, right, separator } = joint
  if (!isLong(joint)) return null
  // "If you do X, you must Y" is one rule: a fronted condition stays with what it conditions.
  if (ELLIPSIS.test(right)) return true
  if (/^(?:nothing|nobody|no one|none|neither) /iu.test(right)) return true
  if (
    /^(?:if|when|where|unless)\b/iu.test(right) &&
    /\b(?:and|so|but)\b/iu.test(separator) &&
    readModality(right) !== null
  )
    return true
  if (RELATIVE.test(right)) return null
  if (OWN_CLAUSE.test(right) && !SIZED.test(right))
    return !FRONTS_CONDITION.test(left) || /\band\b|;/u.test(separator)
  if (FRONTS_CONDITION.test(left)) return null
  if (readStatement(next(joint), false) !== null || isDuty(next(joint))) return true
  return SAID_OF.test(right) && readModality(next(joint)) !== null ? true : null
}

function goesOn(joint: Joint): true | null {
  const { left, right, whole, separator } = joint
  if (PARTS.counted.test(right) || PARTS.look.test(right)) return true
  if (PARTS.size.test(right) && separator.includes(',')) return true
  // "Relates findings to the hypotheses, compares them … and names the limits" has one subject, a title before it.
  if (IS_DONE.test(left.trim()) && DONE_TOO.test(right)) return true
  const told = !startsWithCommand(left) && !/\b(?:that|which|who)\b/iu.test(left)
  const said = readStatement(left, true) ?? (told ? readModality(left) : null)
  if (
    said !== null &&
    !startsWithCommand(right) &&
    (readStatement(next(joint), true) !== null || COSTS_NEXT.test(right))
  )
    return true
  const laidOut = LAYS_OUT.test(whole) || whole.split(',').length > 2
  return laidOut && PARTS.format.test(right) && PARTS.format.test(lastPart(left) || left) ? true : null
}

function isListed({ right }: Joint): false | null {
  const single = /^[\p{L}-]+,/u.test(right)
  return single && !/^[\p{L}-]+, (?:and|or)?\s?[\p{L}-]+ (?:the|your|a|an)\b/iu.test(right) ? false : null
}

function isCommand(joint: Joint): boolean | null {
  const { left, right, separator } = joint
  if (FORBIDS.test(right)) return true
  // "It should be typed, have a title and …"
  if (
    /\b(?:must|should|will)\b/iu.test(left) &&
    /^have (?:an?|the|at least|no|one|two|three)\b/iu.test(right)
  )
    return true
  // "You may use it to plan and outline your work" allows both.
  if (ALLOWS_TO.test(left) && /^\s+and\s+$/u.test(separator)) return null
  // A list joined by "or", or under a "not", is one rule: cutting it would turn a ban into a command.
  const choice = /\bor\s/iu.test(separator) || /,\s+or\s/iu.test(right) || /^[\p{L}-]+\s+or\s/iu.test(right)
  if (choice || (NEGATED.test(left) && !/\bbut\b/iu.test(separator)) || !startsWithCommand(right)) return null
  const verb = /^(?:then |also )?(?<verb>[\p{L}-]+)/iu.exec(right)?.groups?.['verb']?.toLowerCase() ?? ''
  if (!isCommandVerb(verb)) return null
  return startsWithCommand(left) || /\b(?:must|should|will|to|may|can)\b/iu.test(left) ? isLong(joint) : null
}

function isPart({ left, right, separator, whole }: Joint): boolean {
  if (PARTS.question.test(right) && (ASKS.test(whole) || ASKS_AFTER_COLON.test(whole)))
    return separator.includes(',')
  return PARTS.weight.test(right) && /\d\s?(?:%|percent|points)/iu.test(left)
}

/** "One archive, at most 2 MB" says how large the thing before it may be. */
function isFileSize({ right, separator }: Joint): false | null {
  return separator.startsWith(',') && FILE_SIZE.test(right) ? false : null
}

/** "A reflection: 300 words on your method" is one thing and its size. */
function isNamedSize({ left, right, separator }: Joint): false | null {
  const named = separator.trim() === ':' && /^(?:an?|one) (?:[\p{L}-]+ ){0,3}[\p{L}-]+$/iu.test(left.trim())
  return named && PARTS.size.test(right) ? false : null
}

/** "No fewer than 80 and no more than 120 words" is one range. */
function isRange({ left, right }: Joint): false | null {
  return RANGE_LEFT.test(left.trim()) && RANGE_RIGHT.test(right) ? false : null
}

/** "No names, no insults and no screenshots" are three bans. */
function isBanOfSeveral({ right, whole, separator }: Joint): true | null {
  const several =
    (whole.match(/\bno (?!more|fewer|less|later|longer|smaller|larger|one\b)\p{L}+/giu) ?? []).length > 1
  return several &&
    separator.trim() !== 'but' &&
    /^no (?!more|fewer|less|later|longer|one\b)\p{L}+/iu.test(right)
    ? true
    : null
}

/** A question is answered as a whole. */
function isAsked({ whole, separator }: Joint): false | null {
  return whole.trimEnd().endsWith('?') && !whole.includes(': ') && separator.trim() !== ';' ? false : null
}

// The first that decides counts.
const RULES: readonly ((joint: Joint) => boolean | null)[] = [
  isAsked,
  isRange,
  isFileSize,
  isNamedSize,
  isBanOfSeveral,
  bySeparator,
  sharesSubject,
  isOneSubject,
  isConditioned,
  hasOwnSubject,
  goesOn,
  (joint) => (FORBIDS.test(joint.right) ? true : null),
  isListed,
  isCommand,
  isPart,
]

/** Whether what follows a joint asks for a thing of its own. */
export function beginsOwnClause(joint: Joint): boolean {
  for (const rule of RULES) {
    const own = rule(joint)
    if (own !== null) return own
  }
  return false
}
