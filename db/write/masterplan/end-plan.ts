import { countTasks } from '../../../contract/execution/plan-progress.ts'
import { isPlanFinished } from '../../../contract/execution/plan-run.ts'
import { cancelTasks } from '../../../contract/execution/task-effects.ts'
import { RUN_ERRORS, type RunErrorCode } from '../../../contract/run-errors.ts'
import { cancelJobsBelow } from '../job-tree.ts'
import { moveJobFrom } from '../jobs.ts'
import { errorOfEnd } from '../say-end.ts'
import type { Cause, PlanChange } from './plan-change.ts'
import { cancelBuilds } from './task-build.ts'

const ENDED = {
  what: 'the execution of this masterplan',
  next: 'What was made so far stays readable; reprocess the assignment to have a new plan.',
}
const OPEN = ['SUBMITTED', 'PENDING', 'RUNNING'] as const

/** Completes a plan of which nothing more can be done, be some of its tasks failed or not. */
export async function completeIfFinished(change: PlanChange, cause: Cause): Promise<void> {
  if (!isPlanFinished(change.plan.status, change.tasks)) return
  await change.move('complete', cause, { last_error: null })
  const { completed_tasks, failed_tasks, skipped_tasks, blocked_tasks, total_tasks } = countTasks(
    change.tasks,
  )
  const completed_with_failures = failed_tasks + blocked_tasks > 0
  const result = {
    completed_with_failures,
    completed_tasks,
    failed_tasks,
    skipped_tasks,
    blocked_tasks,
    total_tasks,
  }
  const { job_id } = change.plan
  const move = { job_id, to: 'COMPLETED', kind: 'advance', actor: cause.actor, result } as const
  await moveJobFrom(change.trx, ['RUNNING'], move)
}

/** Fails a plan whose execution cannot go on; tasks at work come to their end. */
export async function failPlan(
  change: PlanChange,
  { code, message }: { readonly code: RunErrorCode; readonly message: string },
  cause: Cause,
): Promise<void> {
  const last_error = { code, message, stage: null, retryable: RUN_ERRORS[code].retryable }
  await change.move('fail', cause, { last_error })
  const { job_id } = change.plan
  const move = { job_id, to: 'FAILED', kind: 'fail', actor: cause.actor, error: last_error } as const
  await moveJobFrom(change.trx, ['RUNNING'], move)
}

/** Every job a plan has had: each retry of it brings a new one. */
async function listPlanJobs({ trx, plan }: PlanChange) {
  return trx
    .selectFrom('processing_jobs')
    .select('job_id')
    .where('kind', '=', 'masterplan')
    .where('subject_id', '=', plan.masterplan_id)
    .orderBy('job_id')
    .execute()
}

/** Has nothing more done for a plan: its builds stop where they are, open tasks are skipped, the jobs below its own canceled. */
export async function stopWork(
  change: PlanChange,
  cause: Cause,
  kind: 'reprocess' | 'operator',
): Promise<void> {
  const { actor, reason, change_id: request_id } = cause
  // Builds before jobs, as everybody locks them.
  await cancelBuilds(change, cause)
  await change.applyTasks(cancelTasks(change.tasks).changes, cause)
  // What was at work when a plan failed is still below the job it had then.
  for (const { job_id } of await listPlanJobs(change))
    await cancelJobsBelow(change.trx, job_id, { actor, reason, request_id, kind })
}

/** Ends a plan for good: what was begun is stopped and its job canceled. */
export async function cancelPlan(
  change: PlanChange,
  event: 'cancel' | 'supersede' | 'reject',
  cause: Cause,
  patch: Parameters<PlanChange['move']>[2] = {},
): Promise<void> {
  const kind = event === 'supersede' ? 'reprocess' : 'operator'
  // A plan that was never executed keeps its tasks as they were drafted.
  if (event !== 'reject' || change.plan.status === 'failed') await stopWork(change, cause, kind)
  const last_error = event === 'cancel' ? errorOfEnd(ENDED, cause) : null
  await change.move(event, cause, last_error === null ? patch : { ...patch, last_error })
  const { job_id } = change.plan
  const { actor, reason, change_id: request_id } = cause
  await moveJobFrom(change.trx, OPEN, { job_id, to: 'CANCELED', kind, actor, reason, request_id })
}
