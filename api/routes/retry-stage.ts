import { assignmentWorkflowId } from '../../contract/ids.ts'
import { allowedMoves, type WorkspaceState } from '../../contract/machines.ts'
import { ApiProblem } from '../../contract/problem.ts'
import { PLAN_STAGES, type PlanStage } from '../../contract/stages.ts'
import { keepReason } from '../../db/intents/reasons.ts'
import { reopenClosedRun } from '../../db/intents/reopen.ts'
import { wasMovedBy } from '../../db/read/transitions.ts'
import { findWorkspace, type WorkspaceView } from '../../db/read/workspaces.ts'
import type { RetryRefusal, RetryStageMessage } from '../../workflows/messages.ts'
import type { Handler } from '../route.ts'
import { askToRetry } from '../../runs/retry-stage.ts'
import type { AssignmentDeps } from './assignment-deps.ts'
import { requireWorkspace, startedAnswer } from './workspace-answers.ts'

const MEANWHILE: { readonly [R in RetryRefusal]: string } = {
  NOT_PARKED: 'The run does not wait for a retry any more.',
  OTHER_STAGE: 'The run waits at another stage.',
  OTHER_ATTEMPT: 'Another attempt has been made since.',
  CHANGED: 'The run changed meanwhile.',
}

const pathOf = ({ course_id, assignment_id }: WorkspaceView): string =>
  `/assignments/${course_id}/${assignment_id}`

function refuse(view: WorkspaceView, detail: string): ApiProblem {
  const allowed = [...allowedMoves('workspace', view.status)]
  return new ApiProblem('INVALID_STATE_TRANSITION', detail, {
    extras: { current_state: view.status, allowed },
  })
}

function refuseMeanwhile(view: WorkspaceView, why: RetryRefusal): ApiProblem {
  return refuse(view, `${MEANWHILE[why]} GET ${pathOf(view)} says where it stands; then decide again.`)
}

const NOT_FAILED: { readonly [S in Exclude<WorkspaceState, 'failed'>]: (path: string) => string } = {
  idle: (path) => `Nothing has been planned yet. Begin with POST ${path}/start.`,
  running: (path) => `The run is under way. Follow it with GET ${path}/events; retry it if it fails.`,
  ready: (path) =>
    `Nothing failed: the plan is ready. Read it with GET ${path}/plan, or plan anew with POST ${path}/start?reprocess=true.`,
}

function findRefusal(view: WorkspaceView, stage: PlanStage, expected: number | undefined): string | null {
  const path = pathOf(view)
  if (view.status !== 'failed') return NOT_FAILED[view.status](path)
  const failed = view.last_error?.stage ?? view.stage ?? PLAN_STAGES[0]
  if (failed !== stage)
    return `The run failed at ${failed}, not at ${stage}. Retry it with POST ${path}/stages/${failed}/retry.`
  if (expected !== undefined && expected !== view.job_attempt) {
    return `This is attempt ${view.job_attempt}, not ${expected}. GET ${path} says why it failed; then send expected_attempt ${view.job_attempt}, or leave it out.`
  }
  return null
}

/** Takes a run up again whose workflow is gone, under a fresh one. */
async function reopen(
  { db, runs }: AssignmentDeps,
  view: WorkspaceView,
  cause: Pick<RetryStageMessage, 'stage' | 'actor' | 'reason_id' | 'request_id'>,
): Promise<void> {
  const { workspace_id, generation, job_id: failed_job_id } = view
  const reopened = await reopenClosedRun(db.write, { workspace_id, generation, failed_job_id, ...cause })
  if (reopened === 'changed') throw refuseMeanwhile(view, 'CHANGED')
  const fresh = await findWorkspace(db.read, view)
  if (fresh !== undefined) await runs.ensure(fresh)
}

/** Lets a failed run go on: a parked one by an Update, one whose workflow is gone by a fresh workflow. */
export function createRetryStage(deps: AssignmentDeps): Handler<'retryStage'> {
  return async ({ params, body, user, requestId: request_id, ctx }) => {
    const { db, client } = deps
    const view = await requireWorkspace(db, user, params)
    // The first answer may have been lost although the wish was carried out.
    const wish = { machine: 'workspace', entity_id: view.workspace_id, wish: 'retry', request_id } as const
    if (await wasMovedBy(db.read, wish)) return startedAnswer(view)
    const { stage } = params
    const refusal = findRefusal(view, stage, body.expected_attempt)
    if (refusal !== null) throw refuse(view, refusal)
    const reason_id =
      body.reason === undefined ? null : await keepReason(db.write, view.workspace_id, body.reason)
    const cause = { stage, actor: { type: 'user', id: user.sub }, reason_id, request_id } as const
    const message = { ...cause, expected_attempt: view.job_attempt }
    const outcome = await askToRetry(client, assignmentWorkflowId(view), message)
    if (outcome.kind === 'refused') throw refuseMeanwhile(view, outcome.why)
    if (outcome.kind === 'gone') await reopen(deps, view, cause)
    const retried = await requireWorkspace(db, user, params)
    ctx.state.jobId = retried.job_id
    return startedAnswer(retried)
  }
}
