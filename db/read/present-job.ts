import type { Selectable } from 'kysely'

import type { Job, JobDetail, StateChange } from '../../contract/jobs.ts'
import type { TransitionsTable } from '../schema.ts'
import type { JobView } from './jobs.ts'

type About = Pick<JobView, 'metadata' | 'course_id' | 'assignment_id'>

/** What clients are told beside a job: what was submitted with it, or the assignment it is about. */
export function metadataOf({ metadata, course_id, assignment_id }: About): Job['metadata'] {
  if (metadata !== null) return { ...metadata }
  return course_id === null ? {} : { course_id, assignment_id }
}

/** A job as clients see it; its workspace_id is its tenant. */
export function toJob(view: JobView): Job {
  const { job_id, tenant_id, kind, depth, status, parent_job_id, task_description } = view
  const { generation, attempt, retry_of, stage, progress, superseded } = view
  return {
    id: job_id,
    workspace_id: tenant_id,
    kind,
    depth,
    status,
    parent_job_id,
    worker_count: view.worker_count ?? 1,
    task_description,
    metadata: metadataOf(view),
    worker_id: view.worker_id,
    generation,
    attempt,
    retry_of,
    stage,
    progress,
    superseded,
    created_at: view.created_at.toISOString(),
    updated_at: view.updated_at.toISOString(),
    started_at: view.started_at?.toISOString() ?? null,
    completed_at: view.completed_at?.toISOString() ?? null,
  }
}

/** One change of state as clients see it. */
export function toStateChange(row: Selectable<TransitionsTable>): StateChange {
  const { from_state, to_state, reason, actor_type, actor_id, at } = row
  return {
    from_state,
    to_state,
    reason,
    actor: { type: actor_type, id: actor_id },
    timestamp: at.toISOString(),
  }
}

interface Around {
  readonly history: readonly Selectable<TransitionsTable>[]
  readonly children: readonly JobView[]
}

/** A job with its history, the jobs below it, and what came of it. */
export function toJobDetail(view: JobView, { history, children }: Around): JobDetail {
  const { error, result } = view
  return {
    ...toJob(view),
    state_history: history.map(toStateChange),
    child_jobs: children.map(toJob),
    result: result === null ? null : { ...result },
    error: error === null ? null : { code: error.code, message: error.message },
  }
}
