import { failAttempt, completeTask, startTask, submitTask } from '../../../contract/execution/task-effects.ts'
import { masterplanWorkflowId } from '../../../contract/ids.ts'
import { RUN_ERRORS, type RunErrorCode } from '../../../contract/run-errors.ts'
import type { LastError } from '../../../contract/snapshot.ts'
import type { WriteDb } from '../../open.ts'
import { allocate, takeOver } from '../allocations.ts'
import { newJobId } from '../ids.ts'
import { insertPendingJob, moveJobFrom } from '../jobs.ts'
import { SYSTEM } from '../run-steps.ts'
import { completeIfFinished, failPlan } from './end-plan.ts'
import { endMilestoneJobs, runMilestoneJob } from './milestone-jobs.ts'
import { changeMasterplan, type Cause, type PlanChange } from './plan-change.ts'
import type { TaskRow } from './plan-rows.ts'
import type { PlanView } from './plan-view.ts'

const TASK_DEPTH = 3
const BY_SYSTEM: Cause = { actor: SYSTEM, reason: null, change_id: null }

/** One attempt at a task. */
export interface TaskTry {
  readonly masterplan_id: string
  readonly task_id: string
  readonly attempt: number
}

/** `full` when the tenant has no place left for a task now; `gone` when this attempt is no longer wanted. */
export type StartedTask =
  | { readonly kind: 'started'; readonly view: PlanView; readonly job_id: string }
  | { readonly kind: 'full' | 'gone'; readonly view: PlanView }

const find = (change: PlanChange, task_id: string): TaskRow | undefined =>
  change.tasks.find((task) => task.task_id === task_id)

const isAtWork = (task: TaskRow | undefined, attempt: number): task is TaskRow =>
  task?.attempt === attempt && (task.status === 'in_progress' || task.status === 'validating')

async function insertTaskJob(change: PlanChange, task: TaskRow, attempt: number): Promise<string> {
  const { trx, plan } = change
  const { tenant_id, user_id, workspace_id, generation, masterplan_id } = plan
  const job_id = newJobId()
  const owner = { tenant_id, user_id, workspace_id, generation }
  const job = {
    ...owner,
    job_id,
    attempt,
    kind: 'task',
    depth: TASK_DEPTH,
    parent_job_id: await runMilestoneJob(change, task.milestone_id),
    temporal_workflow_id: masterplanWorkflowId(masterplan_id),
    retry_of: task.job_id,
    subject_id: task.task_id,
  } as const
  await insertPendingJob(trx, job, { actor: SYSTEM })
  await moveJobFrom(trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor: SYSTEM })
  return job_id
}

/** Begins an attempt at a ready task where the tenant has a place for it; the same attempt twice is one. */
export async function beginTask(
  db: WriteDb,
  { masterplan_id, task_id, attempt }: TaskTry,
  quota: number,
): Promise<StartedTask> {
  return changeMasterplan(db, masterplan_id, async (change): Promise<StartedTask> => {
    const task = find(change, task_id)
    if (isAtWork(task, attempt) && task.job_id !== null)
      return { kind: 'started', view: change.view(), job_id: task.job_id }
    const isWanted = task?.status === 'ready' && task.attempt === attempt - 1
    if (!isWanted || change.plan.status !== 'in_progress') return { kind: 'gone', view: change.view() }
    const { tenant_id } = change.plan
    const job_id = await insertTaskJob(change, task, attempt)
    const place = { tenant_id, depth: TASK_DEPTH, job_id, worker_count: 1, quota }
    if (!(await allocate(change.trx, place))) throw new NoPlaceLeft(change.view())
    const step = startTask(change.tasks, task_id)
    if (step.kind === 'refused') return { kind: 'gone', view: change.view() }
    const patch = { attempt, job_id, validation_passed: null, validation_errors: [] }
    await change.applyTasks(step.changes, BY_SYSTEM, new Map([[task_id, patch]]))
    return { kind: 'started', view: change.view(), job_id }
  }).catch((error: unknown): StartedTask => {
    if (error instanceof NoPlaceLeft) return { kind: 'full', view: error.view }
    throw error
  })
}

/** Rolls the beginning of a task back: the tenant has no place for it now. */
class NoPlaceLeft extends Error {
  override readonly name = 'NoPlaceLeft'
  readonly view: PlanView

  constructor(view: PlanView) {
    super('no place is left at the depth of tasks')
    this.view = view
  }
}

