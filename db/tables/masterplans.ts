import type { ColumnType, Generated } from 'kysely'

import type { PlanState, TaskState } from '../../contract/machines/masterplan-machines.ts'
import type { PhaseType, TaskType, ValidationItem } from '../../contract/masterplan/derived-plan.ts'
import type { Complexity } from '../../contract/masterplan/effort.ts'
import type { LastError } from '../../contract/snapshot.ts'
import type { Distilled } from '../../contract/requirements.ts'
import type { Json, OptionalJson, OptionalTime, Time } from './columns.ts'

type List = ColumnType<readonly string[], readonly string[], readonly string[]>
type ListOrNone = ColumnType<readonly string[], readonly string[] | undefined, readonly string[]>

/** One reviewable plan of a generation; its counters change in the transaction of the task they count. */
export interface MasterplansTable {
  masterplan_id: string
  tenant_id: string
  user_id: string
  workspace_id: string
  generation: number
  discovery_id: string
  /** Whatever the client that created it calls itself. */
  session_id: string | null
  /** The newest job of it: a retry after its end is a new one. */
  job_id: string
  slug: string
  project_name: string
  description: string
  genre: Distilled['genre']
  status: PlanState
  /** Rises with every change of the plan or of one of its tasks: the ETag. */
  version: Generated<number>
  total_tasks: number
  completed_tasks: Generated<number>
  failed_tasks: Generated<number>
  skipped_tasks: Generated<number>
  blocked_tasks: Generated<number>
  estimated_minutes: number
  /** The folder of its artefacts, by id and by name inside the artefact root; null before it is executed. */
  artifact_id: string | null
  workspace_path: string | null
  rejection_reason: string | null
  approved_by: string | null
  last_error: OptionalJson<LastError>
  created_at: Time
  updated_at: Time
  started_at: OptionalTime
  completed_at: OptionalTime
}

export interface MasterplanPhasesTable {
  phase_id: string
  masterplan_id: string
  phase_number: number
  phase_type: PhaseType
  name: string
  description: string
}

export interface MasterplanMilestonesTable {
  milestone_id: string
  masterplan_id: string
  phase_id: string
  milestone_number: number
  slug: string
  name: string
  description: string
  depends_on_milestones: List
}

export interface MasterplanTasksTable {
  task_id: string
  masterplan_id: string
  phase_id: string
  milestone_id: string
  /** Counts through all phases. */
  task_number: number
  slug: string
  name: string
  description: string
  /** Empty for a task that is one step of a model and no hand-off. */
  deliverable: string
  task_type: TaskType
  complexity: Complexity
  estimated_minutes: number | null
  depends_on_tasks: List
  target_files: List
  validation: Json<readonly ValidationItem[]>
  status: TaskState
  blocked_by: ListOrNone
  modified_files: ListOrNone
  validation_passed: boolean | null
  validation_errors: ListOrNone
  /** How often it was begun, by whatever retry. */
  attempt: Generated<number>
  retry_count: Generated<number>
  max_retries: Generated<number>
  manual_retries: Generated<number>
  /** The job of the newest attempt. */
  job_id: string | null
  /** The hand-off of the newest attempt. */
  workflow_id: string | null
  last_error: OptionalJson<LastError>
  updated_at: Time
  started_at: OptionalTime
  completed_at: OptionalTime
  failed_at: OptionalTime
}

/** What a task left in the folder of its masterplan. */
export interface MasterplanFilesTable {
  masterplan_id: string
  /** Relative to the folder, with forward slashes. */
  path: string
  task_id: string
  sha256: string
  bytes: number
  written_at: Time
}
