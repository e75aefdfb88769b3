import { ApiProblem } from '../../contract/problem.ts'
import { closeEndedRun } from '../../db/intents/close-run.ts'
import { createWorkspace, raiseGeneration, type StartIntent } from '../../db/intents/workspaces.ts'
import { findConnectedCanvas } from '../../db/read/credentials.ts'
import { findWorkspace, snapshotVersion, toSnapshot, type WorkspaceView } from '../../db/read/workspaces.ts'
import type { Answer, Handler } from '../route.ts'
import type { AssignmentDeps } from './assignment-deps.ts'
import { startedAnswer } from './workspace-answers.ts'

// A run that is alive shows it far more often than this.
const SILENT_MS = 60_000
const SUPERSEDED = 'the assignment is planned anew'

async function requireCanvas({ db }: AssignmentDeps, user_id: string): Promise<void> {
  if ((await findConnectedCanvas(db.read, user_id)) !== null) return
  throw new ApiProblem(
    'MISSING_PREREQUISITE',
    'No Canvas is connected yet. Store its address and your key with PUT /users/me/canvas-credentials, then start again.',
    { extras: { missing: 'canvas_credentials' } },
  )
}

function joinedAnswer(view: WorkspaceView) {
  return { status: 200, body: toSnapshot(view), etag: snapshotVersion(view) } as const
}

async function findStarted({ db }: AssignmentDeps, intent: StartIntent): Promise<WorkspaceView> {
  const view = await findWorkspace(db.read, intent)
  if (view === undefined)
    throw new ApiProblem('INTERNAL', 'The assignment was stored but cannot be read. Try again.')
  return view
}

/** Joins the run there is; one that never reached Temporal, or fell silent, is helped on or told to be over. */
async function join(
  deps: AssignmentDeps,
  view: WorkspaceView,
  intent: StartIntent,
): Promise<Answer<'startAssignment'>> {
  const silent = Date.now() - view.updated_at.getTime() > SILENT_MS
  if (view.status !== 'running' || (view.job_status !== 'PENDING' && !silent)) return joinedAnswer(view)
  const ensured = await deps.runs.ensure(view)
  if (ensured.outcome === 'started') return startedAnswer(view)
  if (ensured.outcome === 'running') return joinedAnswer(view)
  await closeEndedRun(deps.db.write, view, ensured.end)
  return joinedAnswer(await findStarted(deps, intent))
}

async function startOrJoin(deps: AssignmentDeps, intent: StartIntent): Promise<Answer<'startAssignment'>> {
  const known = await findWorkspace(deps.db.read, intent)
  if (known !== undefined) return join(deps, known, intent)
  await requireCanvas(deps, intent.user_id)
  await deps.checkTemporal()
  const made = await createWorkspace(deps.db.write, intent)
  const view = await findStarted(deps, intent)
  if (made === null) return join(deps, view, intent)
  return (await deps.runs.start(view)) ? startedAnswer(view) : joinedAnswer(view)
}

async function reprocess(deps: AssignmentDeps, intent: StartIntent): Promise<Answer<'startAssignment'>> {
  await requireCanvas(deps, intent.user_id)
  await deps.checkTemporal()
  const raised = await raiseGeneration(deps.db.write, intent)
  if (raised.outcome === 'absent') return startOrJoin(deps, intent)
  if (raised.outcome === 'busy') {
    throw new ApiProblem(
      'REPROCESS_IN_PROGRESS',
      `Generation ${raised.generation} is already being made by a reprocess. Wait until it is ready or has failed.`,
      { extras: { current_state: 'running' } },
    )
  }
  const view = await findStarted(deps, intent)
  await deps.runs.replace(view)
  // Each is tried, whatever becomes of another: nobody comes back to them.
  const ended = await Promise.allSettled([
    ...raised.masterplan_ids.map((masterplan_id) => deps.masterplanRuns.end(masterplan_id, SUPERSEDED)),
    ...raised.handoff_ids.map((workflow_id) => deps.handoffRuns.end(workflow_id)),
  ])
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return startedAnswer(view)
}

/** Begins planning, joins the run there is, or begins anew. */
export function createStartAssignment(deps: AssignmentDeps): Handler<'startAssignment'> {
  return async ({ params, query, user, requestId, ctx }) => {
    const intent = { ...params, user_id: user.sub, tenant_id: user.tenant_id, request_id: requestId }
    const begin = query.reprocess === 'true' ? reprocess : startOrJoin
    const answer = await begin(deps, intent)
    ctx.state.jobId = answer.body.job_id
    return answer
  }
}
