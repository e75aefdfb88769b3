import { assignmentWorkflowId } from '../../contract/ids.ts'
import { allowedMoves } from '../../contract/machines.ts'
import { ApiProblem } from '../../contract/problem.ts'
import type { PlanStage } from '../../contract/stages.ts'
import { keepReason } from '../../db/intents/reasons.ts'
import { reopenClosedRun } from '../../db/intents/reopen.ts'
import { wasMovedBy } from '../../db/read/transitions.ts'
import { findWorkspace, type WorkspaceView } from '../../db/read/workspaces.ts'
import type { RetryRefusal, RetryStageMessage } from '../../workflows/messages.ts'
import type { Handler } from '../route.ts'
import { askToRetry } from '../../runs/retry-stage.ts'
import type { AssignmentDeps } from './assignment-deps.ts'
import { requireWorkspace, startedAnswer } from './workspace-answers.ts'

const REFUSALS: { readonly [R in RetryRefusal]: string } = {
  NOT_PARKED: 'The run does not wait for a retry any more.',
  OTHER_STAGE: 'The run waits at another stage.',
  OTHER_ATTEMPT: 'Another attempt has been made since.',
  CHANGED: 'The run changed meanwhile.',
}

function refuse(view: WorkspaceView, why: string): ApiProblem {
  const detail = `${why} Look at the assignment again before you decide.`
  const allowed = [...allowedMoves('workspace', view.status)]
  return new ApiProblem('INVALID_STATE_TRANSITION', detail, {
    extras: { current_state: view.status, allowed },
  })
}

function findRefusal(view: WorkspaceView, stage: PlanStage, expected: number | undefined): string | null {
  if (view.status !== 'failed') return `Only a failed run can be retried; this one is ${view.status}.`
  const failed = view.last_error?.stage ?? view.stage
  if (failed !== stage) return `The run failed at ${failed ?? 'its beginning'}, not at ${stage}.`
  if (expected !== undefined && expected !== view.job_attempt) {
    return `This is attempt ${view.job_attempt}, not ${expected}.`
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
  if (reopened === 'changed') throw refuse(view, REFUSALS.CHANGED)
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
    if (outcome.kind === 'refused') throw refuse(view, REFUSALS[outcome.why])
    if (outcome.kind === 'gone') await reopen(deps, view, cause)
    const retried = await requireWorkspace(db, user, params)
    ctx.state.jobId = retried.job_id
    return startedAnswer(retried)
  }
}
