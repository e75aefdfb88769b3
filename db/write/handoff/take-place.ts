import type { Transaction } from 'kysely'

import { PHASES } from '../../../contract/machines/handoff-machine.ts'
import type { WriteDb } from '../../open.ts'
import type { Database } from '../../schema.ts'
import { allocate, isHolding } from '../allocations.ts'
import { changeHandoff } from './handoff-change.ts'
import type { LockedHandoff } from './handoff-rows.ts'
import type { HandoffView } from './handoff-view.ts'
import { findPhaseJob } from './phase-jobs.ts'
import { isWanted, type StateTry } from './work-steps.ts'

/** `full` when the tenant has no place left for the work now; `held` when somebody has paused the build; `gone` when this attempt is no longer wanted. */
export type BegunState =
  | { readonly kind: 'begun'; readonly job_id: string; readonly handoff: LockedHandoff }
  | { readonly kind: 'full' | 'held' | 'gone'; readonly view: HandoffView }

/** Rolls a half-taken place back. */
class NoPlaceLeft extends Error {
  override readonly name = 'NoPlaceLeft'
  readonly view: HandoffView

  constructor(view: HandoffView) {
    super('no place is left for a build')
    this.view = view
  }
}

interface Place {
  readonly tenant_id: string
  readonly job_id: string
  readonly depth: number
  readonly quota: number
}

/** Has a job hold one place at its depth; whether it does. A try before this one may have taken it already. */
async function holdPlace(trx: Transaction<Database>, place: Place): Promise<boolean> {
  return (await isHolding(trx, { job_id: place.job_id })) || allocate(trx, { ...place, worker_count: 1 })
}

/**
 * Begins the work of a role at a state, where the tenant has a place for the build and one below it for the phase: a
 * build keeps its place while roles work it, a phase gives its own back with its end. Throws HandoffGone.
 */
export async function beginState(
  db: WriteDb,
  tried: StateTry,
  quotas: readonly number[],
): Promise<BegunState> {
  return changeHandoff(db, tried.workflow_id, async (change): Promise<BegunState> => {
    if (!isWanted(change, tried)) return { kind: 'gone', view: change.view() }
    const { row: handoff, trx } = change
    const { tenant_id, depth, job_id, is_paused } = handoff
    const { workflow_id, attempt } = tried
    const phase = PHASES.find((each) => each === tried.state)
    const own = phase === undefined ? undefined : await findPhaseJob(trx, workflow_id, { phase, attempt })
    const phaseJob = own ?? job_id
    // A phase that was at work when the build was paused comes to its end, however often it is tried.
    const isAtWork = own !== undefined && (await isHolding(trx, { job_id: own }))
    if (is_paused && !isAtWork) return { kind: 'held', view: change.view() }
    // A hand-off is accepted by code, in no time: it needs no place.
    if (phase === undefined) return { kind: 'begun', job_id, handoff }
    for (const place of [
      { tenant_id, job_id, depth },
      { tenant_id, job_id: phaseJob, depth: depth + 1 },
    ]) {
      const quota = quotas[place.depth] ?? 1
      if (!(await holdPlace(trx, { ...place, quota }))) throw new NoPlaceLeft(change.view())
    }
    return { kind: 'begun', job_id: phaseJob, handoff }
  }).catch((error: unknown): BegunState => {
    if (error instanceof NoPlaceLeft) return { kind: 'full', view: error.view }
    throw error
  })
}
