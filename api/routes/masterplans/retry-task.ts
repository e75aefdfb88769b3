import { randomUUID } from 'node:crypto'

import { canRetryTask, nameTaskRetry } from '../../../contract/execution/plan-controls.ts'
import { allowedMoves } from '../../../contract/machines.ts'
import type { TaskState } from '../../../contract/machines/masterplan-machines.ts'
import { ApiProblem } from '../../../contract/problem.ts'
import { keepReason } from '../../../db/intents/reasons.ts'
import { findOwnTask } from '../../../db/read/masterplan-tasks.ts'
import { wasMovedBy } from '../../../db/read/transitions.ts'
import type { TaskRetryOutcome } from '../../../workflows/messages.ts'
import type { Handler } from '../../route.ts'
import type { MasterplanDeps } from './masterplan-deps.ts'
import { refuseOutdated, refuseState, requireMasterplan } from './masterplan-problems.ts'

function noTask(masterplan_id: string, task_id: string): ApiProblem {
  return new ApiProblem(
    'NOT_FOUND',
    `This masterplan has no task ${task_id}. GET /masterplans/${masterplan_id} lists its tasks.`,
  )
}

const IN_ITS_TURN = 'It is worked in its turn: wait for it.'
const AT_WORK = 'It is at work: wait for what comes of it.'

const INSTEAD: { readonly [S in TaskState]: string } = {
  pending: IN_ITS_TURN,
  ready: IN_ITS_TURN,
  in_progress: AT_WORK,
  validating: AT_WORK,
  failed: 'It failed meanwhile: send the retry again.',
  completed: 'There is nothing to do again: look at the files it left.',
  blocked: 'Retry the failed task that its blocked_by names: it opens again with that one.',
  skipped: 'Its masterplan was cancelled: make a new one with POST /masterplans.',
}

function refuseTask(status: TaskState): ApiProblem {
  return new ApiProblem(
    'INVALID_STATE_TRANSITION',
    `Only a failed task is retried, and this one is ${status.replace('_', ' ')}. ${INSTEAD[status]}`,
    { extras: { current_state: status, allowed: [...allowedMoves('task', status)] } },
  )
}

function refuse(
  outcome: Exclude<TaskRetryOutcome, { readonly kind: 'retried' }>,
  { masterplan_id, task_id }: { readonly masterplan_id: string; readonly task_id: string },
): ApiProblem {
  if (outcome.kind === 'unknown') return noTask(masterplan_id, task_id)
  if (outcome.kind === 'task_refuses') return refuseTask(outcome.status)
  return outcome.kind === 'outdated'
    ? refuseOutdated(outcome.status)
    : refuseState(outcome.status, 'task retry')
}

/** Has a failed task tried again. */
export function createRetryTask(deps: MasterplanDeps): Handler<'retryMasterplanTask'> {
  return async ({ params, user, requestId, body, ctx }) => {
    const view = await requireMasterplan(deps, user, params)
    const { masterplan_id, workspace_id, status } = view
    const { task_id } = params
    ctx.state['jobId'] = view.job_id
    const task = await findOwnTask(deps.db.read, masterplan_id, task_id)
    if (task === undefined) throw noTask(masterplan_id, task_id)
    const wished = {
      machine: 'task',
      entity_id: task_id,
      wish: nameTaskRetry(task_id),
      request_id: requestId,
    } as const
    if (!(await wasMovedBy(deps.db.read, wished)) && !canRetryTask(status, task)) {
      throw task.status === 'failed' ? refuseState(status, 'task retry') : refuseTask(task.status)
    }
    const reason_id =
      body.reason === undefined ? null : await keepReason(deps.db.write, workspace_id, body.reason)
    const actor = { type: 'user', id: user.sub } as const
    const change_id = requestId ?? randomUUID()
    const wish = { masterplan_id, task_id, actor, reason_id, change_id }
    const outcome = await deps.runs.retryTask(view, wish)
    if (outcome === null)
      throw refuseState((await requireMasterplan(deps, user, params)).status, 'task retry')
    if (outcome.kind !== 'retried') throw refuse(outcome, wish)
    const { attempt, reopened_tasks } = outcome
    return {
      status: 200,
      body: { masterplan_id, task_id, status: 'pending', attempt, reopened_tasks: [...reopened_tasks] },
    }
  }
}
