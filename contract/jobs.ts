import { z } from 'zod'

import { DEEPEST } from './jobs/depth.ts'
import { MACHINES } from './machines.ts'
import { Count, IsoTime, JobId, Progress, WorkerId } from './primitives.ts'
import { RequestId } from './request-id.ts'
import { RunErrorCodeName } from './snapshot.ts'

export const JOB_KINDS = [
  'assignment',
  'plan',
  'milestone_feedback',
  'assignment_feedback',
  'masterplan',
  'milestone',
  'task',
  'workflow',
  'phase',
  'submitted',
] as const

export type JobKind = (typeof JOB_KINDS)[number]

const DESCRIPTION_CHARACTERS = 4_096
const MOST_WORKERS = 1_000
const METADATA_CHARACTERS = 8_192
const REASON_CHARACTERS = 500

/** Why somebody steers a run. */
export const Reason = z.string().trim().min(1).max(REASON_CHARACTERS)

/** A depth of the tree of jobs. */
export const Depth = z
  .int()
  .min(0)
  .max(DEEPEST)
  .meta({ override: { type: 'integer', minimum: 0, maximum: DEEPEST } })

export const JobStatus = z.enum(MACHINES.job.states)
export const JobKindName = z.enum(JOB_KINDS)
export const WorkerCount = z
  .int()
  .min(1)
  .max(MOST_WORKERS)
  .meta({ override: { type: 'integer', minimum: 1, maximum: MOST_WORKERS } })

const Metadata = z
  .looseObject({
    max_depth: Depth.optional().meta({ description: 'How deep the job may be split; 5 when unset' }),
  })
  .refine((metadata) => JSON.stringify(metadata).length <= METADATA_CHARACTERS, {
    message: `must not be longer than ${METADATA_CHARACTERS} characters as JSON`,
  })

export type JobMetadata = z.infer<typeof Metadata>

export const SubmitJobBody = z
  .strictObject({
    task_description: z
      .string()
      .min(1)
      .max(DESCRIPTION_CHARACTERS)
      .refine((text) => text.replaceAll('\0', '').trim() !== '', 'must say something')
      .meta({ description: 'Each top-level bullet becomes a job of its own' }),
    worker_count: WorkerCount.default(1),
    depth: Depth.optional().meta({ description: 'One more than the parent’s, 0 without one' }),
    parent_job_id: JobId.optional(),
    metadata: Metadata.optional(),
    request_id: RequestId,
  })
  .meta({ id: 'SubmitJobBody' })

export const JobReasonBody = z
  .strictObject({ reason: Reason.optional(), request_id: RequestId })
  .meta({ id: 'JobReasonBody' })

const fields = {
  id: JobId,
  workspace_id: z.string().meta({ description: 'The tenant it belongs to' }),
  kind: JobKindName,
  depth: Depth,
  status: JobStatus,
  parent_job_id: JobId.nullable(),
  worker_count: WorkerCount,
  task_description: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).meta({
    description: 'As it was submitted; of any other job of an assignment, its course_id and assignment_id',
  }),
  worker_id: WorkerId.nullable().meta({ description: 'Its newest worker' }),
  generation: Count,
  attempt: Count,
  retry_of: JobId.nullable(),
  stage: z.string().nullable(),
  progress: Progress,
  superseded: z.boolean(),
  created_at: IsoTime,
  updated_at: IsoTime,
  started_at: IsoTime.nullable(),
  completed_at: IsoTime.nullable(),
}

/** One job of the tree, whatever it works at. */
export const Job = z.strictObject(fields).meta({ id: 'Job' })

export const StateChange = z
  .strictObject({
    from_state: z.string().nullable(),
    to_state: z.string(),
    reason: z.string().nullable(),
    actor: z.strictObject({ type: z.enum(['user', 'operator', 'role', 'system']), id: z.string() }),
    timestamp: IsoTime,
  })
  .meta({ id: 'StateChange' })

/** A job with how it came to be where it is, what stands below it and what came of it. */
export const JobDetail = z
  .strictObject({
    ...fields,
    state_history: z.array(StateChange).meta({ description: 'Newest first, at most 50' }),
    child_jobs: z.array(Job).meta({ description: 'In the order of what they were split from' }),
    result: z.record(z.string(), z.unknown()).nullable(),
    error: z.strictObject({ code: RunErrorCodeName, message: z.string() }).nullable(),
  })
  .meta({ id: 'JobDetail' })

export const JobList = z
  .strictObject({ jobs: z.array(Job), total: Count, limit: Count, offset: Count })
  .meta({ id: 'JobList' })

export type Job = z.infer<typeof Job>
export type JobDetail = z.infer<typeof JobDetail>
export type StateChange = z.infer<typeof StateChange>
