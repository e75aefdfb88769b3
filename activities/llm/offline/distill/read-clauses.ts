import type { Sentence } from '../text/language.ts'
import { type Span, rawSpan } from '../text/view.ts'
import { PARTS } from './clause-parts.ts'
import { decideClause } from './decide-clause.ts'
import type { Finding } from './finding.ts'
import { toFinding, underTitle } from './finding-of.ts'
import type { Place } from './place.ts'
import { startsWithCommand, stripLead } from './read-command.ts'
import { caseOf } from './name-case.ts'
import { nameBareCount } from './name-count.ts'
import { partBefore } from './name-part.ts'
import { isBounded, isDemandingFragment, isDueLine } from './read-fragments.ts'
import { isCutoff } from './read-cutoff.ts'
import { allowsOnlyOne, readEitherOr } from './read-choices.ts'
import type { Modality } from './modality.ts'
import { readModality } from './read-modality.ts'
import { readOptions } from './read-options.ts'
import { readQuantities } from './read-quantities.ts'
import { saysEffort } from './read-standing.ts'
import { readStatement } from './read-statement.ts'
import { cutSpecs, cutSteps, cutThings } from './read-specs.ts'
import { namesFile, restate } from './restate.ts'
import { sharedSubject } from './shared-subject.ts'
import { type ClauseSpan, splitClauses } from './split-clauses.ts'
import { findContext } from './stand-alone.ts'
import { weighClause } from './weigh-clause.ts'

const DUE_AGAIN =
  /^(?:(?:the|this|your|all|final|full|completed?|finished) )*(?:assignment|paper|essay|report|project|work|submissions?|portfolio|presentation|version|draft|posts?|it|everything|initial post|replies|discussion|bibliography|lab)?\s*(?:is|are|must be submitted|\()?\s*due\b/iu
const WEB_ADDRESS = /\s?\(https?:[^)\s]*\)/gu
const INDIRECT = /^(?:what|how|why|where|whether|which|who)\b/iu

/** `Follow the guidelines: 12-point type, double spacing`: a demand, then what it sets. */
function cutAfterColon(whole: string, role: Place['role']): readonly ClauseSpan[] | null {
  const colon = whole.indexOf(': ')
  const left = whole.slice(0, Math.max(0, colon))
  if (colon < 0 || readModality(left) === null) return null
  const settings = cutSpecs(whole.slice(colon + 2), role)
  if (settings === null) return null
  const shifted = settings.map((cut) => ({
    ...cut,
    linked: true,
    start: cut.start + colon + 2,
    end: cut.end + colon + 2,
  }))
  return [{ start: 0, end: left.trimEnd().length, linked: false }, ...shifted]
}

const QUESTIONS = /:\s+(?=(?:what|how|why|where|whether|which|who)\b)/iu
const NEXT_QUESTION = /,\s+(?:and\s+)?(?=(?:what|how|why|where|whether|which|who)\b)/giu

/** `One page: how you break ties, and which rule did best`: a thing, then the questions it answers; null for other words. */
function cutQuestions(whole: string): readonly ClauseSpan[] | null {
  const colon = QUESTIONS.exec(whole)
  if (colon === null || readQuantities(whole.slice(0, colon.index)).length === 0) return null
  const from = colon.index + colon[0].length
  const commas = [...whole.slice(from).matchAll(NEXT_QUESTION)]
  if (commas.length === 0) return null
  const starts = [from, ...commas.map(({ 0: comma, index }) => from + index + comma.length)]
  const ends = [...commas.map(({ index }) => from + index), whole.replace(/[\s.;]+$/u, '').length]
  const parts = starts.map((start, i) => ({
    start,
    end: ends[i] ?? start,
    linked: true,
    part: 'thing' as const,
  }))
  return [{ start: 0, end: colon.index, linked: false }, ...parts]
}

