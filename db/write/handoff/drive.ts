import { decideWish } from '../../../contract/handoff/decide-wish.ts'
import type { HandoffMove } from '../../../contract/handoff/decision.ts'
import type { RunErrorCode } from '../../../contract/run-errors.ts'
import type { LastError } from '../../../contract/snapshot.ts'
import type { WriteDb } from '../../open.ts'
import type { IntentBody, IntentOutcome } from '../../tables/handoffs.ts'
import { lastSeq } from '../../read/events.ts'
import { wakeHubs } from '../events.ts'
import { changeHandoff, type HandoffChange, type StateResult } from './handoff-change.ts'
import { HandoffGone } from './handoff-rows.ts'
import type { HandoffView } from './handoff-view.ts'
import { limitError, stopError } from './stop-error.ts'

/** What sort of failure was reported, as the role says or as the state it left implies. */
function codeOf({ wish }: IntentBody, { from }: HandoffMove): RunErrorCode {
  const code = wish.kind === 'advance' ? wish.result.error_code : undefined
  return code ?? (from === 'discovery' || from === 'planning' ? 'NOT_PLANNABLE' : 'RETRIES_EXHAUSTED')
}

/** Why a move ends in error: a limit that was reached, or what the role said that cannot go on. */
function errorOf(body: IntentBody, move: HandoffMove, reason: string | null): { readonly error?: LastError } {
  if (move.to !== 'error') return {}
  if (move.limit !== null) return { error: limitError(move.limit) }
  return { error: stopError(codeOf(body, move), reason ?? 'The work cannot go on.') }
}

/** What a wish says about how a state ended; null when it says nothing. */
function resultOf({ wish }: IntentBody): StateResult | null {
  if (wish.kind !== 'advance' || wish.completed_state === 'error') return null
  return wish.result.reason === undefined ? { body: wish.result } : null
}

/** The words that go with a move: what was asked for it, why the work cannot go on, or what was noted on accepting. */
function wordsOf({ wish, reason }: IntentBody): string | null {
  if (reason !== null || wish.kind !== 'advance') return reason
  const { notes } = wish.result
  if (wish.result.reason !== undefined) return wish.result.reason
  if (wish.result.smoke_test?.passed === false) return 'The released work did not pass its smoke test.'
  return typeof notes === 'string' ? notes : null
}

async function carryOut(change: HandoffChange, body: IntentBody): Promise<IntentOutcome> {
  const decision = decideWish(change.facts, body.wish)
  if (decision.kind === 'refused') return decision
  const reason = wordsOf(body)
  const cause = { actor: body.actor, request_id: body.request_id, reason }
  const details = { result: resultOf(body), ...errorOf(body, decision, reason) }
  return { kind: 'moved', move_id: await change.move(decision, cause, details), limit: decision.limit }
}

export interface Driven {
  readonly view: HandoffView
  /** Whether those who follow the build were woken. */
  readonly notified: boolean
}

/** Carries out what somebody asked of a build, once however often it is sent; the outcome stands beside it. Throws HandoffGone. */
export async function driveHandoff(db: WriteDb, intent_id: string): Promise<Driven> {
  const asked = db.selectFrom('handoff_intents').selectAll().where('intent_id', '=', intent_id)
  const known = await asked.executeTakeFirst()
  if (known === undefined) throw new HandoffGone('there is no such intent')
  const { workflow_id } = known
  const view = await changeHandoff(db, workflow_id, async (change) => {
    // Read again under the lock of the build: the same intent may be carried out beside this.
    const row = await change.trx
      .selectFrom('handoff_intents')
      .select(['body', 'outcome'])
      .where('intent_id', '=', intent_id)
      .executeTakeFirstOrThrow()
    if (row.outcome !== null) return change.view()
    const outcome = JSON.stringify(await carryOut(change, row.body))
    await change.trx
      .updateTable('handoff_intents')
      .set({ outcome })
      .where('intent_id', '=', intent_id)
      .execute()
    return change.view()
  })
  return { view, notified: await wakeHubs(db, workflow_id, await lastSeq(db, workflow_id)) }
}
