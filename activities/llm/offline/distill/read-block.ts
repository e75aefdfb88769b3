import { readSentences, type Sentence } from '../text/language.ts'
import { type Span, rawSpan } from '../text/view.ts'
import type { Finding } from './finding.ts'
import { toFinding } from './finding-of.ts'
import type { Place } from './place.ts'
import { unitOfBareCount } from './name-count.ts'
import { type Before, readClauses } from './read-clauses.ts'
import { readListedOptions } from './read-choices.ts'
import { type Lead, readLead } from './read-leads.ts'
import { readOptions } from './read-options.ts'
import { readQuantities } from './read-quantities.ts'
import { readWeights } from './read-weights.ts'

export interface BlockReading {
  readonly findings: readonly Finding[]
  /** What the block says about a list after it. */
  readonly opens: { readonly lead: Lead; readonly span: Span } | null
}

const LABEL_AHEAD = /\s(?=\p{Lu}[\p{L}]+(?: \p{L}+)?: \S)/gu

/** `Worth: 20% · Team size: 4 or 5` says as many things as it has dots or labels. */
function cutAtLabels(text: string, sentence: Sentence): readonly Sentence[] {
  const own = text.slice(sentence.start, sentence.end)
  const labelled = /^\p{Lu}\p{L}+(?: \p{L}+)?: \S/u.test(own)
  const marks = [...own.matchAll(/ · /gu), ...(labelled ? own.matchAll(LABEL_AHEAD) : [])]
  const cuts = marks
    .map(({ 0: gap, index }) => ({ from: index, to: index + gap.length }))
    .sort((a, b) => a.from - b.from)
  const starts = [sentence.start, ...cuts.map(({ to }) => sentence.start + to)]
  return starts.map((start, i) => {
    const cut = cuts[i]
    const end = cut === undefined ? sentence.end : sentence.start + cut.from
    return { start, end, tokens: sentence.tokens.filter((token) => token.start >= start && token.end <= end) }
  })
}

/** The sentences of a block without the title at its head. */
function ownSentences(text: string, from: number): readonly Sentence[] {
  return readSentences(text)
    .flatMap((sentence) => cutAtLabels(text, sentence))
    .flatMap((sentence) => {
      if (sentence.end <= from) return []
      return sentence.start >= from
        ? [sentence]
        : [{ ...sentence, start: from, tokens: sentence.tokens.filter(({ start }) => start >= from) }]
    })
}

const PART_TITLE =
  /^(?:introduction|background|methods?|materials|procedure|results?|analysis|discussion|conclusions?|abstract|references|literature cited|appendix)[.:]?$/iu

/** What the last count of a sentence counts: what `ten of them` in the next one means. */
function unitBefore(text: string, sentence: Sentence | undefined): string | null {
  if (sentence === undefined) return null
  return readQuantities(text.slice(sentence.start, sentence.end)).at(-1)?.unit ?? null
}

// What a bare number counts was said a moment ago; further back, the number means something else.
const SENTENCES_BACK = 10

/** What the sentences before one left behind. */
function leftBefore(text: string, sentences: readonly Sentence[], index: number, asked: boolean): Before {
  const { start = 0, end = 0 } = sentences[index] ?? {}
  const from = sentences[Math.max(0, index - SENTENCES_BACK)]?.start ?? 0
  const same = unitOfBareCount(text.slice(from, start), text.slice(start, end))
  return { counted: unitBefore(text, sentences[index - 1]), same, asked }
}

/** Whether the sentence before a list asks for something beside the list. */
function asksBeside(lead: Lead): boolean {
  if (lead.form === 'options') return !lead.alone || lead.pick !== 1
  return lead.form === 'demands' && lead.asks
}

/** A row of a table that stands under a lead: its first cell names a thing, the others say more of it. */
function readListedRow(place: Place): readonly Finding[] {
  const { text } = place.block.view
  const end = text.replace(/[|\s]+$/u, '').length
  const [finding] = readClauses(place, [{ start: 0, end, tokens: [] }], 0)
  if (finding === undefined) return []
  const [first = '', ...others] = finding.statement.split(/\s\|\s/u)
  return [{ ...finding, statement: others.length === 0 ? first : `${first}: ${others.join(', ')}` }]
}

/** What one block asks for. */
export function readBlock(place: Place): BlockReading {
  const { block, under, opening, beforeList } = place
  const { text } = block.view
  if (under?.lead.form === 'outcomes') return { findings: [], opens: null }
  if (under?.lead.form === 'options') {
    const end = text.replace(/[.;,\s]+(?:or|and)?$/iu, '').length
    return {
      findings: [
        toFinding(
          place,
          { start: 0, end },
          {
            modality: under.lead.pick === 1 ? 'must' : 'may',
            verb: under.lead.verb,
            antecedent: null,
            isOption: true,
          },
        ),
      ],
      opens: null,
    }
  }
  if (block.kind === 'row') {
    return { findings: under === null ? [] : readListedRow(place), opens: null }
  }
  const sentences = ownSentences(text, opening.from)
  let here = place
  let told = false
  const findings: Finding[] = []
  let opens: BlockReading['opens'] = null
  for (const [i, sentence] of sentences.entries()) {
    const whole = text.slice(sentence.start, sentence.end)
    // "Results. Report …" in the text of a PDF: a title within a paragraph.
    if (PART_TITLE.test(whole)) {
      here = { ...place, opening: { ...opening, title: whole.replace(/\W+$/u, '') } }
      continue
    }
    const last = i === sentences.length - 1
    const lead = last ? readLead(beforeList && !/[.!?:]$/u.test(whole) ? `${whole}:` : whole) : null
    if (lead !== null) opens = { lead, span: rawSpan(block.view, sentence) }
    if (lead !== null && !asksBeside(lead)) continue
    const weights = readWeights(place, sentence)
    if (weights.length > 0) {
      findings.push(...weights)
      continue
    }
    const asked = told
    const count = findings.length
    const listed = readListedOptions(whole)
    findings.push(
      ...(listed === null
        ? readClauses(here, sentences, i, leftBefore(text, sentences, i, asked))
        : readOptions(place, sentence, listed, 0)),
    )
    told = findings.length > count
  }
  return { findings, opens }
}
