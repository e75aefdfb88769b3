import { Plan } from '../../contract/plan.ts'
import { PlanEvidence } from '../../contract/evidence.ts'
import { findNewestJob } from '../../db/read/newest-job.ts'
import { snapshotVersion, toSnapshot } from '../../db/read/workspaces.ts'
import type { Handler, Handlers } from '../route.ts'
import type { AssignmentDeps } from './assignment-deps.ts'
import { createGetRequirements } from './requirements.ts'
import { createGetProgress, createMarkMilestone, createMarkTask } from './progress.ts'
import { createRetryStage } from './retry-stage.ts'
import { createStartAssignment } from './start-assignment.ts'
import { createGetUsage } from './usage.ts'
import { requireArtefact, requireWorkspace } from './workspace-answers.ts'

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
      const newest = await findNewestJob(db.read, workspace_id)
      const view = await requireWorkspace(db, user, params)
      return { snapshot: toSnapshot(view), newest_job_id: newest ?? view.job_id, last_seq: view.last_seq }
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
  | 'getModelUsage'
  | 'getProgress'
  | 'markMilestone'
  | 'markTask'
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
    getModelUsage: createGetUsage(deps.db, deps.budgets),
    getProgress: createGetProgress(deps),
    markMilestone: createMarkMilestone(deps),
    markTask: createMarkTask(deps),
    retryStage: createRetryStage(deps),
  }
}
