import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'

import { stoppedBy, type HandoffFacts } from '../../../contract/handoff/decide-wish.ts'
import type { HandoffMove } from '../../../contract/handoff/decision.ts'
import { attemptOf, takenBack, type PastMove } from '../../../contract/handoff/past.ts'
import type { Actor } from '../../../contract/machines.ts'
import type { LastError } from '../../../contract/snapshot.ts'
import type { WriteDb } from '../../open.ts'
import type { Database } from '../../schema.ts'
import { appendEvents, wakeHubs, type NewEvent } from '../events.ts'
import { listPast } from '../../read/handoffs.ts'
import { errorOfEnd } from '../say-end.ts'
import { storable } from '../storable.ts'
import { recordTransition } from '../transitions.ts'
import { endJobs, jobOf, reopenJob, takeUpJobs } from './build-jobs.ts'
import { handoffEvent } from './handoff-events.ts'
import { lockHandoff, type LockedHandoff } from './handoff-rows.ts'
import { viewOf, type HandoffView } from './handoff-view.ts'

const LONGEST_NOTE = 500
const ENDED = { what: 'this build', next: 'Start a new one to go on.' }

/** Who wanted a move, and why. */
export interface HandoffCause {
  readonly actor: Actor
  readonly reason: string | null
  readonly request_id: string | null
}

/** What a state ended with. */
export interface StateResult {
  readonly body: Readonly<Record<string, unknown>>
  readonly provenance?: unknown
}

export interface MoveDetails {
  /** What the state that is left ended with; null where it did not come to an end. */
  readonly result: StateResult | null
  /** Why the build stops, where the move leads to error. */
  readonly error?: LastError
}

/** One transaction on a build: everything that changes in it, written with the events that tell of it. */
export class HandoffChange {
  readonly trx: Transaction<Database>
  readonly #loaded: LockedHandoff
  #row: LockedHandoff
  #past: readonly PastMove[]
  readonly #events: NewEvent[] = []
  #changed = false

  constructor(trx: Transaction<Database>, row: LockedHandoff, past: readonly PastMove[]) {
    this.trx = trx
    this.#loaded = row
    this.#row = row
    this.#past = past
  }

  get row(): LockedHandoff {
    return this.#row
  }

  get past(): readonly PastMove[] {
    return this.#past
  }

