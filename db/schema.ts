import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

import type { EventType } from '../contract/events.ts'
import type { DocumentKind } from '../contract/evidence.ts'
import type { JobKind } from '../contract/jobs.ts'
import type { MarkTarget } from '../contract/mark-plan.ts'
import type { MarkState } from '../contract/marks.ts'
import type { Actor, JobState, TransitionKind, WorkspaceState } from '../contract/machines.ts'
import type { LastError } from '../contract/snapshot.ts'
import type { PlanStage } from '../contract/stages.ts'
import type { Json, OptionalJson, OptionalTime, PageSpan, Time } from './tables/columns.ts'
import type { JobArtefactsTable, SubmissionsTable } from './tables/feedback.ts'
import type {
  AllocationLocksTable,
  HandoffFilesTable,
  HandoffIntentsTable,
  HandoffMovesTable,
  HandoffResultsTable,
  HandoffsTable,
} from './tables/handoffs.ts'
import type {
  MasterplanFilesTable,
  MasterplanMilestonesTable,
  MasterplanPhasesTable,
  MasterplansTable,
  MasterplanTasksTable,
} from './tables/masterplans.ts'
import type { LlmBudgetsTable, LlmBudgetUseTable, LlmCallsTable, LlmResultsTable } from './tables/models.ts'
import type { RateLimitsTable } from './tables/rate-limits.ts'
import type { SubmittedJobsTable, TenantQuotasTable } from './tables/submitted-jobs.ts'
import type { TalliesTable, TallyDeltasTable, WorkersTable } from './tables/workers.ts'

export interface AccountsTable {
  user_id: string
  email: string
  password_hash: string
  tenant_id: string
  scopes: Generated<string[]>
  /** Whether its tokens see the rows of every tenant. */
  is_platform: Generated<boolean>
  created_at: Time
}

export interface RefreshTokensTable {
  token_hash: Buffer
  family_id: string
  user_id: string
  issued_at: Time
  expires_at: ColumnType<Date, Date | string, Date | string>
  used_at: OptionalTime
  revoked_at: OptionalTime
}

export interface StreamTicketsTable {
  ticket_hash: Buffer
  user_id: string
  tenant_id: string
  token_expires_at: ColumnType<Date, Date | string, Date | string>
  expires_at: ColumnType<Date, Date | string, Date | string>
  used_at: OptionalTime
}

export interface CanvasCredentialsTable {
  user_id: string
  base_url: string
  ct: Buffer
  iv: Buffer
  tag: Buffer
  wrapped_dek: Buffer
  wrap_iv: Buffer
  wrap_tag: Buffer
  kek_id: string
  key_version: number
  created_at: Time
  updated_at: Time
}

export interface AssignmentWorkspacesTable {
  workspace_id: string
  user_id: string
  tenant_id: string
  course_id: string
  assignment_id: string
  status: WorkspaceState
  generation: number
  /** Whether this generation was begun by a reprocess. */
  reprocess: Generated<boolean>
  discovery_id: string
  /** The newest plan job of this generation. */
  job_id: string
  stage: PlanStage | null
  progress: Generated<number>
  message: string
  paused: Generated<boolean>
  last_error: OptionalJson<LastError>
  /** Rises with every change: the ETag of the snapshot. */
  version: Generated<number>
  created_at: Time
  updated_at: Time
}

export interface ProcessingJobsTable {
  job_id: string
  tenant_id: string
  user_id: string
  kind: JobKind
  parent_job_id: string | null
  depth: number
  status: JobState
  workspace_id: string | null
  temporal_workflow_id: string | null
  generation: Generated<number>
  attempt: Generated<number>
  retry_of: string | null
  stage: string | null
  progress: Generated<number>
  error: OptionalJson<LastError>
  /** What it is about, where that is no assignment: a masterplan, milestone, task or hand-off. */
  subject_id: string | null
  result: OptionalJson<Record<string, unknown>>
  superseded: Generated<boolean>
  created_at: Time
  updated_at: Time
  started_at: OptionalTime
  completed_at: OptionalTime
}

export interface DocumentWarning {
  readonly code: string
  readonly message: string
  /** What was left out because no reader would see it. */
  readonly text?: string | undefined
}

