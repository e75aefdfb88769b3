import type { Quantity } from '../../../../contract/requirements.ts'
import { readSentences, type Sentence } from '../text/language.ts'
import type { Block } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'
import { classifyKind } from './classify-kind.ts'
import type { Finding } from './finding.ts'
import {
  isBounded,
  isDemandingFragment,
  isDueLine,
  isForbiddingFragment,
  labelEnd,
} from './read-fragments.ts'
import { type InlineOptions, type Lead, readEitherOr, readLead, readListedOptions } from './read-leads.ts'
import { type Modality, readModality, startsWithCommand, stripLead } from './read-modality.ts'
import { readQuantities } from './read-quantities.ts'
import { restate } from './restate.ts'
import { type SectionRole, sectionRole } from './section-role.ts'
import { type ClauseSpan, continuesList, splitClauses } from './split-clauses.ts'
import { findContext } from './stand-alone.ts'
import { weighClause } from './weigh-clause.ts'

/** The lead a block stands under: what it says, where it stands and the name of its option group. */
export interface OpenLead {
  readonly lead: Lead
  readonly span: Span
  readonly group: string
}

export interface BlockReading {
  readonly findings: readonly Finding[]
  /** What the block says about a list after it. */
  readonly opens: { readonly lead: Lead; readonly span: Span } | null
}

interface Place {
  readonly document_id: string
  readonly block: Block
  readonly role: SectionRole
  readonly under: OpenLead | null
}

const DUE_AGAIN =
  /^(?:(?:the|this|your|all|final|full|completed?|finished) )*(?:assignment|paper|essay|report|project|work|submissions?|portfolio|presentation|version|draft|posts?|it|everything|initial post|replies|discussion|bibliography|lab)?\s*(?:is|are|must be submitted|\()?\s*due\b/iu
const FIRM = /\b(?:must|required|mandatory|may not|not permitted|not allowed|prohibited)\b/iu
const COSTS_ALL = /\b(?:scores?|means?) (?:0|zero)\b/iu
const WEIGHTED = /\bcounts? for\b|\bof (?:the|your) (?:final )?(?:grade|mark)\b/iu
const ADDRESSED = /\b(?:you|your|students?|groups?|teams?|each|every)\b/iu

function bindsIn(
  role: SectionRole,
  clause: string,
  modality: Modality,
  quantities: readonly Quantity[],
): boolean {
  if (role === 'outcomes') return FIRM.test(clause) && ADDRESSED.test(clause)
  if (role === 'background')
    return ADDRESSED.test(clause) || startsWithCommand(clause) || quantities.length > 0 || FIRM.test(clause)
  if (role === 'tips') return FIRM.test(clause) || WEIGHTED.test(clause)
  return (
    role !== 'grading' ||
    modality !== 'must' ||
    quantities.length > 0 ||
    FIRM.test(clause) ||
    COSTS_ALL.test(clause)
  )
}

/** A rule on late work that does not say so itself, under the title that does. */
function underTitle({ path }: Block, statement: string): string {
  const title = (path.at(-1) ?? '').replace(/^\d+(?:\.\d+)*\.?\s+/u, '')
  const says = /\blate\b|\bextensions?\b|\bdeadline\b/iu
  if (!/\blate\b/iu.test(title) || /\d/u.test(title) || says.test(statement) || !/\d/u.test(statement))
    return statement
  return `${title}: ${statement.charAt(0).toLowerCase()}${statement.slice(1)}`
}

function toFinding(
  place: Place,
  span: Span,
  modality: Modality,
  verb: string | null,
  antecedent: string | null,
  isOption = false,
): Finding {
  const { block, under, document_id } = place
  const text = block.view.text.slice(span.start, span.end)
  const value = text.slice(labelEnd(text))
  const quantities = readQuantities(text, antecedent)
  const lead = under === null ? [] : [under.span]
  return {
    document_id,
    spans: [rawSpan(block.view, span), ...lead],
    kind: isOption ? 'content' : classifyKind(text, quantities, block.path.at(-1)),
    modality,
    statement: underTitle(block, restate(labelEnd(text) > 0 ? text : value, verb, modality === 'must_not')),
    weight: weighClause(text),
    quantities,
    group: isOption ? (under?.group ?? null) : null,
    criterion_id: null,
  }
}

function readFragment(
  { block, role }: Place,
  whole: string,
  clause: string,
  isFirst: boolean,
  quantities: readonly Quantity[],
): Modality | null {
  if (isForbiddingFragment(clause, role)) return 'must_not'
  if (!isFirst)
    return isBounded(clause) && isDemandingFragment(clause, block, role, quantities) ? 'must' : null
  return isDemandingFragment(whole, block, role, quantities) ? 'must' : null
}

const FINAL_STEP =
  /^(?:the )?(?:final|full)?\s?(?:essay|paper|report|project|submission|version|presentation|assignment)?$/iu
const SHORT_STEP = 3
const WEB_ADDRESS = /\s?\(https?:[^)\s]*\)/gu

