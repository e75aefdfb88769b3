import { cancelHandoffs } from '../handoff/cancel-handoff.ts'
import { insertHandoff } from '../handoff/insert-handoff.ts'
import { SYSTEM } from '../run-steps.ts'
import type { Cause, PlanChange } from './plan-change.ts'
import type { TaskRow } from './plan-rows.ts'

const TASK_DEPTH = 3

/**
 * The build of an attempt at a task that makes something, begun in discovery below the job of the attempt; the same
 * attempt has one build. Null for a task that is one step.
 */
export async function ensureBuild(
  { trx, plan }: PlanChange,
  task: TaskRow,
  { attempt, job_id }: { readonly attempt: number; readonly job_id: string },
): Promise<string | null> {
  if (task.deliverable === '') return null
  const build_id = `${task.task_id}:${attempt}`
  const known = await trx
    .selectFrom('handoffs')
    .select('workflow_id')
    .where('task_id', '=', task.task_id)
    .where('build_id', '=', build_id)
    .executeTakeFirst()
  if (known !== undefined) return known.workflow_id
  const { tenant_id, user_id, masterplan_id, workspace_id, generation, workspace_path } = plan
  const { task_id, name, description, deliverable, validation } = task
  const build = {
    tenant_id,
    user_id,
    project_id: masterplan_id,
    build_id,
    autorun: true,
    requirements: { title: name, description, deliverable, done_when: validation.map(({ text }) => text) },
    metadata: {},
    task: { masterplan_id, task_id, workspace_id, generation, job_id, depth: TASK_DEPTH, workspace_path },
  }
  return insertHandoff(trx, build, { actor: SYSTEM, reason: null, request_id: null })
}

/** Stops every build of a masterplan that is not over: what it has come to stays as it is, and who follows it is told. */
export async function cancelBuilds(change: PlanChange, { actor, change_id }: Cause): Promise<void> {
  const open = await change.trx
    .selectFrom('handoffs')
    .innerJoin('processing_jobs as job', 'job.job_id', 'handoffs.job_id')
    .select('workflow_id')
    .where('masterplan_id', '=', change.plan.masterplan_id)
    .where('job.status', 'in', ['PENDING', 'RUNNING'])
    .orderBy('workflow_id')
    .execute()
  const stopped = { actor, reason: 'Its masterplan was cancelled.', request_id: change_id }
  const ids = open.map(({ workflow_id }) => workflow_id)
  for (const [stream, seq] of await cancelHandoffs(change.trx, ids, stopped)) change.wake(stream, seq)
}
