// What a person can do with a masterplan in each of its states.

import { next } from '../machines.ts'
import type { PlanEvent, PlanState } from '../machines/masterplan-machines.ts'
import type { TaskFacts } from './task-facts.ts'

/** What people wish of a masterplan. */
export const PLAN_VERBS = ['approve', 'reject', 'execute', 'pause', 'resume', 'cancel', 'retry'] as const
export type PlanVerb = (typeof PLAN_VERBS)[number]

export type RecoveryOption =
  | 'approve'
  | 'reject'
  | 'execute'
  | 'resume'
  | 'cancel'
  | 'retry'
  | 'view_details'
  | 'export'

const RECOVERY_OPTIONS: { readonly [S in PlanState]: readonly RecoveryOption[] } = {
  draft: ['approve', 'reject'],
  approved: ['execute', 'reject'],
  in_progress: ['view_details', 'cancel'],
  paused: ['resume', 'cancel'],
  failed: ['retry', 'view_details', 'reject'],
  completed: ['view_details', 'export'],
  rejected: ['view_details'],
  cancelled: ['view_details'],
}

export interface PlanControls {
  readonly recovery_options: readonly RecoveryOption[]
  readonly can_execute: boolean
  readonly can_retry: boolean
  readonly can_pause: boolean
  readonly can_resume: boolean
  readonly can_cancel: boolean
}

/** What can be done with a plan in this state. */
export function planControls(state: PlanState): PlanControls {
  const can = (event: PlanEvent): boolean => next('plan', state, event).kind === 'moved'
  return {
    recovery_options: RECOVERY_OPTIONS[state],
    can_execute: can('execute'),
    can_retry: can('retry'),
    can_pause: can('pause'),
    can_resume: can('resume'),
    can_cancel: can('cancel'),
  }
}

/** The state of a plan once one of its tasks is tried again; null when its state does not admit that. */
export function planAfterTaskRetry(state: PlanState): PlanState | null {
  if (state === 'in_progress' || state === 'paused') return state
  const step = next('plan', state, 'reopen')
  return step.kind === 'moved' ? step.to : null
}

/** Names the wish to try one task again, apart from that for another task and from the retry of a whole plan. */
export function nameTaskRetry(task_id: string): string {
  return `retry:${task_id}`
}

/** Whether a person may have this task tried again. */
export function canRetryTask(plan: PlanState, { status }: Pick<TaskFacts, 'status'>): boolean {
  return next('task', status, 'retry').kind === 'moved' && planAfterTaskRetry(plan) !== null
}
