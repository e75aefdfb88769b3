import { type Span, rawSpan } from '../text/view.ts'
import type { Finding } from './finding.ts'
import { toFinding } from './finding-of.ts'
import type { OpenLead, Place } from './place.ts'
import { startsWithCommand } from './read-command.ts'
import type { InlineOptions } from './read-choices.ts'

/** The options a sentence offers, each as a finding of one group; `offset` is where the clause begins in the sentence. */
export function readOptions(
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
    const saysVerb = text.split(/\s/u)[0]?.toLowerCase() === verb
    const lead = saysVerb || startsWithCommand(text) ? null : verb
    const found = toFinding({ ...place, under }, own, {
      modality: 'must',
      verb: lead,
      antecedent: null,
      isOption: true,
    })
    const option = text.replace(/^.*?\beither\s/isu, '')
    const statement = head === '' ? found.statement.replace(/\beither\s/iu, '') : `${head} ${option}`
    return { ...found, statement: statement.charAt(0).toUpperCase() + statement.slice(1) }
  })
}
