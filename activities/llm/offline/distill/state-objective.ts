import type { SourceDocument } from '../../port.ts'
import { readSentences } from '../text/language.ts'
import { parseBlocks } from '../text/parse-blocks.ts'
import type { Span } from '../text/view.ts'
import { rawSpan } from '../text/view.ts'
import type { Finding } from './finding.ts'

const STATES_AIM =
  /\b(?:(?:purpose|goal|aim|objective) of th(?:is|e) (?:assignment|project|essay|paper|lab|report|exercise|task|discussion)|(?:in|for) this (?:assignment|project|essay|paper|lab|task|exercise|discussion),? (?:you|students)|this (?:assignment|project|essay|paper) asks (?:you|students))\b/iu
const MAX_CHARS = 400

/** The sentence that says what the work is for, else its main deliverable, else its title. */
export function stateObjective(
  title: string,
  documents: readonly SourceDocument[],
  findings: readonly Finding[],
  skipped: (id: string) => readonly Span[],
): string {
  for (const { document_id, kind, text } of documents) {
    if (kind === 'canvas' || kind === 'rubric' || kind === 'syllabus') continue
    for (const { kind: block, view } of parseBlocks(text)) {
      if (block === 'heading' || !STATES_AIM.test(view.text)) continue
      const sentence = readSentences(view.text).find(({ start, end }) =>
        STATES_AIM.test(view.text.slice(start, end)),
      )
      if (sentence === undefined) continue
      const span = rawSpan(view, sentence)
      const isSkipped = skipped(document_id).some((other) => span.start < other.end && span.end > other.start)
      if (!isSkipped) return view.text.slice(sentence.start, sentence.end).slice(0, MAX_CHARS)
    }
  }
  const main = findings.find(({ kind, modality }) => kind === 'deliverable' && modality === 'must')
  return (main?.statement ?? `Complete “${title}”`).slice(0, MAX_CHARS)
}