/** The clauses of a sentence; a phrase without a verb, such as `Abstract, at most 150 words`, is cut by what it sets. */
function clausesOf(place: Place, whole: string): readonly ClauseSpan[] {
  const { role, under, opening, block } = place
  const listed = under === null ? cutAfterColon(whole, role) : null
  if (listed !== null) return listed
  const isSaid = readModality(whole) !== null || readStatement(whole, true) !== null
  const isPhrase = under === null && !whole.includes(';') && !isSaid && !whole.trimEnd().endsWith('?')
  if (!isPhrase) return splitClauses(whole)
  const settings = cutSteps(whole, role) ?? cutSpecs(whole, role)
  if (settings !== null) return settings
  const questions = cutQuestions(whole)
  if (questions !== null) return questions
  const titled = opening.title !== null || block.kind === 'item'
  const things = titled && (role === 'demands' || role === 'unknown') ? cutThings(whole) : null
  if (things !== null) return things
  const clauses = splitClauses(whole)
  const parted = clauses.slice(1).some(({ start, end }) => {
    const text = whole.slice(start, end)
    return readModality(text) !== null || PARTS.counted.test(text) || isBounded(text)
  })
  return !parted && isDemandingFragment(whole, place, readQuantities(whole))
    ? [{ start: 0, end: whole.replace(/[\s.;:,]+$/u, '').length, linked: false }]
    : clauses
}

