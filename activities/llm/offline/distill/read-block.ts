import type { Quantity } from '../../../../contract/requirements.ts'
import { readSentences } from '../text/language.ts'
import type { Block } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'
import { classifyKind } from './classify-kind.ts'
import type { Finding } from './finding.ts'
import { isDemandingFragment, isDueLine, labelEnd } from './read-fragments.ts'
import { type Lead, readInlineOptions, readLead } from './read-leads.ts'
import { type Modality, readModality, startsWithCommand } from './read-modality.ts'
import { readQuantities } from './read-quantities.ts'
import { restate } from './restate.ts'
import { type SectionRole, sectionRole } from './section-role.ts'
import { continuesList, splitClauses } from './split-clauses.ts'

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
  /^(?:(?:the|this|your|all|final|full|completed?|finished) )*(?:assignment|paper|essay|report|project|work|submissions?|portfolio|presentation|posts?|it|everything|initial post|replies|discussion|bibliography|lab)?\s*(?:is|are|must be submitted|\()?\s*due\b/iu
const FIRM = /\b(?:must|required|mandatory|may not|not permitted|not allowed|prohibited)\b/iu
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
  return role !== 'grading' || modality !== 'must' || quantities.length > 0 || FIRM.test(clause)
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
    kind: isOption ? 'content' : classifyKind(text, quantities),
    modality,
    statement: restate(labelEnd(text) > 0 ? text : value, verb, modality === 'must_not'),
    quantities,
    group: isOption ? (under?.group ?? null) : null,
    criterion_id: null,
  }
}

function readClauses(place: Place, sentence: Span): readonly Finding[] {
  const { block, role, under } = place
  const whole = block.view.text.slice(sentence.start, sentence.end)
  const findings: Finding[] = []
  const demands = under?.lead.form === 'demands' && sentence.start === 0 ? under.lead : null
  let held: Modality | null = null
  let antecedent: string | null = null
  for (const cut of splitClauses(whole)) {
    const clause = whole.slice(cut.start, cut.end)
    const span = { start: sentence.start + cut.start, end: sentence.start + cut.end }
    const quantities = readQuantities(clause, antecedent)
    const last: string | null = quantities.at(-1)?.unit ?? antecedent
    const own = readModality(clause)
    const inherited: Modality | null =
      demands?.modality ?? (cut.linked && continuesList(clause) ? held : null)
    const fragment =
      own === null && cut.start === 0 && isDemandingFragment(whole, block, role, quantities) ? 'must' : null
    const modality: Modality | null =
      demands !== null && own === 'must' ? demands.modality : (own ?? inherited ?? fragment)
    const bound =
      modality !== null &&
      (demands !== null || fragment !== null || bindsIn(role, clause, modality, quantities))
    if (bound && !isDueLine(clause) && !DUE_AGAIN.test(clause)) {
      const takesVerb = demands !== null && !startsWithCommand(clause) && own === null
      findings.push(toFinding(place, span, modality, takesVerb ? demands.verb : null, antecedent))
    }
    held = modality
    antecedent = last
  }
  return findings
}

function readOptions(place: Place, sentence: Span, groupName: () => string): readonly Finding[] | null {
  const whole = place.block.view.text.slice(sentence.start, sentence.end)
  const inline = readInlineOptions(whole)
  if (inline === null) return null
  const span = rawSpan(place.block.view, sentence)
  const under: OpenLead = {
    lead: { form: 'options', pick: 1, alone: true, verb: inline.verb },
    span,
    group: groupName(),
  }
  return inline.spans.map(({ start, end }) => {
    const text = whole.slice(start, end)
    const verb = startsWithCommand(text) ? null : inline.verb
    const found = toFinding(
      { ...place, under },
      { start: sentence.start + start, end: sentence.start + end },
      'must',
      verb,
      null,
      true,
    )
    return { ...found, statement: found.statement.replace(/\beither\s/iu, '') }
  })
}

/** What one block asks for; `groupName` names a new group of options. */
export function readBlock(
  document_id: string,
  block: Block,
  under: OpenLead | null,
  groupName: () => string,
): BlockReading {
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
      findings: readClauses(place, { start: 0, end: text.replace(/[|\s]+$/u, '').length }).slice(0, 1),
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
    findings.push(...(readOptions(place, sentence, groupName) ?? readClauses(place, sentence)))
  }
  return { findings, opens }
}
