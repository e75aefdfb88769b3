import type { Transaction } from 'kysely'

import { jobWorkflowId } from '../../../contract/ids.ts'
import type { JobMetadata } from '../../../contract/jobs.ts'
import type { Actor } from '../../../contract/machines.ts'
import type { Database } from '../../schema.ts'
import { insertPendingJobs } from '../jobs.ts'
import { storable } from '../storable.ts'

export interface NewSubmittedJob {
  readonly job_id: string
  readonly tenant_id: string
  readonly user_id: string
  readonly parent_job_id: string | null
  /** The topmost submitted job above it; itself when there is none. */
  readonly root_job_id: string
  readonly depth: number
  readonly position: number
  readonly is_split: boolean
  readonly task_description: string
  readonly worker_count: number
  readonly metadata: JobMetadata | Readonly<Record<string, unknown>>
  readonly attempt: number
  readonly retry_of: string | null
}

interface Cause {
  readonly actor: Actor
  readonly reason: string | null
  readonly request_id: string | null
}

/** Writes jobs that were submitted, or split from one that was; they wait to begin. */
export async function insertSubmittedJobs(
  trx: Transaction<Database>,
  jobs: readonly NewSubmittedJob[],
  cause: Cause,
): Promise<void> {
  if (jobs.length === 0) return
  const rows = jobs.map((job) => {
    const { root_job_id, position, is_split, task_description, worker_count, metadata, ...common } = job
    const { job_id } = job
    const asked = { job_id, root_job_id, position, is_split, worker_count, request_id: cause.request_id }
    const words = {
      task_description: storable(task_description),
      metadata: JSON.stringify(storable(metadata)),
    }
    const kept = { kind: 'submitted', workspace_id: null, generation: 1 } as const
    const own = { ...common, ...kept, temporal_workflow_id: jobWorkflowId(job_id) }
    return { own, asked: { ...asked, ...words } }
  })
  await insertPendingJobs(
    trx,
    rows.map(({ own }) => own),
    cause,
  )
  await trx
    .insertInto('submitted_jobs')
    .values(rows.map(({ asked }) => asked))
    .execute()
}
