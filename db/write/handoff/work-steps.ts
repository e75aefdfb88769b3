import { decideAdvance, decideFailure } from '../../../contract/handoff/advance.ts'
import { attemptOf } from '../../../contract/handoff/past.ts'
import { readVerdict, type Judgement } from '../../../contract/handoff/verdict.ts'
import type { HandoffState, WorkingState } from '../../../contract/machines/handoff-machine.ts'
import { STATE_DUTIES } from '../../../contract/roles.ts'
import type { RunErrorCode } from '../../../contract/run-errors.ts'
import type { WriteDb } from '../../open.ts'
import { SYSTEM } from '../run-steps.ts'
import { changeHandoff, type HandoffChange, type StateResult } from './handoff-change.ts'
import type { HandoffView } from './handoff-view.ts'
import { limitError, stopError } from './stop-error.ts'

/** One attempt at a state of a build. */
export interface StateTry {
  readonly workflow_id: string
  readonly state: WorkingState
  readonly attempt: number
}

/** Whether this attempt is still what the build waits for. */
export function isWanted({ row, past, facts }: HandoffChange, { state, attempt }: StateTry): boolean {
  return row.state === state && attemptOf(past, state) === attempt && facts.stopped === null
}

/** A file that an attempt of implementation drafted. */
export interface DraftedFile {
  readonly path: string
  readonly body: string
  readonly sha256: string
}

/** What the work at a state has come to. */
export interface StateEnd {
  /** What it ended with, or why it cannot go on. */
  readonly result: Judgement
  readonly provenance?: unknown
  /** Of implementation alone. */
  readonly files: readonly DraftedFile[]
  /** Where the files were released to. */
  readonly workspace_path?: string
  /** Why the work does not go the straight way, in words; null where it does. */
  readonly words: string | null
  /** The code of the error, where the result leads there. */
  readonly code: RunErrorCode
}

type HandoffOnly = Extract<HandoffState, `handoff_to_${string}`>

const isHandoff = (state: HandoffState): state is HandoffOnly => state.startsWith('handoff_to_')

async function end(change: HandoffChange, state: WorkingState, ended: StateEnd): Promise<void> {
  const { result, provenance, words, code } = ended
  const { actor } = STATE_DUTIES[state]
  const verdict = readVerdict(state, result)
  const decision = decideAdvance(change.facts.build, {
    role: actor,
    completed_state: state,
    verdict,
    next_state: null,
  })
  // The attempt was found wanted under the same lock, and its role is the one whose turn it is.
  if (decision.kind === 'refused') return
  const kept: StateResult | null = result.reason === undefined ? { body: result, provenance } : null
  const reason = result.reason ?? words
  const error =
    decision.limit === null ? stopError(code, reason ?? 'The work cannot go on.') : limitError(decision.limit)
  await change.move(
    decision,
    { actor: { type: 'role', id: actor }, reason, request_id: null },
    { result: kept, ...(decision.to === 'error' ? { error } : {}) },
  )
}

/**
 * Writes down what an attempt at a state came to, and with it what the receiver says of the hand-off that follows; the
 * same attempt twice, or one that is no longer wanted, changes nothing. Throws HandoffGone.
 */
export async function settleState(
  db: WriteDb,
  tried: StateTry,
  ended: StateEnd,
  accept: (state: HandoffOnly) => StateEnd,
): Promise<HandoffView> {
  const { workflow_id, attempt } = tried
  return changeHandoff(db, workflow_id, async (change) => {
    if (!isWanted(change, tried)) return change.view()
    if (ended.files.length > 0) {
      const rows = ended.files.map(({ path, body, sha256 }) => ({ workflow_id, attempt, path, body, sha256 }))
      await change.trx.insertInto('handoff_files').values(rows).execute()
    }
    if (ended.workspace_path !== undefined) change.patch({ workspace_path: ended.workspace_path })
    await end(change, tried.state, ended)
    const { state } = change.row
    if (isHandoff(state)) await end(change, state, accept(state))
    return change.view()
  })
}

/** Stops a build on an error that the work at a state ended with. Throws HandoffGone. */
export async function failState(
  db: WriteDb,
  tried: StateTry,
  { code, message }: { readonly code: RunErrorCode; readonly message: string },
): Promise<HandoffView> {
  return changeHandoff(db, tried.workflow_id, async (change) => {
    if (!isWanted(change, tried)) return change.view()
    const decision = decideFailure(change.facts.build)
    if (decision.kind === 'refused') return change.view()
    const cause = { actor: SYSTEM, reason: message, request_id: null }
    await change.move(decision, cause, { result: null, error: stopError(code, message) })
    return change.view()
  })
}
