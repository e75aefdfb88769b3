import { z } from 'zod'

import { CanvasId, Count, IsoTime, JobId, Progress, Uuid } from './primitives.ts'
import { RUN_ERROR_CODES } from './run-errors.ts'
import { FEEDBACK_STAGES, PLAN_STAGES } from './stages.ts'

export const PlanStageName = z.enum(PLAN_STAGES)
export const StageName = z.enum([...PLAN_STAGES, ...FEEDBACK_STAGES])
export const RunErrorCodeName = z.enum(RUN_ERROR_CODES)

export const LastError = z
  .strictObject({
    code: RunErrorCodeName,
    message: z.string(),
    stage: StageName.nullable(),
    retryable: z.boolean(),
  })
  .meta({ id: 'LastError' })

const fields = {
  workspace_id: Uuid,
  course_id: CanvasId,
  assignment_id: CanvasId,
  status: z.enum(['idle', 'running', 'ready', 'failed']),
  stage: PlanStageName.nullable(),
  progress: Progress,
  message: z.string(),
  paused: z.boolean(),
  generation: Count,
  reprocess: z.boolean(),
  job_id: JobId,
  discovery_id: Uuid.nullable(),
  masterplan_id: Uuid.nullable(),
  masterplan_status: z.string().nullable(),
  plan_ready: z.boolean(),
  last_error: LastError.nullable(),
  last_event_id: Count,
  created_at: IsoTime,
  updated_at: IsoTime,
}

/** The state of one assignment workspace at one moment. */
export const Snapshot = z.strictObject(fields).meta({ id: 'Snapshot' })

/** A snapshot together with where to look next, answered when work has begun. */
export const StartedSnapshot = z
  .strictObject({ ...fields, status_url: z.string(), events_url: z.string(), plan_url: z.string() })
  .meta({ id: 'StartedSnapshot' })

export type Snapshot = z.infer<typeof Snapshot>
export type LastError = z.infer<typeof LastError>
