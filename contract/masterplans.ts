import { z } from 'zod'

import { MACHINES } from './machines.ts'
import { CanvasId, Count, IsoTime, Sha256, Slug, Uuid } from './primitives.ts'
import { LastError } from './snapshot.ts'

const Number1 = z
  .int()
  .min(1)
  .meta({ override: { type: 'integer', minimum: 1 } })
const Percent = z.number().min(0).max(100)

export const PlanStatus = z.enum(MACHINES.plan.states)
export const TaskStatus = z.enum(MACHINES.task.states)

const taskCounts = {
  total_tasks: Count,
  completed_tasks: Count,
  failed_tasks: Count,
  skipped_tasks: Count,
  blocked_tasks: Count,
}

const Subtask = z.strictObject({
  number: Number1,
  name: z.string(),
  description: z.string(),
  status: TaskStatus,
  completed: z.boolean(),
})

export const MasterplanTask = z
  .strictObject({
    task_id: Uuid,
    slug: Slug,
    task_number: Number1.meta({ description: 'Counts through all phases' }),
    name: z.string(),
    description: z.string(),
    status: TaskStatus,
    complexity: z.enum(['low', 'medium', 'high', 'critical']),
    task_type: z.enum(['read_sources', 'settle_risk', 'work', 'final_check']),
    depends_on_tasks: z.array(Uuid),
    blocks_tasks: z.array(Uuid),
    target_files: z.array(z.string()),
    modified_files: z.array(z.string()),
    validation_passed: z.boolean().nullable(),
    validation_errors: z.array(z.string()),
    retry_count: Count.meta({ description: 'Automatic retries since it was last begun by a wish' }),
    max_retries: Count,
    manual_retries: Count,
    can_retry: z.boolean(),
    blocked_by: z.array(Uuid).meta({ description: 'The failed tasks it waits for, directly or not' }),
    last_error: LastError.nullable(),
    cost_usd: z.number().nullable(),
    tokens: Count,
    workflow_id: Uuid.nullable(),
    started_at: IsoTime.nullable(),
    completed_at: IsoTime.nullable(),
    failed_at: IsoTime.nullable(),
    subtasks: z.array(Subtask),
  })
  .meta({ id: 'MasterplanTask' })

export const MasterplanMilestone = z
  .strictObject({
    milestone_id: Uuid,
    slug: Slug,
    milestone_number: Number1,
    name: z.string(),
    description: z.string(),
    depends_on_milestones: z.array(Uuid),
    ...taskCounts,
    progress_percent: Percent,
    tasks: z.array(MasterplanTask),
  })
  .meta({ id: 'MasterplanMilestone' })

export const MasterplanPhase = z
  .strictObject({
    phase_id: Uuid,
    phase_type: z.enum(['setup', 'core', 'polish']),
    phase_number: Number1,
    name: z.string(),
    description: z.string(),
    total_milestones: Count,
    ...taskCounts,
    progress_percent: Percent,
    milestones: z.array(MasterplanMilestone),
  })
  .meta({ id: 'MasterplanPhase' })

const summary = {
  masterplan_id: Uuid,
  project_name: z.string(),
  description: z.string(),
  status: PlanStatus,
  total_phases: Count,
  total_milestones: Count,
  total_subtasks: Count,
  ...taskCounts,
  progress_percent: Percent,
  version: Number1,
  created_at: IsoTime,
  updated_at: IsoTime,
  started_at: IsoTime.nullable(),
  completed_at: IsoTime.nullable(),
}

/** A masterplan as lists show it. */
export const MasterplanSummary = z.strictObject(summary).meta({ id: 'MasterplanSummary' })

/** A masterplan with everything in it: phases > milestones > tasks, by number. */
export const Masterplan = z
  .strictObject({
    ...summary,
    discovery_id: Uuid,
    session_id: z.string().nullable(),
    user_id: Uuid,
    assignment: z.strictObject({ course_id: CanvasId, assignment_id: CanvasId }),
    generation: Number1,
    tech_stack: z.array(z.string()).nullable(),
    architecture_style: z.string().nullable(),
    estimated_cost_usd: z.number().nullable(),
    actual_cost_usd: z.number().nullable(),
    estimated_duration_minutes: Count.nullable(),
    actual_duration_minutes: z.number().nullable(),
    llm_model: z.string().nullable(),
    generation_cost_usd: z.number().nullable(),
    generation_tokens: Count,
    workspace_path: z.string().max(500).nullable(),
    rejection_reason: z.string().nullable(),
    approved_by: Uuid.nullable(),
    last_error: LastError.nullable(),
    phases: z.array(MasterplanPhase),
  })
  .meta({ id: 'Masterplan' })

export const MasterplanList = z
  .strictObject({ masterplans: z.array(MasterplanSummary), total: Count, limit: Count, offset: Count })
  .meta({ id: 'MasterplanList' })

/** Where a masterplan stands and what can be done with it. */
export const MasterplanState = z
  .strictObject({
    masterplan_id: Uuid,
    status: PlanStatus,
    progress_percent: Percent,
    ...taskCounts,
    current_task_id: Uuid.nullable(),
    recovery_options: z.array(
      z.enum(['approve', 'reject', 'execute', 'resume', 'cancel', 'retry', 'view_details', 'export']),
    ),
    can_execute: z.boolean(),
    can_retry: z.boolean(),
    can_pause: z.boolean(),
    can_resume: z.boolean(),
    can_cancel: z.boolean(),
    last_error: LastError.nullable(),
    updated_at: IsoTime,
  })
  .meta({ id: 'MasterplanState' })

export const MasterplanFile = z.strictObject({
  path: z.string(),
  task_id: Uuid,
  sha256: Sha256,
  bytes: Count,
  content_type: z.string(),
  written_at: IsoTime,
})

export const MasterplanFiles = z
  .strictObject({
    masterplan_id: Uuid,
    workspace_path: z.string().nullable(),
    files: z.array(MasterplanFile),
    total: Count,
  })
  .meta({ id: 'MasterplanFiles' })

export type Masterplan = z.infer<typeof Masterplan>
export type MasterplanSummary = z.infer<typeof MasterplanSummary>
export type MasterplanState = z.infer<typeof MasterplanState>
export type MasterplanPhase = z.infer<typeof MasterplanPhase>
export type MasterplanMilestone = z.infer<typeof MasterplanMilestone>
export type MasterplanTask = z.infer<typeof MasterplanTask>
export type MasterplanFiles = z.infer<typeof MasterplanFiles>
