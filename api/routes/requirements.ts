import { describePolicy, policyAllows } from '../../contract/ai-policy.ts'
import type { Checklist } from '../../contract/checklist.ts'
import { Distilled } from '../../contract/requirements.ts'
import { listDocumentNames } from '../../db/read/documents.ts'
import type { Handler } from '../route.ts'
import type { AssignmentDeps } from './assignment-deps.ts'
import { requireArtefact, requireWorkspace } from './workspace-answers.ts'

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
    const { body, sha256 } = await requireArtefact(db, view, 'requirements')
    const documents = await listDocumentNames(db.read, view)
    return {
      status: 200,
      body: toChecklist(view.generation, Distilled.parse(body), documents),
      etag: `${view.generation}-${sha256}`,
    }
  }
}
