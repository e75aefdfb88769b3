import type { Transaction } from 'kysely'

import type { Database } from '../../schema.ts'
import { newJobId } from '../ids.ts'
import { insertPendingJob, moveJobFrom } from '../jobs.ts'
import { SYSTEM } from '../run-steps.ts'
import type { PlanChange } from './plan-change.ts'
import type { PlanRow } from './plan-rows.ts'

const OPEN_TASKS: ReadonlySet<string> = new Set(['pending', 'ready', 'in_progress', 'validating'])

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

/** Ends the job of a milestone of which no task can go on: well when all are completed, else with their first error. */
export async function endMilestoneJob(change: PlanChange, milestone_id: string): Promise<void> {
  const { trx, plan } = change
  const own = change.tasks.filter((task) => task.milestone_id === milestone_id)
  if (own.some(({ status }) => OPEN_TASKS.has(status))) return
  const known = await findJob(trx, plan, milestone_id)
  if (known === undefined) return
  const error = own.find(({ status }) => status === 'failed')?.last_error ?? undefined
  const isWell = own.every(({ status }) => status === 'completed')
  await moveJobFrom(trx, ['RUNNING'], {
    job_id: known.job_id,
    to: isWell ? 'COMPLETED' : 'FAILED',
    kind: isWell ? 'advance' : 'fail',
    actor: SYSTEM,
    ...(error === undefined ? {} : { error }),
  })
}
