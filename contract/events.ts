import { z } from 'zod'

import { FeedbackTarget } from './feedback.ts'
import { HandoffStateName, RoleName } from './handoffs.ts'
import { MarkState } from './marks.ts'
import { PlanStatus, TaskStatus } from './masterplans.ts'
import { Count, IsoTime, JobId, Progress, Slug, Uuid } from './primitives.ts'
import { RunErrorCodeName, StageName } from './snapshot.ts'

const Attempt = z
  .int()
  .min(1)
  .meta({ override: { type: 'integer', minimum: 1 } })
const Actor = z.strictObject({ type: z.enum(['user', 'operator', 'role', 'system']), id: z.string() })

const move = z.strictObject({
  workflow_id: Uuid,
  from_state: HandoffStateName.nullable(),
  to_state: HandoffStateName,
  from_role: RoleName.nullable(),
  to_role: RoleName.nullable(),
  attempt: Attempt,
  actor: Actor,
  reason: z.string().nullable(),
})

const folder = { masterplan_id: Uuid, workspace_id: Uuid, workspace_path: z.string() }

/** The payload of each event type: the keys of contract §3, §4 and §5, no others. */
export const EVENT_PAYLOADS = {
  stage_started: z.strictObject({ attempt: Attempt }),
  stage_progress: z.strictObject({ done: Count, total: Count, unit: z.string() }),
  stage_completed: z.strictObject({ attempt: Attempt, duration_ms: Count }),
  preview: z.strictObject({}),
  job_status: z.strictObject({
    job_id: JobId,
    paused: z.boolean(),
    attempt: Attempt,
    actor: Actor,
    reason: z.string().nullable(),
  }),
  plan_ready: z.strictObject({ masterplan_id: Uuid.nullable() }),
  feedback_ready: z.strictObject({ target: FeedbackTarget }),
  failed: z.strictObject({ code: RunErrorCodeName, retryable: z.boolean() }),
  superseded: z.strictObject({ generation: Count, new_generation: Count }),
  masterplan_status: z.strictObject({
    masterplan_id: Uuid,
    status: PlanStatus,
    previous_status: PlanStatus.nullable(),
    reason: z.string().nullable(),
    actor: Actor,
  }),
  masterplan_execution_start: z.strictObject({ ...folder, total_tasks: Count }),
  task_execution_progress: z.strictObject({
    masterplan_id: Uuid,
    task_id: Uuid,
    task_number: Attempt,
    phase_id: Uuid,
    milestone_id: Uuid,
    status: TaskStatus,
    description: z.string(),
    current_task: Uuid.nullable(),
    total_tasks: Count,
  }),
  task_execution_complete: z.strictObject({
    masterplan_id: Uuid,
    task_id: Uuid,
    status: TaskStatus,
    output_files: z.array(z.string()),
    completed_tasks: Count,
    total_tasks: Count,
  }),
  masterplan_execution_complete: z.strictObject({
    ...folder,
    status: PlanStatus,
    completed_tasks: Count,
    failed_tasks: Count,
    skipped_tasks: Count,
    blocked_tasks: Count,
    total_tasks: Count,
  }),
  mark_changed: z.strictObject({
    milestone_id: Slug,
    task_id: Slug.nullable(),
    state: MarkState,
    previous_state: MarkState,
    done_tasks: Count,
    total_tasks: Count,
  }),
  workflow_started: move,
  state_advanced: move,
  retry_requested: move,
  rolled_back: move,
  workflow_failed: move,
  recovered: move,
  workflow_completed: move,
} as const

export type EventType = keyof typeof EVENT_PAYLOADS
export type EventPayload<T extends EventType> = z.infer<(typeof EVENT_PAYLOADS)[T]>

export const EVENT_TYPES = Object.keys(EVENT_PAYLOADS) as [EventType, ...EventType[]]

/** Events that end the work of a job: no stage of it follows. */
export const TERMINAL_EVENTS: ReadonlySet<EventType> = new Set<EventType>([
  'plan_ready',
  'feedback_ready',
  'failed',
  'superseded',
  'masterplan_execution_complete',
  'workflow_completed',
  'workflow_failed',
])

export const MilestonePreview = z.strictObject({
  id: z.string(),
  title: z.string(),
  order: Count,
  tasks: Count,
})

const envelope = {
  seq: Count,
  stream: z.enum(['assignment', 'masterplan', 'workflow']),
  workspace_id: Uuid.nullable(),
  job_id: JobId,
  generation: Count,
  stage: StageName.nullable(),
  status: z.enum(['pending', 'running', 'completed', 'failed', 'canceled']),
  progress: Progress,
  message: z.string(),
  timestamp: IsoTime,
  draft_summary: z.string().optional(),
  milestone_preview: MilestonePreview.optional(),
  feedback_preview: z.string().optional(),
}

function eventSchema<T extends EventType>(type: T) {
  return z.strictObject({ event_type: z.literal(type), ...envelope, payload: EVENT_PAYLOADS[type] })
}

/** One stored event as clients read it. */
export const StreamEvent = z
  .discriminatedUnion('event_type', [
    eventSchema('stage_started'),
    eventSchema('stage_progress'),
    eventSchema('stage_completed'),
    eventSchema('preview'),
    eventSchema('job_status'),
    eventSchema('plan_ready'),
    eventSchema('feedback_ready'),
    eventSchema('failed'),
    eventSchema('superseded'),
    eventSchema('mark_changed'),
    eventSchema('masterplan_status'),
    eventSchema('masterplan_execution_start'),
    eventSchema('task_execution_progress'),
    eventSchema('task_execution_complete'),
    eventSchema('masterplan_execution_complete'),
    eventSchema('workflow_started'),
    eventSchema('state_advanced'),
    eventSchema('retry_requested'),
    eventSchema('rolled_back'),
    eventSchema('workflow_failed'),
    eventSchema('recovered'),
    eventSchema('workflow_completed'),
  ])
  .meta({ id: 'StreamEvent' })

/** Messages that are neither stored nor numbered. */
export const ControlMessage = z
  .strictObject({ reason: z.string(), at: IsoTime })
  .meta({ id: 'ControlMessage', description: 'heartbeat, reconnect or end' })

export type StreamEvent = z.infer<typeof StreamEvent>
export type MilestonePreview = z.infer<typeof MilestonePreview>