/** A row of a table of steps: its first cell says what is to be done; the dates beside it are hints. */
export function readStep(document_id: string, block: Block): readonly Finding[] {
  const { text } = block.view
  const end = (text.indexOf('|') < 0 ? text : text.slice(0, text.indexOf('|'))).trimEnd().length
  const step = text.slice(0, end)
  if (end === 0 || FINAL_STEP.test(step)) return []
  const place: Place = { document_id, block, role: 'demands', under: null }
  // A short first cell only names the step; what and when stand in the cells beside it.
  if (readSentences(step).flatMap(({ tokens }) => tokens).length <= SHORT_STEP && end < text.length) {
    const cells = text
      .split('|')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '')
    const statement = `${cells[0] ?? ''}: ${cells.slice(1).reverse().join(', ')}`
    const whole = toFinding(place, { start: 0, end: text.replace(/[|\s]+$/u, '').length }, 'must', null, null)
    return [{ ...whole, kind: 'process', statement }]
  }
  return [{ ...toFinding(place, { start: 0, end }, 'must', null, null), kind: 'process' }]
}

function optionFindings(
  place: Place,
  sentence: Span,
  { spans, verb, head }: InlineOptions,
  offset: number,
): readonly Finding[] {
  const { block } = place
  const span = rawSpan(block.view, sentence)
  const group = `${place.document_id}@${span.start + offset}`
  const under: OpenLead = { lead: { form: 'options', pick: 1, alone: true, verb }, span, group }
  return spans.map((part) => {
    const own = { start: sentence.start + offset + part.start, end: sentence.start + offset + part.end }
    const text = block.view.text.slice(own.start, own.end)
    const found = toFinding(
      { ...place, under },
      own,
      'must',
      startsWithCommand(text) ? null : verb,
      null,
      true,
    )
    const option = text.replace(/^.*?\beither\s/isu, '')
    const statement = head === '' ? found.statement.replace(/\beither\s/iu, '') : `${head} ${option}`
    return { ...found, statement: statement.charAt(0).toUpperCase() + statement.slice(1) }
  })
}

/** The clauses of a sentence; a phrase without a verb, such as `Abstract, at most 150 words`, stays in one piece. */
function clausesOf({ block, role, under }: Place, whole: string): readonly ClauseSpan[] {
  const isPhrase = under === null && !whole.includes(';') && readModality(whole) === null
  return isPhrase && isDemandingFragment(whole, block, role, readQuantities(whole))
    ? [{ start: 0, end: whole.replace(/[\s.;:,]+$/u, '').length, linked: false }]
    : splitClauses(whole)
}

/** A finding whose statement can be read by itself, with the words around it as evidence; none when nothing says what it means. */
function inContext(
  { block }: Place,
  sentences: readonly Sentence[],
  index: number,
  clause: Span,
  finding: Finding,
): readonly Finding[] {
  const context = findContext(sentences, index, clause)
  if (context === null) return []
  if (context.start === clause.start && context.end === clause.end) return [finding]
  const { start, end } = sentences[index] ?? clause
  const before = block.view.text.slice(context.start, Math.max(context.start, start)).trim()
  const own = restate(block.view.text.slice(start, end), null, finding.modality === 'must_not')
  const [first, ...others] = finding.spans
  const statement = before === '' ? own : `${before.replace(WEB_ADDRESS, '')} ${own}`
  return [
    {
      ...finding,
      statement: underTitle(block, statement),
      spans: [first, rawSpan(block.view, context), ...others],
    },
  ]
}

