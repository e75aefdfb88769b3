import { nameTaskRetry, planAfterTaskRetry } from '../../../contract/execution/plan-controls.ts'
import { releaseTasks, reopenedTasks, retryTask } from '../../../contract/execution/task-effects.ts'
import type { PlanState, TaskState } from '../../../contract/machines/masterplan-machines.ts'
import type { WriteDb } from '../../open.ts'
import { reopenJob } from './change-plan.ts'
import { changeMasterplan, type Cause, type PlanChange } from './plan-change.ts'
import { isReplaced } from './plan-rows.ts'
import type { PlanView } from './plan-view.ts'

export interface TaskRetry {
  readonly masterplan_id: string
  readonly task_id: string
  readonly cause: Cause
}

/** What became of the wish to try a task again; `unknown` when the plan has no such task, `outdated` as of a plan. */
export type TaskRetryOutcome =
  | {
      readonly kind: 'retried'
      readonly view: PlanView
      /** The attempt that will begin. */
      readonly attempt: number
      readonly reopened_tasks: readonly string[]
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'plan_refuses' | 'outdated'; readonly status: PlanState }
  | { readonly kind: 'task_refuses'; readonly status: TaskState; readonly allowed: readonly TaskState[] }

/** The tasks that were opened again by this very wish before; undefined when it was not carried out. */
async function findDone({ trx }: PlanChange, { task_id, cause }: TaskRetry) {
  if (cause.change_id === null) return undefined
  const rows = await trx
    .selectFrom('transitions')
    .select(['entity_id', 'from_state', 'to_state'])
    .where('machine', '=', 'task')
    .where('request_id', '=', cause.change_id)
    .where('wish', '=', nameTaskRetry(task_id))
    .where('to_state', '=', 'pending')
    .execute()
  if (!rows.some((row) => row.entity_id === task_id)) return undefined
  return rows.filter((row) => row.from_state === 'blocked').map((row) => row.entity_id)
}

/** Has a failed task tried again, with what it blocked; a plan that had ended goes on. Throws MasterplanGone. */
export async function retryFailedTask(db: WriteDb, retry: TaskRetry): Promise<TaskRetryOutcome> {
  const { masterplan_id, task_id } = retry
  const cause = { ...retry.cause, wish: nameTaskRetry(task_id) }
  return changeMasterplan(db, masterplan_id, async (change): Promise<TaskRetryOutcome> => {
    const task = change.tasks.find((each) => each.task_id === task_id)
    if (task === undefined) return { kind: 'unknown' }
    const attempt = task.attempt + 1
    const done = await findDone(change, retry)
    if (done !== undefined) return { kind: 'retried', view: change.view(), attempt, reopened_tasks: done }
    const { status } = change.plan
    const after = planAfterTaskRetry(status)
    if (after === null) return { kind: 'plan_refuses', status }
    if (await isReplaced(change.trx, change.plan)) return { kind: 'outdated', status }
    const step = retryTask(change.tasks, task_id)
    if (step.kind === 'refused') return { kind: 'task_refuses', status: task.status, allowed: step.allowed }
    if (after !== status) {
      await reopenJob(change, cause)
      await change.move('reopen', cause)
    }
    await change.applyTasks(step.changes, cause)
    await change.applyTasks(releaseTasks(change.tasks).changes, cause)
    const reopened_tasks = reopenedTasks(step).map((each) => each.task_id)
    return { kind: 'retried', view: change.view(), attempt, reopened_tasks }
  })
}
