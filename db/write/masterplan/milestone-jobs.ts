import type { Transaction } from 'kysely'

import type { Database } from '../../schema.ts'
import { newJobId } from '../ids.ts'
import { insertPendingJob, moveJobFrom } from '../jobs.ts'
import { SYSTEM } from '../run-steps.ts'
import type { PlanChange } from './plan-change.ts'
import type { PlanRow } from './plan-rows.ts'

const AT_WORK: ReadonlySet<string> = new Set(['in_progress', 'validating'])
const OPEN_TASKS: ReadonlySet<string> = new Set(['pending', 'ready', ...AT_WORK])

async function findJob(trx: Transaction<Database>, plan: PlanRow, milestone_id: string) {
  return trx
    .selectFrom('processing_jobs')
    .select(['job_id', 'status', 'attempt'])
    .where('subject_id', '=', milestone_id)
    .where('parent_job_id', '=', plan.job_id)
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The running job of a milestone under the plan's own, made when its first task begins; answers its id. */
export async function runMilestoneJob({ trx, plan }: PlanChange, milestone_id: string): Promise<string> {
  const known = await findJob(trx, plan, milestone_id)
  if (known?.status === 'RUNNING') return known.job_id
  const { tenant_id, user_id, workspace_id, generation, job_id: parent_job_id } = plan
  const job_id = newJobId()
  const owner = { tenant_id, user_id, workspace_id, generation }
  const job = {
    ...owner,
    job_id,
    parent_job_id,
    kind: 'milestone',
    depth: 2,
    temporal_workflow_id: null,
    attempt: (known?.attempt ?? 0) + 1,
    retry_of: known?.job_id ?? null,
    subject_id: milestone_id,
  } as const
  await insertPendingJob(trx, job, { actor: SYSTEM })
  await moveJobFrom(trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor: SYSTEM })
  return job_id
}

/** The running jobs of any milestone of a plan, whichever of the plan's own jobs they are below. */
async function listRunning({ trx, tasks }: PlanChange) {
  return trx
    .selectFrom('processing_jobs')
    .select(['job_id', 'subject_id'])
    .where('kind', '=', 'milestone')
    .where('status', '=', 'RUNNING')
    .where('subject_id', 'in', [...new Set(tasks.map(({ milestone_id }) => milestone_id))])
    .execute()
}

/**
 * Ends the jobs of milestones of which no task can go on: well when all are completed, else with their first error. What
 * one task does may end several of them, since it blocks tasks wherever they are, and may end the plan.
 */
export async function endMilestoneJobs(change: PlanChange): Promise<void> {
  const { trx, plan, tasks } = change
  const isExecuting = plan.status === 'in_progress' || plan.status === 'paused'
  const canGoOn = isExecuting ? OPEN_TASKS : AT_WORK
  for (const { job_id, subject_id } of await listRunning(change)) {
    const own = tasks.filter((task) => task.milestone_id === subject_id)
    if (own.some(({ status }) => canGoOn.has(status))) continue
    const error = own.find(({ status }) => status === 'failed')?.last_error ?? plan.last_error
    const isWell = own.every(({ status }) => status === 'completed')
    await moveJobFrom(trx, ['RUNNING'], {
      job_id,
      to: isWell ? 'COMPLETED' : 'FAILED',
      kind: isWell ? 'advance' : 'fail',
      actor: SYSTEM,
      ...(isWell || error === null ? {} : { error }),
    })
  }
}
