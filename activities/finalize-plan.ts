import { PlanEvidence } from '../contract/evidence.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { listDocuments } from '../db/read/documents.ts'
import { finishRun } from '../db/write/run-ends.ts'
import type { ActivityDeps } from './deps.ts'
import { runStage } from './run-stage.ts'
import type { StageInput, StageOutcome, StageWork } from './try-stage.ts'
import { Verification } from './verify-against-source.ts'

/** Stores the verified plan with its evidence and ends the run well. */
export async function finalizePlan(deps: ActivityDeps, input: StageInput): Promise<StageOutcome> {
  const work = async ({ step }: StageWork) => {
    const { plan, evidence, findings } = await readArtefact(deps.db.read, step, 'verification', Verification)
    const documents = await listDocuments(deps.db.read, step)
    const sources = documents.map(({ document_id, kind, name, sha256 }) => ({
      document_id,
      kind,
      name,
      sha256,
    }))
    return {
      artefacts: [
        { kind: 'plan', body: plan },
        { kind: 'evidence', body: PlanEvidence.parse({ items: evidence, documents: sources, findings }) },
      ],
    }
  }
  return runStage(deps, 'finalize_plan', input, work, finishRun)
}