// "Do not do both" says nothing to who has not read the two.
const POINTS_ONLY_BACK = /^(?:do not|don't|never) \p{L}+ (?:both|it|them|so|this|that|these|those)[.!]?$/iu

// A title that offers a choice says what `both` means.
const OFFERS = /\b(?:choose|pick|select|one of|either|options?|alternatives)\b/iu

// "If the weather …, write to me; you may then hand in with one visit": the case stays with each of its rules.
const CASE_IN_FRONT = /^(?:if|when|whenever|unless|in case)\b[^,;:]{3,160},/iu

/** A later clause of a sentence that opens with a case, under that case; null where none opens it. */
function underCase(text: string, sentence: Span, clause: Span): string | null {
  const front = CASE_IN_FRONT.exec(text.slice(sentence.start, sentence.end))?.[0]
  if (front === undefined || clause.start < sentence.start + front.length + 2) return null
  return restate(`${front} ${text.slice(clause.start, sentence.end)}`, null, false)
}

function ofSubject(finding: Finding, statement: string): Finding {
  return { ...finding, statement, weight: weighClause(statement) }
}

/** A finding told with the case it stands in, which its whole sentence is evidence of. */
function inCase(finding: Finding, statement: string, sentence: Span): Finding {
  const [first, ...others] = finding.spans
  return { ...finding, statement, weight: 'conditional', spans: [first, sentence, ...others] }
}

/** A sentence as its clauses are told from it. */
interface Said {
  readonly whole: string
  /** Where it stands in the raw text. */
  readonly around: Span
  /** The case it names at its head. */
  readonly named: string | null
  /** Whom the clause binds, as said before it. */
  readonly subject: string | null
}

/** A finding with what its sentence says of it beforehand: the case it stands in, whom it binds, the part it is set for. */
function asSaid(found: Finding, cut: ClauseSpan, { whole, around, named, subject }: Said): Finding {
  const text = whole.slice(cut.start, cut.end)
  // "If you swap, find a partner and tell me": the second command holds in the same case.
  const front = cut.linked && startsWithCommand(text) ? CASE_IN_FRONT.exec(whole)?.[0] : undefined
  if (front !== undefined) return inCase(found, restate(`${front} ${text}`, null, false), around)
  if (subject !== null) return ofSubject(found, `${subject} ${text}`)
  const part = partBefore(whole, cut)
  if (part !== null) return { ...found, statement: `${part}: ${text}` }
  return named === null || text.startsWith(`${named}:`) ? found : inCase(found, `${named}: ${text}`, around)
}

/** A finding whose statement can be read by itself, with the words around it as evidence; none when nothing says what it means. */
function inContext(
  { block }: Place,
  sentences: readonly Sentence[],
  index: number,
  clause: Span,
  finding: Finding,
): readonly Finding[] {
  const text = block.view.text.slice(clause.start, clause.end)
  if (saysEffort(text)) return [{ ...finding, statement: text.replace(/^(?:it|this)\b/iu, 'The work') }]
  const context = findContext(sentences, index, clause)
  // What nothing explains is left out, but for an item of a list, which its list explains.
  if (context === null) {
    const empty = POINTS_ONLY_BACK.test(text)
    if (empty && OFFERS.test(block.path.at(-1) ?? '') && /\bboth\b/iu.test(finding.statement))
      return [{ ...finding, statement: `${finding.statement} of the options` }]
    return block.kind === 'item' || (finding.modality === 'must_not' && !empty) ? [finding] : []
  }
  if (context.start === clause.start && context.end === clause.end) return [finding]
  const { start, end } = sentences[index] ?? clause
  const before = block.view.text.slice(context.start, Math.max(context.start, start)).trim()
  // With the sentence before it the clause itself is clear; without, it takes its whole sentence.
  const own = before === '' ? { start, end } : clause
  const cased = before === '' ? underCase(block.view.text, own, clause) : null
  const said =
    cased ?? restate(block.view.text.slice(own.start, own.end), null, finding.modality === 'must_not')
  const [first, ...others] = finding.spans
  const statement = before === '' ? said : `${before.replace(WEB_ADDRESS, '')} ${said}`
  return [
    {
      ...finding,
      statement: underTitle(block, statement),
      weight: cased === null ? finding.weight : 'conditional',
      spans: [first, rawSpan(block.view, context), ...others],
    },
  ]
}

function repeatsDueDate(text: string): boolean {
  return isDueLine(text) || DUE_AGAIN.test(text)
}

/** What the sentences before left behind: what the last one counted, and whether it asked for something. */
export interface Before {
  readonly counted: string | null
  /** What the bare number at the end of the sentence counts, as said before. */
  readonly same: string | null
  readonly asked: boolean
}

const NOTHING: Before = { counted: null, same: null, asked: false }

/** The verb that a part takes over: from its lead, or from the sentence that it is cut from. */
function verbFor(place: Place, whole: string, text: string, cut: ClauseSpan): string | null {
  const { under, block } = place
  if (under?.lead.form === 'demands' && block.view.text.startsWith(whole))
    return startsWithCommand(text) || readModality(text) !== null ? null : under.lead.verb
  const own = stripLead(whole)
  const front = namesFile(whole.slice(0, whole.length - own.length))
    ? whole.slice(0, whole.length - own.length)
    : ''
  const verb = `${front}${/^[\p{L}-]+/u.exec(own)?.[0].toLowerCase() ?? ''}`
  if (!cut.linked || !startsWithCommand(whole)) return null
  return INDIRECT.test(text) || cut.part === 'thing' ? verb : null
}

/**
 * What each clause of a sentence asks for; the sentence is given by its index in the block, and `before` is what the
 * sentence before it left behind.
 */
export function readClauses(
  place: Place,
  sentences: readonly Sentence[],
  index: number,
  before: Before = NOTHING,
): readonly Finding[] {
  const { block, under } = place
  const sentence: Span = sentences[index] ?? { start: 0, end: 0 }
  const whole = block.view.text.slice(sentence.start, sentence.end)
  const findings: Finding[] = []
  const listed = under?.lead.form === 'demands' && index === 0
  const here: Place = listed ? place : { ...place, under: under?.lead.form === 'demands' ? null : under }
  let held: Modality | null = null
  let last = before.same ?? before.counted
  let previous: ClauseSpan | null = null
  const named = caseOf(whole)
  const around = rawSpan(block.view, sentence)
  for (const cut of clausesOf(here, whole).filter(({ end }) => end > (named?.length ?? 0))) {
    const subject = sharedSubject(whole, previous, cut)
    const text = whole.slice(cut.start, cut.end)
    const span = { start: sentence.start + cut.start, end: sentence.start + cut.end }
    // Where reading stops is counted as the same number was; what else was counted last is no help.
    const antecedent = isCutoff(text) ? before.same : last
    const quantities = readQuantities(text, antecedent)
    const isFirst = cut.start === 0 || !cut.linked
    const { linked, conditions = false } = cut
    const own = decideClause(here, {
      text,
      whole,
      isFirst,
      linked,
      conditions,
      quantities,
      held,
      follows: isFirst && before.asked,
    })
    const modality: Modality | null = own ?? (subject === null ? null : held)
    const choice = readEitherOr(text, listed)
    if (choice !== null) {
      findings.push(...readOptions(here, sentence, choice, cut.start))
      // The options are told one by one; that they exclude each other is told with both.
      if (allowsOnlyOne(text))
        findings.push(toFinding(here, span, { modality: 'must', verb: null, antecedent }))
    } else if (modality !== null && !repeatsDueDate(text)) {
      const verb = verbFor(here, whole, text, cut)
      const found = toFinding(here, span, { modality, verb, antecedent })
      const told = asSaid(found, cut, { whole, around, named, subject })
      const isEnd = cut.end >= whole.replace(/[\s.!]+$/u, '').length
      const finding = isEnd ? { ...told, statement: nameBareCount(told.statement, before.same) } : told
      const isPlain = verb !== null || cut.part !== undefined || (linked && PARTS.format.test(text))
      findings.push(...(isPlain ? [finding] : inContext(here, sentences, index, span, finding)))
    }
    held = modality
    previous = cut
    last = quantities.at(-1)?.unit ?? last
  }
  return findings
}
