import type { PlanStage } from '../contract/stages.ts'
import { findArtefact } from '../db/read/artefacts.ts'
import { parkRun } from '../db/write/run-ends.ts'
import { beginStage, completeStage } from '../db/write/stages.ts'
import type { ActivityDeps } from './deps.ts'
import type { StageRecords } from './stage-records.ts'
import { tryStage, type StageInput, type StageOutcome, type Work } from './try-stage.ts'

/** The artefact that says a stage is done: it is stored once per generation, so a retry never works twice. */
const ARTEFACT_OF: { readonly [S in PlanStage]: string } = {
  fetch_canvas_context: 'canvas_context',
  fetch_and_parse_attachments: 'documents',
  distill_assignment_requirements: 'requirements',
  draft_plan: 'draft',
  verify_against_source: 'verification',
  finalize_plan: 'plan',
}

const PLAN_RECORDS: StageRecords<PlanStage> = {
  isDone: async (db, step) => (await findArtefact(db, step, ARTEFACT_OF[step.stage])) !== undefined,
  begin: beginStage,
  complete: completeStage,
  park: parkRun,
}

/** Runs one try of a stage of a plan; `complete` stores its result. Throws as tryStage does. */
export async function runStage(
  deps: ActivityDeps,
  stage: PlanStage,
  input: StageInput,
  work: Work<PlanStage>,
  complete: StageRecords<PlanStage>['complete'] = completeStage,
): Promise<StageOutcome> {
  return tryStage(deps, { ...PLAN_RECORDS, complete }, stage, input, work)
}
