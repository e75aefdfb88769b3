import type { TaskState } from '../../contract/machines/masterplan-machines.ts'
import { isGivenUp } from '../../contract/run-errors.ts'
import { PLAN_STAGES } from '../../contract/stages.ts'
import type { ReadDb } from '../open.ts'
import type { JobView } from './jobs.ts'
import { isReplacedPlan } from './replaced-plan.ts'
import { findWorkspaceById } from './workspaces.ts'

/** What a retry would do to one stage of a plan or one task of a masterplan. */
export interface RetriedPart {
  /** The name of a stage or the slug of a task. */
  readonly part: string
  readonly state: TaskState
  /** `reopened` is what a failed one had blocked; `goes on` what is still at work. */
  readonly retry: 'reused' | 'runs again' | 'reopened' | 'runs in its turn' | 'goes on' | 'stays skipped'
}

async function outlookOfPlan(
  db: ReadDb,
  { job_id, workspace_id }: JobView,
): Promise<readonly RetriedPart[] | null> {
  const view = workspace_id === null ? undefined : await findWorkspaceById(db, workspace_id)
  if (view?.status !== 'failed' || view.job_id !== job_id || isGivenUp(view.last_error)) return null
  const failed = view.last_error?.stage ?? view.stage
  const from = Math.max(
    0,
    PLAN_STAGES.findIndex((stage) => stage === failed),
  )
  return PLAN_STAGES.map((part, index) => {
    if (index < from) return { part, state: 'completed', retry: 'reused' }
    return index === from
      ? { part, state: 'failed', retry: 'runs again' }
      : { part, state: 'pending', retry: 'runs in its turn' }
  })
}

const OF_TASK: { readonly [S in TaskState]: RetriedPart['retry'] } = {
  completed: 'reused',
  failed: 'runs again',
  blocked: 'reopened',
  pending: 'runs in its turn',
  ready: 'runs in its turn',
  in_progress: 'goes on',
  validating: 'goes on',
  skipped: 'stays skipped',
}

async function outlookOfMasterplan(
  db: ReadDb,
  { job_id, subject_id }: JobView,
): Promise<readonly RetriedPart[] | null> {
  const rows = await db
    .selectFrom('masterplan_tasks as task')
    .innerJoin('masterplans as masterplan', 'masterplan.masterplan_id', 'task.masterplan_id')
    .select(['task.slug', 'task.status'])
    .where('masterplan.masterplan_id', '=', subject_id)
    .where('masterplan.job_id', '=', job_id)
    .where('masterplan.status', '=', 'failed')
    .where((row) => row.not(isReplacedPlan))
    .orderBy('task.task_number')
    .execute()
  if (rows.length === 0) return null
  return rows.map(({ slug, status }) => ({ part: slug, state: status, retry: OF_TASK[status] }))
}

/** What a retry of this job would do, part by part; null when no run waits for a person under it. */
export async function foreseeRetry(db: ReadDb, job: JobView): Promise<readonly RetriedPart[] | null> {
  if (job.status !== 'FAILED') return null
  if (job.kind === 'plan') return outlookOfPlan(db, job)
  return job.kind === 'masterplan' ? outlookOfMasterplan(db, job) : null
}
