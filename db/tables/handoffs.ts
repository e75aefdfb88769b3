import type { ColumnType, Generated } from 'kysely'

import type { HandoffWish } from '../../contract/handoff/decide-wish.ts'
import type { HandoffMove, HandoffRefusal } from '../../contract/handoff/decision.ts'
import type { Actor } from '../../contract/machines.ts'
import type { Phase, HandoffState, WorkingState } from '../../contract/machines/handoff-machine.ts'
import type { TransitionKind } from '../../contract/machines/machine.ts'
import type { Role } from '../../contract/roles.ts'
import type { LastError } from '../../contract/snapshot.ts'
import type { Json, OptionalJson, OptionalTime, Time } from './columns.ts'

type Words = Readonly<Record<string, unknown>>

/** One build that is handed on between five roles. */
export interface HandoffsTable {
  workflow_id: string
  tenant_id: string
  user_id: string
  /** The id of a masterplan, or whatever a client calls its project. */
  project_id: string
  build_id: string
  /** The task it works at; null for a build that was started through the API. */
  masterplan_id: string | null
  task_id: string | null
  workspace_id: string | null
  generation: Generated<number>
  job_id: string
  autorun: boolean
  requirements: Json<Words>
  metadata: Json<Words>
  state: HandoffState
  /** In `error`, the state that failed. */
  failed_state: WorkingState | null
  retry_count: Generated<number>
  last_error: OptionalJson<LastError>
  /** The folder its files are released into. */
  workspace_path: string | null
  version: Generated<number>
  created_at: Time
  updated_at: Time
  completed_at: OptionalTime
}

/** What a state ended with, kept for good: an attempt that was undone stays, superseded. */
export interface HandoffResultsTable {
  result_id: string
  workflow_id: string
  state: WorkingState
  attempt: number
  body: Json<Words>
  superseded: Generated<boolean>
  provenance: OptionalJson<unknown>
  created_at: Time
}

/** What an attempt of implementation drafted; released files are copies of it. */
export interface HandoffFilesTable {
  workflow_id: string
  attempt: number
  path: string
  body: string
  sha256: string
}

/** What a move hands on, by the ids of results, which are kept for good. */
export interface MoveData {
  /** Of what the state that was left ended with. */
  readonly result_id: string | null
  /** Of all results that stand after the move. */
  readonly standing: readonly string[]
}

/** One move of a build, as its history tells it. */
export interface HandoffMovesTable {
  move_id: string
  workflow_id: string
  position: number
  kind: TransitionKind
  from_role: Role | null
  to_role: Role | null
  from_state: HandoffState
  to_state: HandoffState
  data: Json<MoveData>
  notes: string
  undone_phases: ColumnType<readonly Phase[], readonly Phase[] | undefined, never>
  at: Time
}

export interface IntentBody {
  readonly wish: HandoffWish
  readonly actor: Actor
  readonly reason: string | null
  readonly request_id: string | null
}

/** What became of what somebody asked of a build. */
export type IntentOutcome =
  | { readonly kind: 'moved'; readonly move_id: string; readonly limit: HandoffMove['limit'] }
  | HandoffRefusal

/** What somebody asked of a build: only its id travels through Temporal. */
export interface HandoffIntentsTable {
  intent_id: string
  workflow_id: string
  kind: HandoffWish['kind']
  body: Json<IntentBody>
  /** What became of it, so that it is carried out once however often it is sent. */
  outcome: OptionalJson<IntentOutcome>
  created_at: Time
}

/** The row that is locked while something is allocated at a depth of a tenant. */
export interface AllocationLocksTable {
  tenant_id: string
  depth: number
}
