import { ApiProblem } from '../../../contract/problem.ts'
import { Uuid } from '../../../contract/primitives.ts'
import { STATE_DUTIES } from '../../../contract/roles.ts'
import { acceptHandoff } from '../../../db/intents/handoffs.ts'
import { findProjectPlan, type ProjectPlan } from '../../../db/read/handoffs.ts'
import type { Caller, Handler } from '../../route.ts'
import type { HandoffDeps } from './handoff-deps.ts'
import { requireHandoff } from './handoff-problems.ts'

// Builds of tasks are named `<task_id>:<attempt>`; nobody else takes such a name in a masterplan.
const TASK_BUILD = /^[0-9a-f-]{36}:\d+$/i

function conflict(detail: string): ApiProblem {
  return new ApiProblem('CONFLICT', detail)
}

function refuseReplaced(): ApiProblem {
  return new ApiProblem(
    'INVALID_STATE_TRANSITION',
    'The assignment was planned anew since, so no build is started under this masterplan. Start it under the one that replaces it, which the assignment names once it is ready, or under a name of your own.',
  )
}

/** The masterplan that a project is, null for a name alone; refuses that of somebody else, and in one's own the names its tasks take. */
async function requireProject(
  { db }: HandoffDeps,
  user: Caller,
  { project_id, build_id }: { readonly project_id: string; readonly build_id: string },
): Promise<ProjectPlan | null> {
  if (!Uuid.safeParse(project_id).success) return null
  const plan = await findProjectPlan(db.read, project_id)
  if (plan === undefined) return null
  if (plan.user_id !== user.sub) {
    throw new ApiProblem(
      'NOT_FOUND',
      `You have no project ${project_id}. Name a masterplan of yours, or use a name of your own.`,
    )
  }
  if (TASK_BUILD.test(build_id))
    throw conflict('Build ids of this form belong to the tasks of the masterplan. Choose another one.')
  return plan
}

/** Starts a build: it begins in discovery, and waits for its roles or has them work by themselves. */
export function createStartHandoff(deps: HandoffDeps): Handler<'startHandoff'> {
  return async ({ params: { project_id }, user, body, requestId, ctx }) => {
    const { build_id, requirements, metadata = {}, autorun } = body
    const plan = await requireProject(deps, user, { project_id, build_id })
    await deps.checkTemporal()
    const owner = { user_id: user.sub, tenant_id: user.workspace_id }
    const intent = {
      ...owner,
      project_id,
      plan,
      build_id,
      requirements,
      metadata,
      autorun,
      request_id: requestId,
    }
    const accepted = await acceptHandoff(deps.db.write, intent)
    if (accepted.kind === 'replaced') throw refuseReplaced()
    if (accepted.kind === 'taken')
      throw conflict(`The project ${project_id} has a build ${build_id} already. Choose another build_id.`)
    const { workflow_id } = accepted
    const handoff = await requireHandoff(deps, workflow_id, { user_id: user.sub })
    ctx.state['jobId'] = handoff.job_id
    await deps.runs.start(handoff)
    const { actor, task } = STATE_DUTIES.discovery
    const next = { current_role: actor, next_role: actor, instructions: task }
    return {
      status: 201,
      body: { workflow_id, build_id, initial_state: 'discovery', status: 'started', ...next },
    }
  }
}
