import type { PlanState } from '../machines/masterplan-machines.ts'
import { byNumber, type TaskFacts } from './task-facts.ts'

export interface TaskCounts {
  readonly total_tasks: number
  readonly completed_tasks: number
  readonly failed_tasks: number
  readonly skipped_tasks: number
  readonly blocked_tasks: number
  /** Tasks at work: in progress or held against their done definition. */
  readonly running_tasks: number
  /** Tasks that may still come: pending or ready. */
  readonly waiting_tasks: number
}

/** How many tasks stand where; all but the first add up to the first. */
export function countTasks(tasks: readonly Pick<TaskFacts, 'status'>[]): TaskCounts {
  const count = (...states: readonly TaskFacts['status'][]): number =>
    tasks.filter(({ status }) => states.includes(status)).length
  return {
    total_tasks: tasks.length,
    completed_tasks: count('completed'),
    failed_tasks: count('failed'),
    skipped_tasks: count('skipped'),
    blocked_tasks: count('blocked'),
    running_tasks: count('in_progress', 'validating'),
    waiting_tasks: count('pending', 'ready'),
  }
}

type Completed = Pick<TaskCounts, 'completed_tasks' | 'total_tasks'>

const MOST_BEFORE_THE_END = 99.9

/**
 * Completed tasks in percent of all, rounded to one decimal; 100 says that all are completed. Without any task it is
 * 100 once the plan is completed, 0 before.
 */
export function progressPercent({ completed_tasks, total_tasks }: Completed, plan: PlanState): number {
  if (total_tasks === 0) return plan === 'completed' ? 100 : 0
  if (completed_tasks === total_tasks) return 100
  return Math.min(Math.round((completed_tasks * 1_000) / total_tasks) / 10, MOST_BEFORE_THE_END)
}

/** The same in whole percent as events and jobs tell it, never rounded up. */
export function wholePercent({ completed_tasks, total_tasks }: Completed, plan: PlanState): number {
  if (total_tasks === 0) return plan === 'completed' ? 100 : 0
  return Math.floor((completed_tasks * 100) / total_tasks)
}

/** The task at work with the lowest number; null when none is. */
export function currentTask<T extends TaskFacts>(tasks: readonly T[]): T | null {
  const running = tasks.filter(({ status }) => status === 'in_progress' || status === 'validating')
  return running.toSorted(byNumber)[0] ?? null
}
