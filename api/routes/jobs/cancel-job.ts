import { randomUUID } from 'node:crypto'

import { FEEDBACK_STAGES, PLAN_STAGES } from '../../../contract/stages.ts'
import type { JobKind } from '../../../contract/jobs.ts'
import { isTerminalJob, type Actor } from '../../../contract/machines.ts'
import { closeFeedback } from '../../../db/intents/close-feedback.ts'
import { closeHandoff } from '../../../db/intents/close-handoffs.ts'
import { closeRun } from '../../../db/intents/close-run.ts'
import { acceptCancel } from '../../../db/intents/jobs.ts'
import { keepReason } from '../../../db/intents/reasons.ts'
import type { JobView } from '../../../db/read/jobs.ts'
import { findMasterplan } from '../../../db/read/masterplans.ts'
import { toJob } from '../../../db/read/present-job.ts'
import { wasCanceledBy } from '../../../db/read/transitions.ts'
import { findWorkspaceById } from '../../../db/read/workspaces.ts'
import { PartAway } from '../../part-away.ts'
import type { Handler } from '../../route.ts'
import type { JobDeps } from './job-deps.ts'
import { refuseJob } from './job-problems.ts'
import { requireJob } from './read-jobs.ts'

const USUAL_REASON = 'Job canceled'

interface Cause {
  readonly actor: Actor
  readonly reason: string
  readonly request_id: string | null
}

/** Ends a run whose rows say already that it is over: where Temporal is away, the run finds that out by itself. */
async function unlessAway(ended: Promise<unknown>): Promise<void> {
  try {
    await ended
  } catch (error) {
    if (!(error instanceof PartAway)) throw error
  }
}

async function cancelPlan({ db, planRuns }: JobDeps, job: JobView, by: Cause): Promise<void> {
  if (job.workspace_id === null) return
  const view = await findWorkspaceById(db.read, job.workspace_id)
  if (view?.job_id !== job.job_id) return
  const { workspace_id, generation, job_id, stage } = view
  await closeRun(
    db.write,
    { workspace_id, generation, job_id, stage: stage ?? PLAN_STAGES[0], code: 'CANCELED' },
    by,
  )
  await unlessAway(planRuns.end(view, 'its job was canceled'))
}

async function cancelFeedback({ db, feedbackRuns }: JobDeps, job: JobView, by: Cause): Promise<void> {
  const { workspace_id, generation, job_id } = job
  if (workspace_id === null) return
  const stage = FEEDBACK_STAGES.find((known) => known === job.stage) ?? FEEDBACK_STAGES[0]
  await closeFeedback(db.write, { workspace_id, generation, job_id, stage, code: 'CANCELED' }, by)
  await unlessAway(feedbackRuns.end(job_id))
}

async function cancelMasterplan({ db, masterplanRuns }: JobDeps, job: JobView, by: Cause): Promise<void> {
  const { subject_id: masterplan_id, user_id } = job
  const view = masterplan_id === null ? undefined : await findMasterplan(db.read, { masterplan_id, user_id })
  if (view === undefined) return
  const { actor, reason, request_id } = by
  const reason_id = await keepReason(db.write, view.workspace_id, reason)
  const change_id = request_id ?? randomUUID()
  const wish = { masterplan_id: view.masterplan_id, verb: 'cancel', actor, reason_id, change_id } as const
  await masterplanRuns.change(view, { ...wish, expected_versions: null })
}

/** A build that was started by itself; that of a task is one step of the run of its masterplan. */
async function cancelBuild({ db, handoffRuns }: JobDeps, job: JobView, by: Cause): Promise<void> {
  const { subject_id: workflow_id } = job
  if (workflow_id === null) return
  await closeHandoff(db.write, workflow_id, by)
  await unlessAway(handoffRuns.end(workflow_id))
}

async function cancelSubmitted({ db, jobRuns }: JobDeps, { job_id }: JobView, by: Cause): Promise<void> {
  await acceptCancel(db.write, { job_id, ...by })
  await unlessAway(jobRuns.end(job_id))
}

type Cancel = (deps: JobDeps, job: JobView, by: Cause) => Promise<void>

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

const isOfTask = ({ kind, parent_job_id }: JobView): boolean => kind === 'workflow' && parent_job_id !== null

function whatToCancel({ kind }: JobView): string {
  if (kind === 'assignment')
    return 'An assignment is no run of its own: cancel the plan, feedback or masterplan below it.'
  if (kind === 'phase') return 'A phase is no run of its own: cancel the job of the build above it.'
  if (kind === 'workflow')
    return 'The build of a task is a part of its masterplan: cancel the job of the masterplan above it.'
  return `A ${kind} is no run of its own: cancel the job of the masterplan above it.`
}

const noWay = (job: JobView) => refuseJob(job.status, whatToCancel(job))

const isOver = ({ status }: JobView) =>
  refuseJob(status, `The job is ${status} already: there is nothing to cancel.`)

const notNow = ({ kind, status }: JobView) =>
  refuseJob(
    status,
    `The ${kind} does not admit it as it stands: look at it first. A draft is approved or rejected.`,
  )

/** Cancels a job with all that is open below it. */
export function createCancel(deps: JobDeps): Handler<'cancelJob'> {
  const { db } = deps
  return async ({ user, params: { job_id }, body, requestId: request_id, ctx }) => {
    const job = await requireJob(db, user, job_id)
    ctx.state['jobId'] = job_id
    if (isTerminalJob(job.status)) {
      // The first answer may have been lost although the wish was carried out.
      const isRepeated = request_id !== null && (await wasCanceledBy(db.read, job_id, request_id))
      if (isRepeated) return { status: 200, body: toJob(job) }
      throw isOver(job)
    }
    const by = {
      actor: { type: 'user', id: user.sub },
      reason: body.reason ?? USUAL_REASON,
      request_id: request_id ?? randomUUID(),
    } as const
    const cancel = isOfTask(job) ? null : CANCELS[job.kind]
    if (cancel === null) throw noWay(job)
    await cancel(deps, job, by)
    const now = await requireJob(db, user, job_id)
    if (!isTerminalJob(now.status)) throw notNow(now)
    // It may have come to its end first, or somebody else canceled it.
    if (!(await wasCanceledBy(db.read, job_id, by.request_id))) throw isOver(now)
    return { status: 200, body: toJob(now) }
  }
}
