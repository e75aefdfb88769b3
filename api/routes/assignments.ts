import { Plan } from '../../contract/plan.ts'
import { PlanEvidence } from '../../contract/evidence.ts'
import { ApiProblem } from '../../contract/problem.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { findArtefact } from '../../db/read/artefacts.ts'
import { snapshotVersion, toSnapshot, type WorkspaceView } from '../../db/read/workspaces.ts'
import type { Handler, Handlers } from '../route.ts'
import type { AssignmentDeps } from './assignment-deps.ts'
import { createGetRequirements } from './requirements.ts'
import { createRetryStage } from './retry-stage.ts'
import { createStartAssignment } from './start-assignment.ts'
import { requireWorkspace } from './workspace-answers.ts'

async function requireArtefact(db: OpenDatabase, view: WorkspaceView, kind: 'plan' | 'evidence') {
  const artefact = await findArtefact(db.read, view, kind)
  if (artefact !== undefined) return artefact
  const next =
    view.status === 'failed'
      ? 'The run has failed: see last_error of the assignment, then retry the stage or reprocess.'
      : 'Follow the events of the assignment or ask again in a moment.'
  throw new ApiProblem('PLAN_NOT_READY', `The plan is not ready. ${next}`, {
    extras: { current_state: view.status },
  })
}

function createGetAssignment({ db }: AssignmentDeps): Handler<'getAssignment'> {
  return async ({ params, user }) => {
    const view = await requireWorkspace(db, user, params)
    return { status: 200, body: toSnapshot(view), etag: snapshotVersion(view) }
  }
}

function createGetPlan({ db }: AssignmentDeps): Handler<'getPlan'> {
  return async ({ params, user }) => {
    const { body, sha256 } = await requireArtefact(db, await requireWorkspace(db, user, params), 'plan')
    return { status: 200, body: Plan.parse(body), etag: sha256 }
  }
}

function createGetPlanEvidence({ db }: AssignmentDeps): Handler<'getPlanEvidence'> {
  return async ({ params, user }) => {
    const { body, sha256 } = await requireArtefact(db, await requireWorkspace(db, user, params), 'evidence')
    return { status: 200, body: PlanEvidence.parse(body), etag: sha256 }
  }
}

function createStreamEvents({ db, streamEvents }: AssignmentDeps): Handler<'streamAssignmentEvents'> {
  return async ({ params, query, user, ctx }) => {
    const { workspace_id } = await requireWorkspace(db, user, params)
    const readSnapshot = async () => {
      const view = await requireWorkspace(db, user, params)
      return { snapshot: toSnapshot(view), last_seq: view.last_seq }
    }
    const tokenExpiresAt = new Date(user.exp * 1_000)
    return streamEvents(ctx, {
      streamId: workspace_id,
      userId: user.sub,
      tokenExpiresAt,
      after: query.after,
      readSnapshot,
    })
  }
}

type AssignmentOperation =
  | 'startAssignment'
  | 'getAssignment'
  | 'streamAssignmentEvents'
  | 'getPlan'
  | 'getPlanEvidence'
  | 'getRequirements'
  | 'retryStage'

/** The handlers of everything below /assignments. */
export function createAssignmentHandlers(deps: AssignmentDeps): Handlers<AssignmentOperation> {
  return {
    startAssignment: createStartAssignment(deps),
    getAssignment: createGetAssignment(deps),
    streamAssignmentEvents: createStreamEvents(deps),
    getPlan: createGetPlan(deps),
    getPlanEvidence: createGetPlanEvidence(deps),
    getRequirements: createGetRequirements(deps),
    retryStage: createRetryStage(deps),
  }
}
