// Stages of a run with their share of its progress: plain data, loaded by workflows, activities and API alike.

export interface StageRange {
  readonly from: number
  readonly to: number
  /** What a person reads while the stage runs. */
  readonly doing: string
}

export const PLAN_STAGES = [
  'fetch_canvas_context',
  'fetch_and_parse_attachments',
  'distill_assignment_requirements',
  'draft_plan',
  'verify_against_source',
  'finalize_plan',
] as const

export const FEEDBACK_STAGES = [
  'ingest_submission',
  'analyze_against_plan_and_rubric',
  'generate_feedback',
  'finalize_feedback',
] as const

export type PlanStage = (typeof PLAN_STAGES)[number]
export type FeedbackStage = (typeof FEEDBACK_STAGES)[number]
export type Stage = PlanStage | FeedbackStage

export const STAGE_RANGES: { readonly [S in Stage]: StageRange } = {
  fetch_canvas_context: {
    from: 0,
    to: 10,
    doing: 'Reading the assignment, its course and rubric from Canvas',
  },
  fetch_and_parse_attachments: { from: 10, to: 25, doing: 'Reading the attached documents' },
  distill_assignment_requirements: { from: 25, to: 45, doing: 'Working out what is asked' },
  draft_plan: { from: 45, to: 75, doing: 'Drafting the plan' },
  verify_against_source: { from: 75, to: 92, doing: 'Checking the plan against the source' },
  finalize_plan: { from: 92, to: 100, doing: 'Finishing the plan' },
  ingest_submission: { from: 0, to: 10, doing: 'Reading what was handed in' },
  analyze_against_plan_and_rubric: { from: 10, to: 55, doing: 'Holding it against plan and rubric' },
  generate_feedback: { from: 55, to: 95, doing: 'Wording the feedback' },
  finalize_feedback: { from: 95, to: 100, doing: 'Finishing the feedback' },
}

/** Overall progress, 0–100 in whole steps, when `done` of `total` units of a stage are finished. */
export function stageProgress(stage: Stage, done: number, total: number): number {
  const { from, to } = STAGE_RANGES[stage]
  const share = total > 0 ? Math.min(Math.max(done / total, 0), 1) : 0
  return Math.floor(from + (to - from) * share)
}
