import type { CanvasContext } from '../../../contract/canvas-context.ts'
import { readNumbers, sameUse } from '../../verify/read-numbers.ts'
import type { Finding } from '../offline/distill/finding.ts'
import { weighClause } from '../offline/distill/weigh-clause.ts'
import { readQuantities } from '../offline/distill/read-quantities.ts'
import type { Span } from '../offline/text/view.ts'
import type { DistillAnswer } from '../prompts/distill/1.0.0.ts'
import type { IsTainted } from './find-tainted.ts'
import { overlaps, type Located, type Quoted } from './locate-quoted.ts'
import { mayStandFor } from './rests-on.ts'

type Found = DistillAnswer['requirements'][number]

const LONGEST_STATEMENT = 1_000
// A brief of 18 kB holds about 200 demands; comparing all pairs has to stay cheap whatever a model sends.
const MOST_REQUIREMENTS = 500

/** Counts are read from the document, and only those the statement says: the model gives none. */
function quantitiesOf(statement: string, words: string): Finding['quantities'] {
  const said = readNumbers(statement)
  return readQuantities(words).filter(({ text }) =>
    readNumbers(text).every((number) => said.some((other) => sameUse(number, other))),
  )
}

function toFinding(
  { statement, kind, modality, alternative_group }: Found,
  at: Located,
  isTainted: IsTainted,
): Finding {
  const words = at.words.replaceAll(/\s+/g, ' ').trim()
  const said =
    mayStandFor(statement, words) && !isTainted(statement)
      ? statement.trim()
      : words.slice(0, LONGEST_STATEMENT)
  const group = alternative_group?.trim() ?? ''
  return {
    document_id: at.document.document_id,
    spans: [at.span],
    kind,
    modality,
    statement: said,
    weight: weighClause(words),
    quantities: quantitiesOf(said, words),
    group: group === '' ? null : `model/${group}`,
    criterion_id: null,
  }
}

/** Of a syllabus only conduct binds, and the points of a rubric come from Canvas. */
function belongs({ kind, quantities }: Finding, { document }: Located, { rubric }: CanvasContext): boolean {
  if (document.kind === 'syllabus') return kind === 'policy'
  const hasRubric = (rubric?.criteria.length ?? 0) > 0
  return !hasRubric || kind !== 'grading' || quantities.every(({ unit }) => unit !== 'points')
}

/**
 * A model's requirements as findings: each on the place its quote was found at, with the document's words and counts.
 * What is quoted from nowhere, or from text addressed to a machine, is dropped.
 */
export function readFindings(
  requirements: readonly Found[],
  context: CanvasContext,
  locate: (quoted: Quoted) => Located | null,
  suspicious: (document_id: string) => readonly Span[],
  isTainted: IsTainted,
): readonly Finding[] {
  return requirements.slice(0, MOST_REQUIREMENTS).flatMap((requirement) => {
    const at = locate(requirement)
    if (at === null) return []
    if (suspicious(at.document.document_id).some((span) => overlaps(span, at.span))) return []
    const finding = toFinding(requirement, at, isTainted)
    return belongs(finding, at, context) ? [finding] : []
  })
}
