import { ApiProblem } from '../../../contract/problem.ts'
import { STATE_DUTIES } from '../../../contract/roles.ts'
import { listResults } from '../../../db/read/handoffs.ts'
import { toHandoffData } from '../../../db/read/present-handoff.ts'
import type { Handler } from '../../route.ts'
import { validationFailed } from '../../parse-request.ts'
import { driveHandoff } from './drive-handoff.ts'
import type { HandoffDeps } from './handoff-deps.ts'
import { requireHandoff } from './handoff-problems.ts'
import { readPhaseResult } from './read-phase-result.ts'

/** Takes the result of a state in and hands the work on. */
export function createAdvanceHandoff(deps: HandoffDeps): Handler<'advanceHandoff'> {
  return async ({ params: { workflow_id }, body, user, requestId, ctx }) => {
    const owner = { user_id: user.sub }
    await requireHandoff(deps, workflow_id, owner)
    const { completed_state, phase_result, role = null, next_state = null } = body
    if (role === null && completed_state !== 'error' && completed_state !== 'complete')
      throw validationFailed([{ pointer: '/role', message: 'is missing' }])
    const result = readPhaseResult({ completed_state, next_state, phase_result })
    const wish = { kind: 'advance', role, completed_state, next_state, result } as const
    const asked = { workflow_id, owner, user_id: user.sub, wish, reason: null, requestId, ctx }
    const { move } = await driveHandoff(deps, asked)
    const standing = await listResults(deps.db.read, move.data.standing)
    const { actor: next_role, description: state_description } = STATE_DUTIES[move.to_state]
    return {
      status: 200,
      body: {
        workflow_id,
        previous_state: move.from_state,
        new_state: move.to_state,
        next_role,
        handoff_data: toHandoffData(move, standing),
        is_complete: move.to_state === 'complete',
        state_description,
      },
    }
  }
}

/** Sends work back to implementation. */
export function createRequestRetry(deps: HandoffDeps): Handler<'requestHandoffRetry'> {
  return async ({ params: { workflow_id }, body: { reason }, user, requestId, ctx }) => {
    const owner = { user_id: user.sub }
    const wish = { kind: 'request_retry' } as const
    const asked = { workflow_id, owner, user_id: user.sub, wish, reason, requestId, ctx }
    const { move, limit, notified } = await driveHandoff(deps, asked)
    return {
      status: 200,
      body: {
        workflow_id,
        retry_requested: limit === null,
        previous_state: 'implementation',
        new_state: move.to_state,
        reason,
        timestamp: move.at.toISOString(),
        notification_sent: notified,
      },
    }
  }
}

/** Takes a build of the tenant back to an earlier phase. */
export function createRollback(deps: HandoffDeps): Handler<'rollbackHandoff'> {
  return async ({ params: { workflow_id }, body, user, requestId, ctx }) => {
    const { reason, target_state } = body
    const owner = { tenant_id: user.workspace_id }
    const wish = { kind: 'rollback', target_state } as const
    const asked = { workflow_id, owner, user_id: user.sub, wish, reason, requestId, ctx }
    const { move, limit } = await driveHandoff(deps, asked)
    if (limit !== null) {
      throw new ApiProblem(
        'INVALID_STATE_TRANSITION',
        'This build was rolled back as often as it may be, so it has stopped with NON_CONVERGENCE. Recover it by an advance from error, or start a new build.',
        { extras: { current_state: 'error', allowed: [] } },
      )
    }
    const { from_state, to_state, undone_phases, at } = move
    const record = { workflow_id, from_state, target_state: to_state, reason, rolled_back_by: user.sub }
    return {
      status: 200,
      body: {
        workflow_id,
        rollback_successful: true,
        new_state: to_state,
        reason,
        rollback_record: { ...record, undone_phases: [...undone_phases], timestamp: at.toISOString() },
      },
    }
  }
}
