import { PlanEvidence } from '../contract/evidence.ts'
import { FeedbackTarget } from '../contract/feedback.ts'
import { Plan } from '../contract/plan.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { readSubmission } from '../db/read/submissions.ts'
import type { RunRef } from '../db/write/fence.ts'
import type { ActivityDeps } from './deps.ts'
import { readSourceDocuments } from './distill-requirements.ts'
import { readQuietContext } from './fetch-attachments.ts'

/** Everything a piece of work is held against, and the work itself. */
export async function readFeedbackInput(deps: ActivityDeps, run: RunRef) {
  const { read } = deps.db
  const context = await readQuietContext(read, run)
  const distilled = await readArtefact(read, run, 'requirements', Distilled)
  const plan = await readArtefact(read, run, 'plan', Plan)
  const { items: plan_evidence } = await readArtefact(read, run, 'evidence', PlanEvidence)
  const documents = await readSourceDocuments(deps, run)
  const sent = await readSubmission(read, run.job_id)
  const target = FeedbackTarget.parse({ type: sent.target_type, id: sent.target_id })
  const milestone = target.type === 'assignment' ? null : plan.milestones.find(({ id }) => id === target.id)
  if (milestone === undefined)
    throw new RunFailure('SUPERSEDED', 'The plan has changed since. Ask for feedback on it as it is now.')
  const { submission_id: document_id, name, text, pages, file_kind, file_bytes } = sent
  const file = file_bytes === null || file_kind === null ? null : { kind: file_kind, bytes: file_bytes, name }
  const submission = { document_id, name, text: text ?? '', pages, file }
  return { target, milestone, plan, plan_evidence, distilled, context, submission, documents }
}
