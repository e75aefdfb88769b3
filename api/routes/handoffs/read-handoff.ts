import { stoppedBy } from '../../../contract/handoff/decide-wish.ts'
import {
  findHandoffParts,
  listHandoffMoves,
  sumUpHandoffs,
  type HandoffParts,
} from '../../../db/read/handoffs.ts'
import { toRecords, toStatus } from '../../../db/read/present-handoff.ts'
import type { Caller, Handler } from '../../route.ts'
import type { HandoffDeps } from './handoff-deps.ts'
import { noHandoff, requireHandoff } from './handoff-problems.ts'

async function requireParts({ db }: HandoffDeps, workflow_id: string, user: Caller): Promise<HandoffParts> {
  const parts = await findHandoffParts(db.read, workflow_id, { user_id: user.sub })
  if (parts === undefined) throw noHandoff(workflow_id)
  return parts
}

/** Shows where a build stands. */
export function createGetStatus(deps: HandoffDeps): Handler<'getHandoffStatus'> {
  return async ({ params: { workflow_id }, user }) => ({
    status: 200,
    body: toStatus(await requireParts(deps, workflow_id, user), new Date()),
  })
}

/** Lists the moves of a build. */
export function createGetHistory(deps: HandoffDeps): Handler<'getHandoffHistory'> {
  return async ({ params: { workflow_id }, user, query: { limit, offset } }) => {
    await requireHandoff(deps, workflow_id, { user_id: user.sub })
    const { total, ...told } = await listHandoffMoves(deps.db.read, workflow_id, { limit, offset })
    const handoffs = toRecords(told)
    return { status: 200, body: { workflow_id, handoff_count: total, handoffs, total, limit, offset } }
  }
}

/** Sums up the caller's builds of a project. */
export function createGetStats({ db }: HandoffDeps): Handler<'getHandoffStats'> {
  return async ({ params: { project_id }, user }) => ({
    status: 200,
    body: await sumUpHandoffs(db.read, { user_id: user.sub, project_id }),
  })
}

/** Follows a build. */
export function createStream(deps: HandoffDeps): Handler<'streamHandoffEvents'> {
  return async ({ params: { workflow_id }, query: { after }, user, ctx }) => {
    await requireHandoff(deps, workflow_id, { user_id: user.sub })
    const readSnapshot = async () => {
      const parts = await requireParts(deps, workflow_id, user)
      const { job_id: newest_job_id, last_seq } = parts.handoff
      return { snapshot: toStatus(parts, new Date()), newest_job_id, last_seq }
    }
    const isOver = async () => {
      const handoff = await requireHandoff(deps, workflow_id, { user_id: user.sub })
      return handoff.state === 'complete' || stoppedBy(handoff) !== null
    }
    const tokenExpiresAt = new Date(user.exp * 1_000)
    const about = { streamId: workflow_id, userId: user.sub, tokenExpiresAt, after }
    return deps.streamEvents(ctx, { ...about, readSnapshot, isOver })
  }
}
