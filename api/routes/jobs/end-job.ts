import { FEEDBACK_STAGES, PLAN_STAGES } from '../../../contract/stages.ts'
import type { JobKind } from '../../../contract/jobs.ts'
import type { Actor } from '../../../contract/machines.ts'
import { closeFeedback } from '../../../db/intents/close-feedback.ts'
import { closeHandoff } from '../../../db/intents/close-handoffs.ts'
import { closeRun } from '../../../db/intents/close-run.ts'
import { acceptCancel } from '../../../db/intents/jobs.ts'
import { keepReason } from '../../../db/intents/reasons.ts'
import type { JobView } from '../../../db/read/jobs.ts'
import { findMasterplan } from '../../../db/read/masterplans.ts'
import { findWorkspaceById } from '../../../db/read/workspaces.ts'
import { PartAway } from '../../../runs/part-away.ts'
import type { JobDeps } from './job-deps.ts'

/** Who ends a job, and why; the code is what its assignment shows of it. */
export interface EndCause {
  readonly actor: Actor
  readonly reason: string
  readonly request_id: string
  readonly code: 'CANCELED' | 'TERMINATED'
}

/** Ends a run whose rows say already that it is over: where Temporal is away, the run finds that out by itself. */
async function unlessAway(ended: Promise<unknown>): Promise<void> {
  try {
    await ended
  } catch (error) {
    if (!(error instanceof PartAway)) throw error
  }
}

async function cancelPlan({ db, planRuns }: JobDeps, job: JobView, { code, ...by }: EndCause): Promise<void> {
  if (job.workspace_id === null) return
  const view = await findWorkspaceById(db.read, job.workspace_id)
  if (view?.job_id !== job.job_id) return
  const { workspace_id, generation, job_id, stage } = view
  await closeRun(db.write, { workspace_id, generation, job_id, stage: stage ?? PLAN_STAGES[0], code }, by)
  await unlessAway(planRuns.end(view, 'its job was canceled'))
}

async function cancelFeedback(
  { db, feedbackRuns }: JobDeps,
  job: JobView,
  { code, ...by }: EndCause,
): Promise<void> {
  const { workspace_id, generation, job_id } = job
  if (workspace_id === null) return
  const stage = FEEDBACK_STAGES.find((known) => known === job.stage) ?? FEEDBACK_STAGES[0]
  await closeFeedback(db.write, { workspace_id, generation, job_id, stage, code }, by)
  await unlessAway(feedbackRuns.end(job_id))
}

async function cancelMasterplan({ db, masterplanRuns }: JobDeps, job: JobView, by: EndCause): Promise<void> {
  const { subject_id: masterplan_id, user_id } = job
  const view = masterplan_id === null ? undefined : await findMasterplan(db.read, { masterplan_id, user_id })
  if (view === undefined) return
  const { actor, reason, request_id } = by
  const reason_id = await keepReason(db.write, view.workspace_id, reason)
  const wish = {
    masterplan_id: view.masterplan_id,
    verb: 'cancel',
    actor,
    reason_id,
    change_id: request_id,
  } as const
  await masterplanRuns.change(view, { ...wish, expected_versions: null })
}

/** A build that was started by itself; that of a task is one step of the run of its masterplan. */
async function cancelBuild(
  { db, handoffRuns }: JobDeps,
  job: JobView,
  { actor, reason, request_id }: EndCause,
): Promise<void> {
  const { subject_id: workflow_id } = job
  if (workflow_id === null) return
  await closeHandoff(db.write, workflow_id, { actor, reason, request_id })
  await unlessAway(handoffRuns.end(workflow_id))
}

async function cancelSubmitted(
  { db, jobRuns }: JobDeps,
  { job_id }: JobView,
  { actor, reason, request_id }: EndCause,
): Promise<void> {
  await acceptCancel(db.write, { job_id, actor, reason, request_id })
  await unlessAway(jobRuns.end(job_id))
}

type Cancel = (deps: JobDeps, job: JobView, by: EndCause) => Promise<void>

/** How a job of each kind is canceled; null where it is no run of its own. */
const CANCELS: { readonly [K in JobKind]: Cancel | null } = {
  submitted: cancelSubmitted,
  plan: cancelPlan,
  milestone_feedback: cancelFeedback,
  assignment_feedback: cancelFeedback,
  masterplan: cancelMasterplan,
  assignment: null,
  milestone: null,
  task: null,
  workflow: cancelBuild,
  phase: null,
}

/** Whether a job is the build of a task, which is one step of the run of its masterplan. */
export const isOfTask = ({ kind, parent_job_id }: JobView): boolean =>
  kind === 'workflow' && parent_job_id !== null

/** Ends the run of a job with all that is open below it, rows first; false where the job is no run of its own. */
export async function endJob(deps: JobDeps, job: JobView, by: EndCause): Promise<boolean> {
  const cancel = isOfTask(job) ? null : CANCELS[job.kind]
  if (cancel === null) return false
  await cancel(deps, job, by)
  return true
}
