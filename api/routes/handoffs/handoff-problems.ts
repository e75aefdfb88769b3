import type { HandoffRefusal } from '../../../contract/handoff/decision.ts'
import { ApiProblem } from '../../../contract/problem.ts'
import { findHandoff, type HandoffOwner, type HandoffView } from '../../../db/read/handoffs.ts'
import type { HandoffDeps } from './handoff-deps.ts'

/** The problem of a build that is absent or somebody else's. */
export function noHandoff(workflow_id: string): ApiProblem {
  return new ApiProblem(
    'NOT_FOUND',
    `You have no build ${workflow_id}. POST /workflows/{project_id}/start begins one and answers its workflow_id.`,
  )
}

/** A build the caller may see; throws ApiProblem (404). */
export async function requireHandoff(
  { db }: Pick<HandoffDeps, 'db'>,
  workflow_id: string,
  owner: HandoffOwner,
): Promise<HandoffView> {
  const handoff = await findHandoff(db.read, workflow_id, owner)
  if (handoff === undefined) throw noHandoff(workflow_id)
  return handoff
}

/** The problem of a wish that a build does not admit. */
export function refuseWish({ code, current_state, allowed, detail }: HandoffRefusal): ApiProblem {
  if (code === 'VALIDATION_FAILED') {
    const errors = [{ pointer: '/phase_result/changes', message: 'is missing' }]
    return new ApiProblem(code, detail, { extras: { errors } })
  }
  return new ApiProblem(code, detail, { extras: { current_state, allowed: [...allowed] } })
}

/** The problem of a wish about the build of a task that nobody works at any more, or not yet. */
export function noRun(current_state: string): ApiProblem {
  return new ApiProblem(
    'INVALID_STATE_TRANSITION',
    'This build belongs to a task, and nobody works at it now. Look at its masterplan: once the task is at work, try again; if it has failed, retry it.',
    { extras: { current_state, allowed: [] } },
  )
}
