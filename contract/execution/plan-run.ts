import type { PlanState } from '../machines/masterplan-machines.ts'
import { countTasks } from './plan-progress.ts'
import { byNumber, type TaskFacts } from './task-facts.ts'

/** The ready tasks to start now, lowest number first: none but in a plan in progress, and never more at once than allowed. */
export function tasksToStart<T extends TaskFacts>(
  plan: PlanState,
  tasks: readonly T[],
  max_parallel: number,
): readonly T[] {
  if (plan !== 'in_progress') return []
  const ready = tasks.filter(({ status }) => status === 'ready')
  const slots = Math.max(max_parallel - countTasks(tasks).running_tasks, 0)
  return ready.toSorted(byNumber).slice(0, slots)
}

/** Whether a plan in progress has come to its end: nothing runs and nothing more can, be some tasks failed or not. */
export function isPlanFinished(plan: PlanState, tasks: readonly TaskFacts[]): boolean {
  const { running_tasks, waiting_tasks } = countTasks(tasks)
  return plan === 'in_progress' && running_tasks + waiting_tasks === 0
}
