import type { Transaction } from 'kysely'

import { assignmentWorkflowId } from '../../contract/ids.ts'
import type { Actor } from '../../contract/machines.ts'
import type { Database } from '../schema.ts'
import { newJobId } from './ids.ts'
import { insertPendingJob } from './jobs.ts'

export interface RunOwner {
  readonly workspace_id: string
  readonly user_id: string
  readonly tenant_id: string
  readonly course_id: string
  readonly assignment_id: string
}

interface Cause {
  readonly actor: Actor
  readonly request_id: string | null
  readonly reason: string | null
}

/** Writes the jobs of a new generation: the assignment at depth 0 and its plan below, which gets the given id. */
export async function insertPlanJobs(
  trx: Transaction<Database>,
  owner: RunOwner,
  run: { readonly job_id: string; readonly generation: number },
  cause: Cause,
): Promise<void> {
  const { workspace_id, user_id, tenant_id } = owner
  const root = newJobId()
  const common = { user_id, tenant_id, workspace_id, generation: run.generation, attempt: 1, retry_of: null }
  await insertPendingJob(
    trx,
    {
      ...common,
      job_id: root,
      kind: 'assignment',
      parent_job_id: null,
      depth: 0,
      temporal_workflow_id: null,
    },
    cause,
  )
  const temporal_workflow_id = assignmentWorkflowId(owner)
  await insertPendingJob(
    trx,
    { ...common, job_id: run.job_id, kind: 'plan', parent_job_id: root, depth: 1, temporal_workflow_id },
    cause,
  )
}

/** Writes the job that carries on after a failed one: same parent, attempt + 1. Answers the attempt. */
export async function insertRetryJob(
  trx: Transaction<Database>,
  run: { readonly failed_job_id: string; readonly job_id: string },
  cause: Cause,
): Promise<number> {
  const failed = await trx
    .selectFrom('processing_jobs')
    .selectAll()
    .where('job_id', '=', run.failed_job_id)
    .executeTakeFirstOrThrow()
  const attempt = failed.attempt + 1
  const { tenant_id, user_id, kind, parent_job_id, depth, workspace_id, temporal_workflow_id, generation } =
    failed
  const { subject_id } = failed
  const kept = {
    tenant_id,
    user_id,
    kind,
    parent_job_id,
    depth,
    workspace_id,
    temporal_workflow_id,
    generation,
    subject_id,
  }
  await insertPendingJob(trx, { ...kept, job_id: run.job_id, attempt, retry_of: run.failed_job_id }, cause)
  return attempt
}
