import type { Json, Time } from './columns.ts'

/** What somebody asked for with a job of their own, beside its row among all jobs. */
export interface SubmittedJobsTable {
  job_id: string
  /** The topmost submitted job of its tree; all that changes one tree takes its turn under this id. */
  root_job_id: string
  /** Its place among its siblings, from 0. */
  position: number
  /** Whether its parent's run made it and starts its run; otherwise the API does. */
  is_split: boolean
  task_description: string
  worker_count: number
  metadata: Json<Readonly<Record<string, unknown>>>
  /** The request that brought it. */
  request_id: string | null
}

/** What a tenant may hold at a depth where it is not the usual. */
export interface TenantQuotasTable {
  tenant_id: string
  depth: number
  max_workers: number
  max_concurrent_jobs: number
  updated_at: Time
}
