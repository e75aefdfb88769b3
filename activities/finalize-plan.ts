import { PlanEvidence } from '../contract/evidence.ts'
import { deriveMasterplan } from '../contract/masterplan/derive-masterplan.ts'
import type { Plan } from '../contract/plan.ts'
import { Distilled } from '../contract/requirements.ts'
import { RunFailure } from '../contract/run-errors.ts'
import { readArtefact } from '../db/read/artefacts.ts'
import { listDocuments } from '../db/read/documents.ts'
import { findNewestMasterplan } from '../db/read/masterplan-lists.ts'
import { finishRun } from '../db/write/run-ends.ts'
import type { ActivityDeps } from './deps.ts'
import { runStage } from './run-stage.ts'
import type { StageInput, StageOutcome, StageWork } from './try-stage.ts'
import { Verification } from './verify-against-source.ts'

/** What Temporal keeps of a finished plan: what is reviewed next. */
export interface FinalizeOutcome extends StageOutcome {
  readonly masterplan_id: string | null
}

/** The masterplan of a verified plan; what checking let through must hang together. */
function derive(plan: Plan, genre: Distilled['genre']) {
  const derivation = deriveMasterplan(plan, genre)
  if (derivation.kind === 'derived') return derivation.masterplan
  throw new RunFailure(
    'MODEL_OUTPUT_INVALID',
    `No masterplan can be made of this plan: ${derivation.faults.join(' ')} Reprocess the assignment.`,
  )
}

/** Stores the verified plan with its evidence and the draft of its masterplan, and ends the run well. */
export async function finalizePlan(deps: ActivityDeps, input: StageInput): Promise<FinalizeOutcome> {
  const work = async ({ step }: StageWork) => {
    const { plan, evidence, findings } = await readArtefact(deps.db.read, step, 'verification', Verification)
    const { genre } = await readArtefact(deps.db.read, step, 'requirements', Distilled)
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
      masterplan: { derived: derive(plan, genre), genre, session_id: null },
    }
  }
  const outcome = await runStage(deps, 'finalize_plan', input, work, finishRun)
  const masterplan = await findNewestMasterplan(deps.db.read, input)
  return { ...outcome, masterplan_id: masterplan?.masterplan_id ?? null }
}
