import { assignmentWorkflowId } from '../../contract/ids.ts'
import { allowedMoves } from '../../contract/machines.ts'
import { ApiProblem } from '../../contract/problem.ts'
import type { PlanStage } from '../../contract/stages.ts'
import { reopenClosedRun } from '../../db/intents/reopen.ts'
import type { WorkspaceView } from '../../db/read/workspaces.ts'
import type { RetryRefusal, RetryStageMessage } from '../../workflows/messages.ts'
import type { Handler } from '../route.ts'
import { askToRetry } from '../temporal/retry-stage.ts'
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

/** Lets a failed run go on: a parked one by an Update, one whose workflow is gone by a fresh workflow. */
export function createRetryStage(deps: AssignmentDeps): Handler<'retryStage'> {
  return async ({ params, body, user, requestId }) => {
    const view = await requireWorkspace(deps.db, user, params)
    const { stage } = params
    const refusal = findRefusal(view, stage, body.expected_attempt)
    if (refusal !== null) throw refuse(view, refusal)
    const cause = {
      actor: { type: 'user', id: user.sub },
      reason: body.reason ?? null,
      request_id: requestId,
    } as const
    const message: RetryStageMessage = { stage, expected_attempt: view.job_attempt, ...cause }
    const outcome = await askToRetry(deps.client, assignmentWorkflowId(view), message)
    if (outcome.kind === 'refused') throw refuse(view, REFUSALS[outcome.why])
    if (outcome.kind === 'gone') {
      const { workspace_id, generation, job_id: failed_job_id } = view
      const reopened = await reopenClosedRun(deps.db.write, {
        workspace_id,
        generation,
        failed_job_id,
        stage,
        ...cause,
      })
      if (reopened === 'changed') throw refuse(view, REFUSALS.CHANGED)
      await deps.runs.ensure(await requireWorkspace(deps.db, user, params))
    }
    return startedAnswer(await requireWorkspace(deps.db, user, params))
  }
}
