// What one event does to the whole set of tasks: the task itself, those it releases, blocks or reopens.

import { next, type Condition } from '../machines.ts'
import type { TaskEvent, TaskState } from '../machines/masterplan-machines.ts'
import { findBlockers, type TaskChange, type TaskFacts } from './task-facts.ts'

export interface TaskEffect<T extends TaskFacts> {
  readonly kind: 'changed'
  /** The whole set as it is afterwards. */
  readonly tasks: readonly T[]
  /** Every task that changed, the one the event was about first. */
  readonly changes: readonly TaskChange<T>[]
}

export interface TaskRefusal {
  readonly kind: 'refused'
  readonly why: 'unknown_task' | 'not_listed' | Condition
  readonly current_state: TaskState | null
  readonly allowed: readonly TaskState[]
}

export type TaskDecision<T extends TaskFacts> = TaskEffect<T> | TaskRefusal

function applyChanges<T extends TaskFacts>(
  tasks: readonly T[],
  changes: readonly TaskChange<T>[],
): TaskEffect<T> {
  const after = new Map(changes.map((change) => [change.after.task_id, change.after]))
  return { kind: 'changed', tasks: tasks.map((task) => after.get(task.task_id) ?? task), changes }
}

/** Follows an event for every task whose state knows it, each with its own new facts. */
function moveAll<T extends TaskFacts>(
  tasks: readonly T[],
  event: TaskEvent,
  patch: Partial<TaskFacts> = {},
): readonly TaskChange<T>[] {
  return tasks.flatMap((before) => {
    const step = next('task', before.status, event)
    return step.kind === 'moved'
      ? [{ before, after: { ...before, ...patch, status: step.to }, kind: step.by }]
      : []
  })
}

function releasable<T extends TaskFacts>(tasks: readonly T[]): readonly T[] {
  const done = new Set(tasks.filter(({ status }) => status === 'completed').map(({ task_id }) => task_id))
  return tasks.filter(
    ({ status, depends_on_tasks }) => status === 'pending' && depends_on_tasks.every((id) => done.has(id)),
  )
}

const releases = <T extends TaskFacts>(tasks: readonly T[]) => moveAll(releasable(tasks), 'release')

/** Makes blocked exactly those tasks that depend on a failed one, directly or not, and says by which. */
function settleBlocked<T extends TaskFacts>(tasks: readonly T[]): readonly TaskChange<T>[] {
  const blockers = findBlockers(tasks)
  return tasks.flatMap((before) => {
    const blocked_by = blockers.get(before.task_id) ?? []
    if (before.status === 'pending' && blocked_by.length > 0)
      return moveAll([before], 'block', { blocked_by })
    if (before.status !== 'blocked') return []
    if (blocked_by.length === 0) return moveAll([before], 'unblock', { blocked_by })
    const same = blocked_by.join() === before.blocked_by.join()
    return same ? [] : [{ before, after: { ...before, blocked_by }, kind: null }]
  })
}

interface StepOptions<T extends TaskFacts> {
  readonly holding?: readonly Condition[]
  readonly patch?: (task: T) => Partial<TaskFacts>
  /** What follows for the others from the set in which the task itself has moved. */
  readonly follow?: (tasks: readonly T[]) => readonly TaskChange<T>[]
}

function stepTask<T extends TaskFacts>(
  tasks: readonly T[],
  task_id: string,
  event: TaskEvent,
  { holding = [], patch, follow }: StepOptions<T> = {},
): TaskDecision<T> {
  const before = tasks.find((task) => task.task_id === task_id)
  if (before === undefined) return { kind: 'refused', why: 'unknown_task', current_state: null, allowed: [] }
  const step = next('task', before.status, event, holding)
  if (step.kind === 'refused') return step
  const own = { before, after: { ...before, ...patch?.(before), status: step.to }, kind: step.by }
  const moved = applyChanges(tasks, [own])
  return follow === undefined ? moved : applyChanges(tasks, [own, ...follow(moved.tasks)])
}

/** Makes ready every pending task whose dependencies are all completed. */
export function releaseTasks<T extends TaskFacts>(tasks: readonly T[]): TaskEffect<T> {
  return applyChanges(tasks, releases(tasks))
}

/** A ready task begins. */
export function startTask<T extends TaskFacts>(tasks: readonly T[], task_id: string): TaskDecision<T> {
  return stepTask(tasks, task_id, 'start')
}

/** A task has written its output, which is now held against its done definition. */
export function submitTask<T extends TaskFacts>(tasks: readonly T[], task_id: string): TaskDecision<T> {
  return stepTask(tasks, task_id, 'submit')
}

/** The done definition of a task holds: it is completed, and what waited for it alone is ready. */
export function completeTask<T extends TaskFacts>(tasks: readonly T[], task_id: string): TaskDecision<T> {
  return stepTask(tasks, task_id, 'pass', { follow: releases })
}

/**
 * An attempt at a task failed. It is tried again by itself while automatic retries are left and can help; otherwise it
 * has failed for good, and all that depend on it, directly or not, are blocked.
 */
export function failAttempt<T extends TaskFacts>(
  tasks: readonly T[],
  task_id: string,
  { can_help }: { readonly can_help: boolean },
): TaskDecision<T> {
  const before = tasks.find((task) => task.task_id === task_id)
  const tryAgain = can_help && before !== undefined && before.retry_count < before.max_retries
  if (!tryAgain) {
    return stepTask(tasks, task_id, 'fail', { holding: ['retries_spent'], follow: settleBlocked })
  }
  const retry_count = before.retry_count + 1
  if (before.status === 'in_progress') {
    return applyChanges(tasks, [{ before, after: { ...before, retry_count }, kind: null }])
  }
  return stepTask(tasks, task_id, 'try_again', { holding: ['retries_left'], patch: () => ({ retry_count }) })
}

/** A person has a failed task tried again: with fresh automatic retries, and what only it blocked is open again. */
export function retryTask<T extends TaskFacts>(tasks: readonly T[], task_id: string): TaskDecision<T> {
  return stepTask(tasks, task_id, 'retry', { patch: startAfresh, follow: settleBlocked })
}

const startAfresh = ({ manual_retries }: TaskFacts): Partial<TaskFacts> => ({
  retry_count: 0,
  manual_retries: manual_retries + 1,
})

/** A person has every failed task tried again, after which nothing is blocked. */
export function retryFailedTasks<T extends TaskFacts>(tasks: readonly T[]): TaskEffect<T> {
  const own = tasks.flatMap((task) => moveAll([task], 'retry', startAfresh(task)))
  return applyChanges(tasks, [...own, ...settleBlocked(applyChanges(tasks, own).tasks)])
}

/** Nothing more is done: every task that has neither completed nor failed is skipped. */
export function cancelTasks<T extends TaskFacts>(tasks: readonly T[]): TaskEffect<T> {
  return applyChanges(tasks, moveAll(tasks, 'skip', { blocked_by: [] }))
}

/** The tasks an effect opened again after they were blocked. */
export function reopenedTasks<T extends TaskFacts>({ changes }: TaskEffect<T>): readonly T[] {
  return changes
    .filter(({ before, after }) => before.status === 'blocked' && after.status === 'pending')
    .map(({ after }) => after)
}
