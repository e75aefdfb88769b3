import { PLAN_STAGES } from '../../contract/stages.ts'
import type { ReadDb } from '../open.ts'
import type { JobView } from './jobs.ts'
import { findWorkspaceById } from './workspaces.ts'

/** What a retry would do: what is kept as it is, and what is done again or for the first time. */
export interface RetryOutlook {
  readonly reused: readonly string[]
  readonly again: readonly string[]
}

async function outlookOfPlan(db: ReadDb, { job_id, workspace_id }: JobView): Promise<RetryOutlook | null> {
  const view = workspace_id === null ? undefined : await findWorkspaceById(db, workspace_id)
  if (view?.status !== 'failed' || view.job_id !== job_id) return null
  const failed = view.last_error?.stage ?? view.stage
  const from = Math.max(
    0,
    PLAN_STAGES.findIndex((stage) => stage === failed),
  )
  return { reused: PLAN_STAGES.slice(0, from), again: PLAN_STAGES.slice(from) }
}

async function outlookOfMasterplan(
  db: ReadDb,
  { job_id, subject_id }: JobView,
): Promise<RetryOutlook | null> {
  const rows = await db
    .selectFrom('masterplan_tasks as task')
    .innerJoin('masterplans as plan', 'plan.masterplan_id', 'task.masterplan_id')
    .select(['task.slug', 'task.status'])
    .where('plan.masterplan_id', '=', subject_id)
    .where('plan.job_id', '=', job_id)
    .where('plan.status', '=', 'failed')
    .orderBy('task.task_number')
    .execute()
  if (rows.length === 0) return null
  const named = (isWanted: boolean) =>
    rows.filter(({ status }) => (status === 'completed') === isWanted).map(({ slug }) => slug)
  return { reused: named(true), again: named(false) }
}

/** What a retry of this job would do; null when no run waits for a person under it. */
export async function foreseeRetry(db: ReadDb, job: JobView): Promise<RetryOutlook | null> {
  if (job.status !== 'FAILED') return null
  if (job.kind === 'plan') return outlookOfPlan(db, job)
  return job.kind === 'masterplan' ? outlookOfMasterplan(db, job) : null
}
