import { z } from 'zod'

import { Depth, JobKindName, Reason, StateChange } from './jobs.ts'
import { MACHINES, type MachineName } from './machines.ts'
import { Count, IsoTime, JobId, WorkerId } from './primitives.ts'
import { RequestId } from './request-id.ts'

export const WorkerStatus = z.enum(MACHINES.worker.states)

const Measured = z
  .number()
  .min(0)
  .meta({ override: { type: 'number', minimum: 0 } })

export const SteerBody = z
  .strictObject({ reason: Reason.optional(), request_id: RequestId })
  .meta({ id: 'SteerBody' })

export const TerminateBody = z
  .strictObject({ reason: Reason, request_id: RequestId })
  .meta({ id: 'TerminateBody' })

const fields = {
  id: WorkerId,
  status: WorkerStatus,
  workspace_id: z.string().meta({ description: 'The tenant it belongs to' }),
  job_id: JobId,
  kind: JobKindName,
  depth: Depth,
  stage: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).meta({ description: 'That of its job' }),
  created_at: IsoTime,
  updated_at: IsoTime,
}

/** The supervised execution of one job. */
export const Worker = z.strictObject(fields).meta({ id: 'Worker' })

/** A worker with how it came to be where it is, and what it uses. */
export const WorkerDetail = z
  .strictObject({
    ...fields,
    state_history: z.array(StateChange).meta({ description: 'Newest first, at most 50' }),
    current_job_id: JobId.nullable().meta({ description: 'Null once it is over' }),
    metrics: z.strictObject({
      cpu_percent: Measured.nullable().meta({
        description:
          'Its share of the process that works at it, with the shares of all jobs below it; null while none does',
      }),
      memory_mb: Measured.nullable().meta({ description: 'Shared and added up in the same way' }),
      task_count: Count.meta({ description: 'Jobs right below its job' }),
      uptime_seconds: Count.meta({ description: 'Since it began its job, up to its end' }),
    }),
  })
  .meta({ id: 'WorkerDetail' })

export const WorkerList = z
  .strictObject({ workers: z.array(Worker), total: Count, limit: Count, offset: Count })
  .meta({ id: 'WorkerList' })

const ByStatus = z.strictObject({
  IDLE: Count,
  RUNNING: Count,
  PAUSED: Count,
  COMPLETED: Count,
  FAILED: Count,
  TERMINATED: Count,
})

const MACHINE_NAMES = Object.keys(MACHINES) as [MachineName, ...MachineName[]]
const MachineWord = z.enum(MACHINE_NAMES)

/** What has happened in a tenant, or in all: counted from the transitions, not from the rows as they stand. */
export const SupervisorMetrics = z
  .strictObject({
    total_workers: Count,
    workers_by_status: ByStatus,
    by_status: ByStatus.meta({ description: 'The same as workers_by_status' }),
    total_cpu_usage_percent: Measured,
    total_memory_usage_mb: Measured,
    jobs: z.strictObject({ submitted: Count, completed: Count, failed: Count, canceled: Count }),
    transitions: z.array(
      z.strictObject({
        machine: MachineWord,
        from: z.string().nullable().meta({ description: 'Null where something was made' }),
        to: z.string(),
        count: Count,
      }),
    ),
    time_in_state: z
      .array(
        z.strictObject({ machine: MachineWord, state: z.string(), count: Count, average_seconds: Measured }),
      )
      .meta({ description: 'Of those that have left the state' }),
    rejected_transitions: Count.meta({ description: 'Wishes that a state did not admit' }),
    idempotency: z.strictObject({
      hits: Count.meta({ description: 'Requests that were answered from an earlier one' }),
      misses: Count,
      hit_rate: z
        .number()
        .min(0)
        .max(1)
        .nullable()
        .meta({ description: 'Null before any request came with an id' }),
    }),
  })
  .meta({ id: 'SupervisorMetrics' })

export type Worker = z.infer<typeof Worker>
export type WorkerDetail = z.infer<typeof WorkerDetail>
export type SupervisorMetrics = z.infer<typeof SupervisorMetrics>