function readClauses(place: Place, sentences: readonly Sentence[], index: number): readonly Finding[] {
  const { block, role, under } = place
  const sentence: Span = sentences[index] ?? { start: 0, end: 0 }
  const whole = block.view.text.slice(sentence.start, sentence.end)
  const findings: Finding[] = []
  const demands = under?.lead.form === 'demands' && sentence.start === 0 ? under.lead : null
  let held: Modality | null = null
  const verb = /^[\p{L}-]+/u.exec(stripLead(whole))?.[0].toLowerCase() ?? ''
  let antecedent: string | null = null
  for (const cut of clausesOf(place, whole)) {
    const clause = whole.slice(cut.start, cut.end)
    const span = { start: sentence.start + cut.start, end: sentence.start + cut.end }
    const quantities = readQuantities(clause, antecedent)
    const last: string | null = quantities.at(-1)?.unit ?? antecedent
    const own = readModality(clause)
    const inherited: Modality | null =
      demands?.modality ?? (cut.linked && continuesList(clause) ? held : null)
    const fragment = own === null ? readFragment(place, whole, clause, cut.start === 0, quantities) : null
    const modality: Modality | null =
      demands !== null && own === 'must' ? demands.modality : (own ?? inherited ?? fragment)
    const bound =
      modality !== null &&
      (demands !== null || fragment !== null || bindsIn(role, clause, modality, quantities))
    const choice = readEitherOr(clause, demands !== null)
    if (choice !== null) findings.push(...optionFindings(place, sentence, choice, cut.start))
    else if (bound && !isDueLine(clause) && !DUE_AGAIN.test(clause)) {
      const takesVerb = demands !== null && !startsWithCommand(clause) && own === null
      const asks =
        cut.linked && /^(?:what|how|why|where|whether|which|who)\b/iu.test(clause) && startsWithCommand(whole)
      const lead = asks ? verb : takesVerb ? demands.verb : null
      const finding = toFinding(place, span, modality, lead, antecedent)
      findings.push(
        ...(lead === null || asks ? inContext(place, sentences, index, span, finding) : [finding]),
      )
    }
    held = modality
    antecedent = last
  }
  return findings
}

/** What one block asks for. */
export function readBlock(document_id: string, block: Block, under: OpenLead | null): BlockReading {
  const place: Place = { document_id, block, role: sectionRole(block.path), under }
  const { text } = block.view
  if (under?.lead.form === 'outcomes') return { findings: [], opens: null }
  if (under?.lead.form === 'options') {
    const end = text.replace(/[.;,\s]+(?:or|and)?$/iu, '').length
    return {
      findings: [
        toFinding(
          place,
          { start: 0, end },
          under.lead.pick === 1 ? 'must' : 'may',
          under.lead.verb,
          null,
          true,
        ),
      ],
      opens: null,
    }
  }
  if (block.kind === 'row') {
    if (under === null) return { findings: [], opens: null }
    return {
      findings: readClauses(
        place,
        [{ start: 0, end: text.replace(/[|\s]+$/u, '').length, tokens: [] }],
        0,
      ).slice(0, 1),
      opens: null,
    }
  }
  const sentences = readSentences(text)
  const findings: Finding[] = []
  let opens: BlockReading['opens'] = null
  for (const [i, sentence] of sentences.entries()) {
    const whole = text.slice(sentence.start, sentence.end)
    const last = i === sentences.length - 1
    const lead = last ? readLead(whole) : null
    if (lead !== null) opens = { lead, span: rawSpan(block.view, sentence) }
    if (lead !== null && (lead.form !== 'options' || (lead.alone && lead.pick === 1))) continue
    const listed = readListedOptions(whole)
    findings.push(
      ...(listed === null ? readClauses(place, sentences, i) : optionFindings(place, sentence, listed, 0)),
    )
  }
  return { findings, opens }
}