/** Says that the output of an attempt is written and is now held against its done definition; whether that is wanted. */
export async function submitAttempt(
  db: WriteDb,
  { masterplan_id, task_id, attempt }: TaskTry,
): Promise<boolean> {
  return changeMasterplan(db, masterplan_id, async (change) => {
    const task = find(change, task_id)
    if (!isAtWork(task, attempt)) return false
    if (task.status === 'validating') return true
    const step = submitTask(change.tasks, task_id)
    if (step.kind === 'refused') return false
    await change.applyTasks(step.changes, BY_SYSTEM)
    return true
  })
}

export interface WrittenFile {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** How an attempt ended. */
export type Verdict =
  | { readonly passed: true; readonly files: readonly WrittenFile[] }
  | {
      readonly passed: false
      readonly code: RunErrorCode
      readonly message: string
      /** Whether doing the same again may help. */
      readonly can_help: boolean
      readonly validation_errors: readonly string[]
    }

type Failed = Extract<Verdict, { readonly passed: false }>

async function pass(change: PlanChange, task: TaskRow, files: readonly WrittenFile[]): Promise<void> {
  const { masterplan_id, task_id } = task
  const modified_files = files.map(({ path }) => path)
  const step = completeTask(change.tasks, task_id)
  if (step.kind === 'refused') return
  for (const file of files) {
    await change.trx
      .insertInto('masterplan_files')
      .values({ masterplan_id, task_id, ...file })
      .onConflict((clash) =>
        clash.columns(['masterplan_id', 'path']).doUpdateSet({ ...file, task_id, written_at: new Date() }),
      )
      .execute()
  }
  const patch = { modified_files, validation_passed: true, validation_errors: [], last_error: null }
  await change.applyTasks(step.changes, BY_SYSTEM, new Map([[task_id, patch]]))
  if (task.job_id !== null)
    await moveJobFrom(change.trx, ['RUNNING'], {
      job_id: task.job_id,
      to: 'COMPLETED',
      kind: 'advance',
      actor: SYSTEM,
      result: { files: modified_files },
    })
}

/** The job of an automatic retry; the place that the attempt before it gave back just now is its own. */
async function insertNextJob(change: PlanChange, task: TaskRow, attempt: number): Promise<string> {
  const job_id = await insertTaskJob(change, task, attempt)
  const { tenant_id } = change.plan
  await takeOver(change.trx, { tenant_id, depth: TASK_DEPTH, job_id, worker_count: 1 })
  return job_id
}

async function fail(change: PlanChange, task: TaskRow, verdict: Failed): Promise<void> {
  const { task_id } = task
  const { code, message, can_help, validation_errors } = verdict
  const last_error: LastError = { code, message, stage: null, retryable: RUN_ERRORS[code].retryable }
  const step = failAttempt(change.tasks, task_id, { can_help })
  if (step.kind === 'refused') return
  if (task.job_id !== null)
    await moveJobFrom(change.trx, ['RUNNING'], {
      job_id: task.job_id,
      to: 'FAILED',
      kind: 'fail',
      actor: SYSTEM,
      error: last_error,
    })
  const isOver = step.changes.some(({ after }) => after.task_id === task_id && after.status === 'failed')
  const validation = validation_errors.length === 0 ? {} : { validation_passed: false, validation_errors }
  const attempt = task.attempt + 1
  const again = isOver ? {} : { attempt, job_id: await insertNextJob(change, task, attempt) }
  const patch = { last_error, ...validation, ...again }
  await change.applyTasks(step.changes, BY_SYSTEM, new Map([[task_id, patch]]))
}

/**
 * Writes down how an attempt ended: the task is completed, tried again or failed, with everything that follows for the
 * others and for the plan. An attempt that is no longer wanted changes nothing.
 */
export async function settleAttempt(db: WriteDb, tried: TaskTry, verdict: Verdict): Promise<PlanView> {
  const { masterplan_id, task_id, attempt } = tried
  return changeMasterplan(db, masterplan_id, async (change) => {
    const task = find(change, task_id)
    if (!isAtWork(task, attempt)) return change.view()
    await (verdict.passed ? pass(change, task, verdict.files) : fail(change, task, verdict))
    const isBudget = !verdict.passed && verdict.code === 'BUDGET_EXCEEDED'
    if (isBudget && change.plan.status === 'in_progress') await failPlan(change, verdict, BY_SYSTEM)
    // Before the plan's own job, which is above them.
    await endMilestoneJobs(change)
    await completeIfFinished(change, BY_SYSTEM)
    return change.view()
  })
}
