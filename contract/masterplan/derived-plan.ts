import type { Complexity } from './effort.ts'

export const PHASE_TYPES = ['setup', 'core', 'polish'] as const
export type PhaseType = (typeof PHASE_TYPES)[number]

export type TaskType = 'read_sources' | 'settle_risk' | 'work' | 'final_check'

/** One thing that is held against the outcome of a task, and which part of the plan says it. */
export interface ValidationItem {
  readonly of:
    | 'success_definition'
    | 'hard_constraint'
    | 'mitigation'
    | 'done_definition'
    | 'acceptance_criterion'
    | 'final_checklist'
  readonly text: string
}

/** A task as it is drafted, before it has its number. */
export interface DraftTask {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly task_type: TaskType
  /** Null where the plan says nothing of it. */
  readonly estimated_minutes: number | null
  readonly deliverable: string
  readonly depends_on: readonly string[]
  readonly validation: readonly ValidationItem[]
}

export interface DraftMilestone {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly tasks: readonly DraftTask[]
}

export interface DraftPhase {
  readonly phase_type: PhaseType
  readonly name: string
  readonly description: string
  readonly milestones: readonly DraftMilestone[]
}

/** Tasks are named by slug here: ids are given where they are stored. */
export interface DerivedTask {
  readonly task_number: number
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly task_type: TaskType
  readonly complexity: Complexity
  readonly estimated_minutes: number | null
  /** What the work leaves in hand; empty where the task only reads, decides or checks. */
  readonly deliverable: string
  readonly depends_on_tasks: readonly string[]
  readonly blocks_tasks: readonly string[]
  /** Exactly one: each task leaves a file of its own, whether it has a deliverable or not. */
  readonly target_files: readonly [string]
  readonly validation: readonly ValidationItem[]
}

export interface DerivedMilestone {
  readonly milestone_number: number
  readonly slug: string
  readonly name: string
  readonly description: string
  /** Milestones before this one whose tasks its own wait for. */
  readonly depends_on_milestones: readonly string[]
  readonly tasks: readonly DerivedTask[]
}

export interface DerivedPhase {
  readonly phase_type: PhaseType
  readonly phase_number: number
  readonly name: string
  readonly description: string
  readonly milestones: readonly DerivedMilestone[]
}

export interface DerivedMasterplan {
  readonly slug: string
  readonly project_name: string
  readonly description: string
  /** What the plan says of its tasks, added up. */
  readonly estimated_minutes: number
  readonly phases: readonly DerivedPhase[]
}
