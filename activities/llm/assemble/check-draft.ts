import type { Finding } from '../../verify/finding.ts'
import { verifyPlan } from '../../verify/verify-plan.ts'
import type { ModelSteps, SourceDocument } from '../port.ts'

type Input = ModelSteps['draft']['input']

// What a model can mend by writing otherwise; the rest of a plan is written by code.
const MENDABLE = new Set<Finding['code']>([
  'NUMBER_NOT_IN_SOURCE',
  'FILE_TYPE_NOT_IN_SOURCE',
  'DATE_NOT_IN_SOURCE',
  'QUOTATION_NOT_IN_SOURCE',
  'DEPENDENCY_UNKNOWN',
  'DEPENDENCY_BACKWARDS',
  'DEPENDENCY_CIRCLE',
  'SUBMISSION_PROSE',
])
const WRITTEN =
  /^\/(?:milestones|risks|assignment_summary\/success_definition|submission_strategy\/common_failure_modes)/

/** The documents as far as they were quoted: all a draft may draw on. */
function quotedDocuments({ distilled }: Input): readonly SourceDocument[] {
  const evidence = [
    ...distilled.requirements.flatMap((requirement) => requirement.evidence),
    ...distilled.dates.map((date) => date.evidence),
    ...distilled.ai_policy.evidence,
  ]
  return [...Map.groupBy(evidence, ({ document_id }) => document_id)].map(([document_id, items]) => ({
    document_id,
    kind: 'description',
    name: document_id,
    text: [...items.map(({ quote }) => quote), distilled.objective, ...distilled.open_questions].join('\n'),
    pages: [],
  }))
}

/** What the check of the next stage would find wrong with what the model wrote, one sentence each. */
export function checkDraft(draft: ModelSteps['draft']['output'], input: Input): readonly string[] {
  const { context } = input
  // The quotes are put together anew, without what was addressed to a machine: its places mean nothing in them.
  const distilled = { ...input.distilled, suspicious: [] }
  const { findings } = verifyPlan({ ...draft, distilled, documents: quotedDocuments(input), context })
  return findings
    .filter(
      ({ severity, code, pointer }) => severity === 'error' && MENDABLE.has(code) && WRITTEN.test(pointer),
    )
    .map(({ pointer, message }) => `${pointer}: ${message}`)
}
