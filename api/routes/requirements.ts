import { describePolicy, policyAllows } from '../../contract/ai-policy.ts'
import type { Checklist } from '../../contract/checklist.ts'
import { ApiProblem } from '../../contract/problem.ts'
import { Distilled } from '../../contract/requirements.ts'
import { findArtefact } from '../../db/read/artefacts.ts'
import { listDocumentNames } from '../../db/read/documents.ts'
import type { Handler } from '../route.ts'
import type { AssignmentDeps } from './assignment-deps.ts'
import { requireWorkspace } from './workspace-answers.ts'

type Names = Checklist['documents']

/** What was distilled, as a checklist for the student. */
function toChecklist(generation: number, distilled: Distilled, documents: Names): Checklist {
  const { ai_policy, ...asked } = distilled
  const [deciding] = ai_policy.evidence
  return {
    generation,
    ...asked,
    ai_policy: {
      level: ai_policy.level,
      label: describePolicy(ai_policy.level).label,
      quote: deciding?.quote ?? null,
      document_id: deciding?.document_id ?? null,
      allows: policyAllows(ai_policy),
    },
    documents,
  }
}

/** Answers what is asked of the student; PLAN_NOT_READY until it is worked out. */
export function createGetRequirements({ db }: AssignmentDeps): Handler<'getRequirements'> {
  return async ({ params, user }) => {
    const view = await requireWorkspace(db, user, params)
    const artefact = await findArtefact(db.read, view, 'requirements')
    if (artefact === undefined) {
      const next =
        view.status === 'failed'
          ? 'The run has failed before: see last_error of the assignment, then retry the stage or reprocess.'
          : 'Follow the events of the assignment or ask again in a moment.'
      throw new ApiProblem('PLAN_NOT_READY', `What is asked is not worked out yet. ${next}`, {
        extras: { current_state: view.status },
      })
    }
    const documents = await listDocumentNames(db.read, view)
    return {
      status: 200,
      body: toChecklist(view.generation, Distilled.parse(artefact.body), documents),
      etag: `${view.generation}-${artefact.sha256}`,
    }
  }
}
