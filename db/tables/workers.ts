import type { Generated, GeneratedAlways } from 'kysely'

import type { WorkerState } from '../../contract/machines/run-machines.ts'
import type { Time } from './columns.ts'

/** The supervised execution of one job. */
export interface WorkersTable {
  worker_id: string
  job_id: string
  tenant_id: string
  status: WorkerState
  /** Its share of the process that works at it, while one does and has been measured. */
  cpu_percent: number | null
  memory_mb: number | null
  /** The process that works at it just now. */
  process_id: string | null
  created_at: Time
  updated_at: Time
}

/** How often something has happened in a tenant: moves of a machine, and how long was spent in the state they left. */
export interface TalliesTable {
  tenant_id: string
  /** A machine, or another thing that is counted. */
  topic: string
  /** Empty where there is none. */
  from_state: string
  to_state: string
  count: number
  total_ms: number
}

/** What is yet to be added to the tallies. */
export interface TallyDeltasTable {
  delta_id: GeneratedAlways<number>
  tenant_id: string
  topic: string
  from_state: Generated<string>
  to_state: string
  count: Generated<number>
  total_ms: Generated<number>
}