export interface DocumentsTable {
  document_id: string
  workspace_id: string
  generation: number
  position: number
  kind: DocumentKind
  name: string
  status: 'read' | 'refused'
  text: string
  pages: Json<readonly PageSpan[]>
  sha256: string
  bytes_sha256: string | null
  parser: string | null
  code: string | null
  message: string | null
  warnings: Json<readonly DocumentWarning[]>
  created_at: Time
}

export interface ArtefactsTable {
  workspace_id: string
  generation: number
  kind: string
  job_id: string
  body: Json<unknown>
  sha256: string
  provenance: OptionalJson<unknown>
  created_at: Time
}

export interface TransitionsTable {
  seq: GeneratedAlways<number>
  machine: string
  entity_id: string
  tenant_id: string
  from_state: string | null
  to_state: string
  kind: TransitionKind
  actor_type: Actor['type']
  actor_id: string
  reason: string | null
  request_id: string | null
  /** What was wished under the request; null where it is told by the move. */
  wish: Generated<string | null>
  at: Time
}

export interface EventStreamsTable {
  stream_id: string
  kind: 'assignment' | 'masterplan' | 'workflow'
  last_seq: Generated<number>
}

export interface EventsTable {
  stream_id: string
  seq: number
  type: EventType
  job_id: string
  generation: number
  /** Makes a repeated write of the same event a no-op. */
  dedupe_key: string
  /** The envelope as clients read it, without `seq` and `timestamp`. */
  body: Json<Record<string, unknown>>
  at: Time
}

export interface AllocationsTable {
  id: string
  tenant_id: string
  job_id: string
  depth: number
  worker_count: number
  allocated_at: Time
  released_at: OptionalTime
}

export interface IdempotencyKeysTable {
  tenant_id: string
  endpoint: string
  request_id: string
  fingerprint: string
  status: number | null
  headers: OptionalJson<Record<string, string>>
  body: OptionalJson<unknown>
  created_at: Time
  expires_at: ColumnType<Date, Date | string, Date | string>
}

export interface ReasonsTable {
  reason_id: string
  /** What it was said of: an assignment, or a job. */
  workspace_id: string | null
  job_id: string | null
  text: string
  created_at: Time
}

/** What a student said of a milestone or task: by its id, so that it outlives the generation it was said in. */
export interface MarksTable {
  workspace_id: string
  kind: MarkTarget['kind']
  id: string
  state: MarkState
  generation: number
  /** Higher in the younger of two marks of a workspace: the newest is the ETag of the progress. */
  version: number
  /** The request that brought it. */
  request_id: string | null
  updated_at: Time
}

export interface Database {
  accounts: AccountsTable
  refresh_tokens: RefreshTokensTable
  stream_tickets: StreamTicketsTable
  canvas_credentials: CanvasCredentialsTable
  assignment_workspaces: AssignmentWorkspacesTable
  processing_jobs: ProcessingJobsTable
  documents: DocumentsTable
  artefacts: ArtefactsTable
  transitions: TransitionsTable
  event_streams: EventStreamsTable
  events: EventsTable
  allocations: AllocationsTable
  idempotency_keys: IdempotencyKeysTable
  llm_calls: LlmCallsTable
  llm_budget_use: LlmBudgetUseTable
  llm_budgets: LlmBudgetsTable
  llm_results: LlmResultsTable
  reasons: ReasonsTable
  submissions: SubmissionsTable
  job_artefacts: JobArtefactsTable
  marks: MarksTable
  masterplans: MasterplansTable
  masterplan_phases: MasterplanPhasesTable
  masterplan_milestones: MasterplanMilestonesTable
  masterplan_tasks: MasterplanTasksTable
  masterplan_files: MasterplanFilesTable
  allocation_locks: AllocationLocksTable
  handoffs: HandoffsTable
  handoff_results: HandoffResultsTable
  handoff_files: HandoffFilesTable
  handoff_moves: HandoffMovesTable
  handoff_intents: HandoffIntentsTable
  submitted_jobs: SubmittedJobsTable
  tenant_quotas: TenantQuotasTable
  workers: WorkersTable
  tallies: TalliesTable
  tally_deltas: TallyDeltasTable
  rate_limits: RateLimitsTable
}
