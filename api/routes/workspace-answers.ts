import { ApiProblem } from '../../contract/problem.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { findWorkspace, snapshotVersion, toSnapshot, type WorkspaceView } from '../../db/read/workspaces.ts'
import type { Caller } from '../route.ts'

interface AssignmentPath {
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
  const { course_id, assignment_id } = path
  throw new ApiProblem(
    'NOT_FOUND',
    `You have not started assignment ${assignment_id} of course ${course_id}. Start it with POST /assignments/${course_id}/${assignment_id}/start.`,
  )
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