  /** What decides about a wish. */
  get facts(): HandoffFacts {
    const { state, failed_state, retry_count, is_paused } = this.#row
    const build = { state, failed_state, retry_count }
    return { build, past: this.#past, stopped: stoppedBy(this.#row), is_paused }
  }

  /** What a run has to know of it, as this transaction leaves it. */
  view(): HandoffView {
    const version = this.#changed ? this.#loaded.version + 1 : this.#loaded.version
    return viewOf({ ...this.#row, version }, this.#past)
  }

  /** Takes new facts over that are no change of state. */
  patch(patch: Partial<Pick<LockedHandoff, 'workspace_path' | 'is_paused'>>): void {
    this.#row = { ...this.#row, ...patch }
    this.#changed = true
  }

  /** Puts a build that was only accepted to work: its job and that of the phase it is in run from here on. */
  async takeUp(): Promise<void> {
    this.#row = await takeUpJobs(this.trx, this.#row, this.#past)
  }

  /** Carries a move out; answers the id of its row in the history. */
  async move(move: HandoffMove, cause: HandoffCause, { result, error }: MoveDetails): Promise<string> {
    const { workflow_id, tenant_id } = this.#row
    const result_id = await this.#keepResult(move, result)
    await this.#takeBack(move)
    const { actor, reason, request_id } = cause
    const { from, to, by: kind } = move
    const about = { machine: 'handoff', entity_id: workflow_id, tenant_id } as const
    await recordTransition(this.trx, { ...about, from, to, kind, actor, reason, request_id })
    const left = this.#row
    const isEnd = to === 'complete' || to === 'error'
    this.#row = {
      ...left,
      state: to,
      failed_state: move.failed_state,
      retry_count: move.retry_count,
      last_error: error ?? null,
      completed_at: to === 'complete' ? new Date() : null,
      is_paused: left.is_paused && !isEnd,
    }
    this.#past = [...this.#past, { kind, from_state: from, to_state: to }]
    const ended = await endJobs(this.trx, { left, move, isVerdict: result !== null, error })
    this.#row = { ...this.#row, ...ended }
    if (!isEnd) await this.takeUp()
    this.#changed = true
    const move_id = await this.#note(move, cause, result_id)
    await this.#tell(move, cause)
    return move_id
  }

  /** Tells that the build was stopped for good where it stands, and ends its jobs. */
  async cancel(by: HandoffCause): Promise<void> {
    const { state } = this.#row
    // A failed job stays failed: what is given up is the one that a recovery would have gone on under.
    if (this.#row.job_status === 'FAILED') this.#row = await reopenJob(this.trx, this.#row)
    await endJobs(this.trx, { left: this.#row, move: null, isVerdict: false, error: undefined, by })
    const last_error = errorOfEnd(ENDED, by)
    this.#row = { ...this.#row, job_status: 'CANCELED', is_paused: false, last_error }
    this.#changed = true
    const move = { by: 'operator', from: state, to: state, from_role: null, to_role: null } as const
    const told = { handoff: this.#row, move, attempt: attemptOf(this.#past, state), ...by }
    const { job_id } = this.#row
    this.#events.push(handoffEvent({ ...told, job_id, isCanceled: true }, `${job_id}:canceled`))
  }

  async #keepResult({ by }: HandoffMove, result: StateResult | null): Promise<string | null> {
    const { workflow_id, state } = this.#row
    if (result === null || state === 'complete' || state === 'error') return null
    const result_id = randomUUID()
    const { body, provenance } = result
    await this.trx
      .insertInto('handoff_results')
      .values({
        result_id,
        workflow_id,
        state,
        attempt: attemptOf(this.#past, state),
        body: JSON.stringify(storable(body)),
        // What sends the work back, or stops it, completes nothing: it is kept and does not stand.
        superseded: by !== 'advance' && by !== 'ack',
        provenance: provenance === undefined ? null : JSON.stringify(storable(provenance)),
      })
      .execute()
    return result_id
  }

  async #takeBack({ by, to }: HandoffMove): Promise<void> {
    const states = by === 'advance' || by === 'ack' ? [] : takenBack(to)
    if (states.length === 0) return
    await this.trx
      .updateTable('handoff_results')
      .set({ superseded: true })
      .where('workflow_id', '=', this.#row.workflow_id)
      .where('state', 'in', states)
      .where('superseded', '=', false)
      .execute()
  }

  async #note(move: HandoffMove, cause: HandoffCause, result_id: string | null): Promise<string> {
    const { workflow_id } = this.#row
    const standing = await this.trx
      .selectFrom('handoff_results')
      .select('result_id')
      .where('workflow_id', '=', workflow_id)
      .where('superseded', '=', false)
      .execute()
    const move_id = randomUUID()
    const data = { result_id, standing: standing.map((row) => row.result_id) }
    const { by: kind, from: from_state, to: to_state, from_role, to_role } = move
    const from_to = {
      move_id,
      workflow_id,
      position: this.#past.length,
      kind,
      from_state,
      to_state,
      from_role,
      to_role,
    }
    await this.trx
      .insertInto('handoff_moves')
      .values({
        ...from_to,
        data: JSON.stringify(data),
        notes: storable(cause.reason ?? '').slice(0, LONGEST_NOTE),
        undone_phases: [...move.undone_phases],
      })
      .execute()
    return move_id
  }

  async #tell(move: HandoffMove, { actor, reason }: HandoffCause): Promise<void> {
    const job_id = await jobOf(this.trx, this.#row, this.#past)
    const attempt = attemptOf(this.#past, move.to)
    const told = { handoff: this.#row, move, attempt, actor, reason, job_id }
    this.#events.push(handoffEvent(told, `${this.#past.length}:${move.to}`))
  }

  /** Writes the build itself, then the events; answers the newest number of its stream, null where nothing changed. */
  async close(): Promise<number | null> {
    if (!this.#changed) return null
    const {
      workflow_id,
      state,
      failed_state,
      retry_count,
      last_error,
      workspace_path,
      completed_at,
      job_id,
    } = this.#row
    const place = { state, failed_state, retry_count, workspace_path, completed_at, job_id }
    await this.trx
      .updateTable('handoffs')
      .set({
        ...place,
        last_error: last_error === null ? null : JSON.stringify(storable(last_error)),
        version: this.#loaded.version + 1,
        updated_at: new Date(),
      })
      .where('workflow_id', '=', workflow_id)
      .execute()
    if (this.#events.length === 0) return null
    return appendEvents(this.trx, workflow_id, this.#events)
  }
}

/** Runs one change of a build in a transaction of its own and wakes who follows it. Throws HandoffGone. */
export async function changeHandoff<R>(
  db: WriteDb,
  workflow_id: string,
  work: (change: HandoffChange) => Promise<R>,
): Promise<R> {
  const { result, seq } = await db.transaction().execute(async (trx) => {
    const row = await lockHandoff(trx, workflow_id)
    const change = new HandoffChange(trx, row, await listPast(trx, workflow_id))
    await change.takeUp()
    const result = await work(change)
    return { result, seq: await change.close() }
  })
  if (seq !== null) await wakeHubs(db, workflow_id, seq)
  return result
}
