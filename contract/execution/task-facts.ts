import type { TransitionKind } from '../machines/machine.ts'
import type { TaskState } from '../machines/masterplan-machines.ts'
import { findCircle, orderByDependencies, type GraphNode } from './task-graph.ts'

/** What decisions about a task rest on; rows that hold more keep it through every decision. */
export interface TaskFacts {
  readonly task_id: string
  readonly task_number: number
  readonly status: TaskState
  readonly depends_on_tasks: readonly string[]
  /** The failed tasks it depends on, directly or not, by number; filled exactly while it is blocked. */
  readonly blocked_by: readonly string[]
  /** Automatic retries since the task was last started by a person's wish. */
  readonly retry_count: number
  readonly max_retries: number
  /** How often a person had it tried again. */
  readonly manual_retries: number
}

export interface TaskChange<T extends TaskFacts> {
  readonly before: T
  readonly after: T
  /** The kind of its transition; null when the state stays as it is. */
  readonly kind: TransitionKind | null
}

/** The lower number first. */
export const byNumber = (one: TaskFacts, other: TaskFacts): number => one.task_number - other.task_number

interface TaskNode<T> extends GraphNode {
  readonly task: T
}

const toNodes = <T extends TaskFacts>(tasks: readonly T[]): readonly TaskNode<T>[] =>
  tasks.toSorted(byNumber).map((task) => ({ id: task.task_id, depends_on: task.depends_on_tasks, task }))

/** The tasks that can be worked through, each after all it depends on, the lower number first where both may be next. */
export function orderTasks<T extends TaskFacts>(tasks: readonly T[]): readonly T[] {
  return orderByDependencies(toNodes(tasks)).map(({ task }) => task)
}

export interface CircleFound {
  readonly code: 'CIRCULAR_DEPENDENCY'
  /** One circle, in the order of waiting, its first task again at the end. */
  readonly task_ids: readonly string[]
  readonly message: string
}

/** The circle that keeps a set of tasks from being worked through; null when there is none. */
export function findTaskCircle(tasks: readonly TaskFacts[]): CircleFound | null {
  const circle = findCircle(toNodes(tasks))
  if (circle === null) return null
  const numberOf = new Map(tasks.map(({ task_id, task_number }) => [task_id, task_number]))
  const way = circle.map((id) => numberOf.get(id)).join(' → ')
  const message = `Tasks wait for each other in a circle (${way}): with circular dependencies none of them can start. Reject this plan and reprocess the assignment for another one.`
  return { code: 'CIRCULAR_DEPENDENCY', task_ids: circle, message }
}

/** For each task the failed tasks it depends on, directly or not, by number; tasks without any are left out. */
export function findBlockers(tasks: readonly TaskFacts[]): ReadonlyMap<string, readonly string[]> {
  const failed = tasks.filter(({ status }) => status === 'failed').toSorted(byNumber)
  const dependents = new Map<string, string[]>(tasks.map(({ task_id }) => [task_id, []]))
  for (const { task_id, depends_on_tasks } of tasks) {
    for (const id of depends_on_tasks) dependents.get(id)?.push(task_id)
  }
  const blockers = new Map<string, string[]>()
  for (const { task_id } of failed) {
    const reached = new Set(dependents.get(task_id))
    // A set goes on over what is added to it meanwhile: so this walks to the far dependents too.
    for (const id of reached) {
      const own = blockers.get(id)
      if (own === undefined) blockers.set(id, [task_id])
      else own.push(task_id)
      for (const dependent of dependents.get(id) ?? []) reached.add(dependent)
    }
  }
  return blockers
}
