import { listMarks } from '../../../db/read/marks.ts'
import { listMasterplans } from '../../../db/read/masterplan-lists.ts'
import { listTaskStates } from '../../../db/read/masterplan-tasks.ts'
import { hasSuccessor } from '../../../db/read/masterplans.ts'
import { toMasterplan, toState } from '../../../db/read/present-masterplan.ts'
import { printMasterplan } from '../../print-masterplan.ts'
import type { Handler } from '../../route.ts'
import { masterplanAnswer } from './change-masterplan.ts'
import type { MasterplanDeps } from './masterplan-deps.ts'
import { requireMasterplan, requireParts } from './masterplan-problems.ts'

/** Lists the caller's masterplans. */
export function createList({ db }: MasterplanDeps): Handler<'listMasterplans'> {
  return async ({ user, query: { status, limit, offset } }) => {
    const page = await listMasterplans(db.read, { user_id: user.sub, status, limit, offset })
    return { status: 200, body: { ...page, limit, offset } }
  }
}

/** Shows a masterplan with everything in it. */
export function createGet(deps: MasterplanDeps): Handler<'getMasterplan'> {
  return ({ params, user }) => masterplanAnswer(deps, user, params.masterplan_id)
}

/** Shows where a masterplan stands. */
export function createGetStatus(deps: MasterplanDeps): Handler<'getMasterplanStatus'> {
  return async ({ params, user }) => {
    const view = await requireMasterplan(deps, user, params)
    const tasks = await listTaskStates(deps.db.read, view.masterplan_id)
    return { status: 200, body: toState(view, tasks), etag: `s${view.version}` }
  }
}

/** Gives a masterplan as a file to keep or to print. */
export function createExport(deps: MasterplanDeps): Handler<'exportMasterplan'> {
  return async ({ params, user, query }) => {
    const parts = await requireParts(deps, user, params)
    const body = toMasterplan(parts)
    const isPrint = query.format === 'markdown'
    const name = `masterplan-${body.masterplan_id.slice(0, 8)}.${isPrint ? 'md' : 'json'}`
    const headers = {
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Type': isPrint ? 'text/markdown; charset=utf-8' : 'application/json; charset=utf-8',
    }
    if (!isPrint) return { status: 200, body, headers }
    const marks = await listMarks(deps.db.read, parts.plan.workspace_id)
    return { status: 200, body: printMasterplan(body, marks), headers }
  }
}

/** Follows the review and the execution of a masterplan. */
export function createStream(deps: MasterplanDeps): Handler<'streamMasterplanEvents'> {
  return async ({ params, query, user, ctx }) => {
    const { masterplan_id } = await requireMasterplan(deps, user, params)
    const readSnapshot = async () => {
      const parts = await requireParts(deps, user, params)
      const { job_id: newest_job_id, last_seq } = parts.plan
      return { snapshot: toMasterplan(parts), newest_job_id, last_seq }
    }
    const isOver = async () => {
      const view = await requireMasterplan(deps, user, params)
      if (view.status === 'completed') return hasSuccessor(deps.db.read, view)
      return view.status === 'rejected' || view.status === 'cancelled'
    }
    const tokenExpiresAt = new Date(user.exp * 1_000)
    const { after } = query
    return deps.streamEvents(ctx, {
      streamId: masterplan_id,
      userId: user.sub,
      tokenExpiresAt,
      after,
      readSnapshot,
      isOver,
    })
  }
}
