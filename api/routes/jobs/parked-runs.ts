import { randomUUID } from 'node:crypto'

import { assignmentWorkflowId } from '../../../contract/ids.ts'
import type { JobState } from '../../../contract/machines.ts'
import { isGivenUp } from '../../../contract/run-errors.ts'
import { PLAN_STAGES } from '../../../contract/stages.ts'
import { giveUpRun } from '../../../db/intents/give-up-run.ts'
import { keepReason } from '../../../db/intents/reasons.ts'
import type { JobView } from '../../../db/read/jobs.ts'
import { findMasterplan } from '../../../db/read/masterplans.ts'
import { toJob } from '../../../db/read/present-job.ts'
import { wasMovedBy } from '../../../db/read/transitions.ts'
import { findWorkspaceById, type WorkspaceView } from '../../../db/read/workspaces.ts'
import type { Handler, HandlerRequest } from '../../route.ts'
import { askToRetry } from '../../../runs/retry-stage.ts'
import type { JobDeps } from './job-deps.ts'
import { refuseJob } from './job-problems.ts'
import { requireJob } from './read-jobs.ts'

type Asked = HandlerRequest<'retryJob'>

const NOT_BEGUN = 'Wait until it has run, or cancel it.'

const INSTEAD: { readonly [S in Exclude<JobState, 'FAILED'>]: string } = {
  SUBMITTED: NOT_BEGUN,
  PENDING: NOT_BEGUN,
  RUNNING: 'Wait for what comes of it, or cancel it.',
  COMPLETED: 'There is nothing to do again: GET /jobs/{job_id} shows its result.',
  CANCELED: 'Start it again, or submit it again.',
}

const notParked = ({ status }: JobView) =>
  refuseJob(
    status,
    status === 'FAILED'
      ? 'No run waits for a person under this job: what failed for good is started or submitted again.'
      : `Only a failed job whose run waits for a person is taken up or given up, and this one is ${status}. ${INSTEAD[status]}`,
  )

/** The workspace whose run is parked under this very job; throws ApiProblem (409) where none is. */
async function requireParked({ db }: JobDeps, job: JobView): Promise<WorkspaceView> {
  if (job.kind !== 'plan' || job.status !== 'FAILED' || job.workspace_id === null) throw notParked(job)
  const view = await findWorkspaceById(db.read, job.workspace_id)
  if (view?.status !== 'failed' || view.job_id !== job.job_id || isGivenUp(view.last_error))
    throw notParked(job)
  return view
}

/** The job a workspace went on under when this very request was carried out before. */
async function findRetried(
  { db }: JobDeps,
  { workspace_id }: JobView,
  request_id: string | null,
): Promise<string | undefined> {
  if (workspace_id === null) return undefined
  const wish = { machine: 'workspace', entity_id: workspace_id, wish: 'retry', request_id } as const
  if (!(await wasMovedBy(db.read, wish))) return undefined
  return (await findWorkspaceById(db.read, workspace_id))?.job_id
}

async function retryPlan(deps: JobDeps, job: JobView, asked: Asked): Promise<string> {
  const { db, client } = deps
  const { requestId: request_id, user, body } = asked
  const retried = await findRetried(deps, job, request_id)
  if (retried !== undefined) return retried
  const view = await requireParked(deps, job)
  const { workspace_id, last_error } = view
  const failed = last_error?.stage ?? view.stage
  const stage = PLAN_STAGES.find((each) => each === failed) ?? PLAN_STAGES[0]
  const reason_id = body.reason === undefined ? null : await keepReason(db.write, workspace_id, body.reason)
  const actor = { type: 'user', id: user.sub } as const
  const message = { stage, actor, reason_id, request_id, expected_attempt: view.job_attempt }
  const outcome = await askToRetry(client, assignmentWorkflowId(view), message)
  if (outcome.kind !== 'retried') throw notParked(job)
  return (await findWorkspaceById(db.read, workspace_id))?.job_id ?? job.job_id
}

async function retryMasterplan(deps: JobDeps, job: JobView, asked: Asked): Promise<string> {
  const { db, masterplanRuns } = deps
  const { requestId, user, body } = asked
  const key = { masterplan_id: job.subject_id ?? '', user_id: job.user_id }
  const view = job.subject_id === null ? undefined : await findMasterplan(db.read, key)
  if (view === undefined || view.status !== 'failed' || view.job_id !== job.job_id) throw notParked(job)
  const { masterplan_id, workspace_id } = view
  const reason_id = body.reason === undefined ? null : await keepReason(db.write, workspace_id, body.reason)
  const actor = { type: 'user', id: user.sub } as const
  const change_id = requestId ?? randomUUID()
  const wish = { masterplan_id, verb: 'retry', actor, reason_id, change_id, expected_versions: null } as const
  const outcome = await masterplanRuns.change(view, wish)
  if (outcome?.kind !== 'changed') throw notParked(job)
  return (await findMasterplan(db.read, key))?.job_id ?? job.job_id
}

/** Lets a parked run go on; the answer is the new job it goes on under. */
export function createRetry(deps: JobDeps): Handler<'retryJob'> {
  return async (asked) => {
    const { user, params, ctx } = asked
    const job = await requireJob(deps.db, user, params.job_id)
    const take = job.kind === 'masterplan' ? retryMasterplan : retryPlan
    const job_id = await take(deps, job, asked)
    ctx.state['jobId'] = job_id
    const headers = { Location: `/jobs/${job_id}` }
    return { status: 202, body: toJob(await requireJob(deps.db, user, job_id)), headers }
  }
}

/** Gives a parked run up: it ends, its student is told why, and its job stays failed. */
export function createAbandon(deps: JobDeps): Handler<'abandonJob'> {
  return async ({ user, params, body, requestId: request_id, ctx }) => {
    const job = await requireJob(deps.db, user, params.job_id)
    ctx.state['jobId'] = job.job_id
    const view = await requireParked(deps, job)
    const by = { actor: { type: 'operator', id: user.sub }, reason: body.reason ?? '', request_id } as const
    // The rows first: they tell whether its student has taken it up meanwhile, whose run is not to be ended.
    if (!(await giveUpRun(deps.db.write, view, by))) throw notParked(job)
    await deps.planRuns.end(view, 'given up through its job')
    return { status: 200, body: toJob(await requireJob(deps.db, user, job.job_id)) }
  }
}
