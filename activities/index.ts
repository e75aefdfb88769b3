import type { PlanStage } from '../contract/stages.ts'
import { closeRun, type CloseRunInput } from '../db/intents/close-run.ts'
import { reopenRun, type ReopenIntent, type ReopenOutcome } from '../db/intents/reopen.ts'
import type { ActivityDeps } from './deps.ts'
import { createFeedbackActivities, type FeedbackActivities } from './feedback-activities.ts'
import { distillRequirements } from './distill-requirements.ts'
import { draftPlan } from './draft-plan.ts'
import { fetchAndParseAttachments } from './fetch-attachments.ts'
import { fetchCanvasContext } from './fetch-canvas-context.ts'
import { finalizePlan, type FinalizeOutcome } from './finalize-plan.ts'
import { createHandoffActivities } from './handoff-activities.ts'
import type { HandoffActivities } from './handoff/messages.ts'
import { createJobActivities } from './job-activities.ts'
import type { JobActivities } from './jobs/messages.ts'
import { createMasterplanActivities } from './masterplan-activities.ts'
import type { MasterplanActivities } from './masterplan/messages.ts'
import { createReconcileActivities, type ReconcileActivities } from './reconcile-activities.ts'
import { createSteeringActivities, type SteeringActivities } from './steering-activities.ts'
import type { StageInput, StageOutcome } from './try-stage.ts'
import { verifyAgainstSource } from './verify-against-source.ts'

/** The activities by the names Temporal knows them under; each stage of a run is one. */
export type PlanActivities = {
  readonly [S in Exclude<PlanStage, 'finalize_plan'>]: (input: StageInput) => Promise<StageOutcome>
} & {
  readonly finalize_plan: (input: StageInput) => Promise<FinalizeOutcome>
  readonly reopen_run: (intent: ReopenIntent) => Promise<ReopenOutcome>
  readonly close_run: (input: CloseRunInput) => Promise<void>
}

/** Makes the activities from everything they reach the world through. */
export function createActivities(
  deps: ActivityDeps,
): PlanActivities &
  FeedbackActivities &
  MasterplanActivities &
  HandoffActivities &
  JobActivities &
  SteeringActivities &
  ReconcileActivities {
  return {
    ...createJobActivities(deps),
    ...createSteeringActivities(deps),
    ...createReconcileActivities(deps),
    ...createMasterplanActivities(deps),
    ...createHandoffActivities(deps),
    ...createFeedbackActivities(deps),
    fetch_canvas_context: (input) => fetchCanvasContext(deps, input),
    fetch_and_parse_attachments: (input) => fetchAndParseAttachments(deps, input),
    distill_assignment_requirements: (input) => distillRequirements(deps, input),
    draft_plan: (input) => draftPlan(deps, input),
    verify_against_source: (input) => verifyAgainstSource(deps, input),
    finalize_plan: (input) => finalizePlan(deps, input),
    reopen_run: (intent) => reopenRun(deps.db.write, intent),
    close_run: (input) => closeRun(deps.db.write, input),
  }
}
