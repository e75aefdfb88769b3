import type { PlanState } from '../../../contract/machines/masterplan-machines.ts'
import type { PlanRow, TaskRow } from './plan-rows.ts'

/** One attempt at a task that is to be begun, or has been and is not over. */
export interface TaskRef {
  readonly task_id: string
  readonly task_number: number
  readonly attempt: number
}

/** All that a run has to know of its masterplan: ids and small facts. */
export interface PlanView {
  /** Of two views the one with the higher version is the newer. */
  readonly version: number
  readonly status: PlanState
  readonly job_id: string
  readonly total_tasks: number
  readonly completed_tasks: number
  /** Attempts that may begin, the lower number first. */
  readonly ready: readonly TaskRef[]
  /** Attempts that have begun and are not over. */
  readonly at_work: readonly TaskRef[]
}

/** The view of a masterplan and its tasks. */
export function viewOf(plan: PlanRow, tasks: readonly TaskRow[]): PlanView {
  const { version, status, job_id, total_tasks } = plan
  const ready = tasks.flatMap(({ status, task_id, task_number, attempt }) =>
    status === 'ready' ? [{ task_id, task_number, attempt: attempt + 1 }] : [],
  )
  const at_work = tasks.flatMap(({ status, task_id, task_number, attempt }) =>
    status === 'in_progress' || status === 'validating' ? [{ task_id, task_number, attempt }] : [],
  )
  const completed_tasks = tasks.filter(({ status }) => status === 'completed').length
  return { version, status, job_id, total_tasks, completed_tasks, ready, at_work }
}
