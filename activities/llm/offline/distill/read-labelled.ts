import { readSentences } from '../text/language.ts'
import type { Block } from '../text/parse-blocks.ts'
import { rawSpan } from '../text/view.ts'
import { classifyKind } from './classify-kind.ts'
import type { Finding } from './finding.ts'
import { readModality } from './read-modality.ts'
import { readQuantities } from './read-quantities.ts'
import { sectionRole } from './section-role.ts'
import { weighClause } from './weigh-clause.ts'

const LABEL = /^\p{Lu}{1,3}\d{1,3}$/u

/** Whether a block is a demand its author has named, such as `R7`. */
export function isLabelled({ kind, marker }: Block): boolean {
  return kind === 'item' && LABEL.test(marker)
}

/** A demand its author has named stays in one piece, under its name and its section; none when nothing in it binds. */
export function readLabelled(document_id: string, block: Block, section: Block | null): readonly Finding[] {
  const { text } = block.view
  const end = text.replace(/[\s.;]+$/u, '').length
  const body = text.slice(block.marker.length, end).replace(/^[.:)\s]+/u, '')
  const strengths = readSentences(body).map((sentence) =>
    readModality(body.slice(sentence.start, sentence.end)),
  )
  const demands = section !== null && sectionRole([...section.path, section.view.text]) === 'demands'
  const modality = strengths.find((strength) => strength !== null) ?? (demands ? 'must' : null)
  if (modality === null) return []
  const quantities = readQuantities(body)
  const mixed = modality === 'must_not' && strengths.includes('must')
  return [
    {
      document_id,
      spans: [rawSpan(block.view, { start: 0, end }), ...(section === null ? [] : [section])],
      kind: classifyKind(body, quantities, section === null ? [] : [section.view.text], 'program'),
      modality: mixed ? 'must' : modality,
      statement: `${block.marker}: ${body}`,
      weight: weighClause(body),
      quantities,
      group: null,
      criterion_id: null,
    },
  ]
}
