import type { WorkspaceState } from '../../contract/machines.ts'
import { ApiProblem } from '../../contract/problem.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { findArtefact, type StoredArtefact } from '../../db/read/artefacts.ts'
import { findWorkspace, snapshotVersion, toSnapshot, type WorkspaceView } from '../../db/read/workspaces.ts'
import type { Caller } from '../route.ts'

export interface AssignmentPath {
  readonly course_id: string
  readonly assignment_id: string
}

/** The caller's own workspace; 404 when it is absent or somebody else's. */
export async function requireWorkspace(
  db: Pick<OpenDatabase, 'read'>,
  user: Caller,
  path: AssignmentPath,
): Promise<WorkspaceView> {
  const view = await findWorkspace(db.read, { user_id: user.sub, ...path })
  if (view !== undefined) return view
  throw notStarted(path)
}

/** The problem of a workspace that is absent or somebody else's. */
export function notStarted({ course_id, assignment_id }: AssignmentPath): ApiProblem {
  const detail = `You have not started assignment ${assignment_id} of course ${course_id}. Start it with POST /assignments/${course_id}/${assignment_id}/start.`
  return new ApiProblem('NOT_FOUND', detail)
}

/** What the newest generation has finished; 404 while there is none. */
export async function requireArtefact(
  db: OpenDatabase,
  view: WorkspaceView,
  kind: 'plan' | 'evidence' | 'requirements',
): Promise<StoredArtefact> {
  const artefact = await findArtefact(db.read, view, kind)
  if (artefact !== undefined) return artefact
  throw kind === 'requirements'
    ? planNotReady(view.status, 'What is asked is not worked out yet.')
    : planNotReady(view.status)
}

/** The problem of a generation without a plan, or without what comes before it, in a workspace of this status. */
export function planNotReady(status: WorkspaceState, what = 'The plan is not ready.'): ApiProblem {
  const next =
    status === 'failed'
      ? 'The run has failed: see last_error of the assignment, then retry the stage or reprocess.'
      : 'Follow the events of the assignment or ask again in a moment.'
  return new ApiProblem('PLAN_NOT_READY', `${what} ${next}`, {
    extras: { current_state: status },
  })
}

/** The answer that work has begun, with where to look next. */
export function startedAnswer(view: WorkspaceView) {
  const status_url = `/assignments/${view.course_id}/${view.assignment_id}`
  const body = {
    ...toSnapshot(view),
    status_url,
    events_url: `${status_url}/events`,
    plan_url: `${status_url}/plan`,
  }
  return { status: 202, body, etag: snapshotVersion(view), headers: { Location: status_url } } as const
}
