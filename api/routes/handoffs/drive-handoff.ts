import { createHash, randomUUID } from 'node:crypto'

import { decideWish, stoppedBy, type HandoffWish } from '../../../contract/handoff/decide-wish.ts'
import { ApiProblem } from '../../../contract/problem.ts'
import { keepHandoffIntent } from '../../../db/intents/handoffs.ts'
import {
  findHandoffIntent,
  findMove,
  listPast,
  type HandoffOwner,
  type HandoffView,
  type IntentOutcome,
  type MoveRow,
} from '../../../db/read/handoffs.ts'
import type { HandlerRequest } from '../../route.ts'
import type { HandoffDeps } from './handoff-deps.ts'
import { noRun, refuseWish, requireHandoff } from './handoff-problems.ts'

/** Who asks for what, of which build. */
export interface Asked {
  readonly workflow_id: string
  readonly owner: HandoffOwner
  readonly user_id: string
  readonly wish: HandoffWish
  readonly reason: string | null
  readonly requestId: string | null
  readonly ctx: HandlerRequest<'advanceHandoff'>['ctx']
}

/** An id that is always the same for the same request (RFC 9562, version 8); a new one where the client names none. */
function intentIdOf({ workflow_id, wish, reason, requestId }: Asked): string {
  if (requestId === null) return randomUUID()
  // With what is asked, so that an id used again long after for something else is another wish.
  const asked = JSON.stringify([workflow_id, requestId, wish, reason])
  const hex = createHash('sha256').update(asked).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Refuses what cannot be before a worker is asked for it. */
async function refuseEarly({ db }: HandoffDeps, handoff: HandoffView, wish: HandoffWish): Promise<void> {
  const { state, failed_state, retry_count, is_paused } = handoff
  const past = await listPast(db.read, handoff.workflow_id)
  const build = { state, failed_state, retry_count }
  const decision = decideWish({ build, past, stopped: stoppedBy(handoff), is_paused }, wish)
  if (decision.kind === 'refused') throw refuseWish(decision)
}

export interface Carried {
  readonly move: MoveRow
  readonly limit: Extract<IntentOutcome, { readonly kind: 'moved' }>['limit']
  /** Whether those who follow the build were woken. */
  readonly notified: boolean
}

/** Has a wish carried out by the run of its build; throws ApiProblem (403, 404, 409, 422, 503). */
export async function driveHandoff(deps: HandoffDeps, asked: Asked): Promise<Carried> {
  const { workflow_id, owner, user_id, wish, reason, requestId: request_id, ctx } = asked
  const handoff = await requireHandoff(deps, workflow_id, owner)
  ctx.state['jobId'] = handoff.job_id
  const intent_id = intentIdOf(asked)
  if (request_id === null || (await findHandoffIntent(deps.db.read, intent_id)) === undefined)
    await refuseEarly(deps, handoff, wish)
  const actor = { type: wish.kind === 'rollback' ? 'operator' : 'user', id: user_id } as const
  const body = { wish, actor, reason, request_id }
  await keepHandoffIntent(deps.db.write, { intent_id, workflow_id, body })
  const driven = await deps.runs.drive(handoff, intent_id)
  if (driven === null) throw noRun(handoff.state)
  const outcome = (await findHandoffIntent(deps.db.read, intent_id))?.outcome ?? null
  if (outcome === null)
    throw new ApiProblem('INTERNAL', 'What became of this cannot be read. Look at the status of the build.')
  if (outcome.kind === 'refused') throw refuseWish(outcome)
  const move = await findMove(deps.db.read, outcome.move_id)
  return { move, limit: outcome.limit, notified: driven.notified }
}
