import { ApiProblem } from '../../../contract/problem.ts'
import { Uuid } from '../../../contract/primitives.ts'
import { acceptMasterplan, type MasterplanRefusal } from '../../../db/intents/masterplans.ts'
import type { Handler } from '../../route.ts'
import type { MasterplanDeps } from './masterplan-deps.ts'
import { requireMasterplan } from './masterplan-problems.ts'

function refusal(outcome: MasterplanRefusal, discovery_id: string): ApiProblem {
  if (outcome.kind === 'absent') {
    return new ApiProblem(
      'NOT_FOUND',
      `You have no assignment with the discovery ${discovery_id}. The snapshot of an assignment names its discovery_id; a reprocess gives it a new one.`,
    )
  }
  if (outcome.kind === 'no_plan') {
    return new ApiProblem(
      'MISSING_PREREQUISITE',
      'There is no plan to make a masterplan of yet. Follow the events of the assignment and ask again once the plan is ready.',
      { extras: { missing: 'plan' } },
    )
  }
  return new ApiProblem(
    'MASTERPLAN_GENERATION_FAILED',
    `No masterplan can be made of this plan: ${outcome.faults.join(' ')} Reprocess the assignment.`,
  )
}

/** Makes a masterplan of a finished plan, or finds the one there is. */
export function createCreateMasterplan(deps: MasterplanDeps): Handler<'createMasterplan'> {
  return async ({ user, body, requestId, ctx }) => {
    const discovery_id = Uuid.safeParse(body.discovery_id).data
    if (discovery_id === undefined) {
      throw new ApiProblem('INVALID_REQUEST', 'discovery_id must be a UUID: take it from the snapshot.')
    }
    await deps.checkTemporal()
    const intent = { user_id: user.sub, discovery_id, session_id: body.session_id, request_id: requestId }
    const outcome = await acceptMasterplan(deps.db.write, intent)
    if (!('masterplan_id' in outcome)) throw refusal(outcome, discovery_id)
    const { masterplan_id, status } = outcome
    const view = await requireMasterplan(deps, user, { masterplan_id })
    ctx.state['jobId'] = view.job_id
    const isNew = outcome.kind === 'created'
    if (isNew) await deps.runs.start(view)
    const message = isNew
      ? `A draft with ${view.total_tasks} tasks waits for review: approve or reject it.`
      : 'This plan has a masterplan already.'
    return { status: isNew ? 201 : 200, body: { masterplan_id, status, message } }
  }
}
