import type { Transaction } from 'kysely'

import { next, type Actor } from '../../contract/machines.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { changePlan } from '../write/masterplan/change-plan.ts'
import { cancelPlan } from '../write/masterplan/end-plan.ts'
import { PlanChange } from '../write/masterplan/plan-change.ts'
import { listTasks, lockMasterplan } from '../write/masterplan/plan-rows.ts'

interface Closing {
  readonly workspace_id: string
  readonly actor: Actor
  readonly request_id: string | null
}

export interface ClosedMasterplans {
  /** Those that were cancelled: their runs are for the caller to end. */
  readonly masterplan_ids: readonly string[]
  /** Streams to wake with their newest numbers. */
  readonly wakes: readonly (readonly [stream: string, seq: number])[]
}

const OPEN = ['draft', 'approved', 'in_progress', 'paused'] as const

/** Cancels every open masterplan of an assignment, since a reprocess has taken its plan away. */
export async function closeMasterplans(
  trx: Transaction<Database>,
  { workspace_id, actor, request_id }: Closing,
): Promise<ClosedMasterplans> {
  const open = await trx
    .selectFrom('masterplans')
    .select('masterplan_id')
    .where('workspace_id', '=', workspace_id)
    .where('status', 'in', OPEN)
    .orderBy('masterplan_id')
    .execute()
  const masterplan_ids: string[] = []
  const wakes: (readonly [string, number])[] = []
  for (const { masterplan_id } of open) {
    const plan = await lockMasterplan(trx, masterplan_id)
    // It may have come to its end while this waited for the lock.
    if (next('plan', plan.status, 'supersede').kind === 'refused') continue
    const change = new PlanChange(trx, plan, await listTasks(trx, masterplan_id))
    const reason = 'The assignment is planned anew.'
    await cancelPlan(change, 'supersede', { actor, reason, change_id: request_id })
    masterplan_ids.push(masterplan_id)
    wakes.push(...(await change.close()))
  }
  return { masterplan_ids, wakes }
}

const BY_TEMPORAL = {
  actor: { type: 'system', id: 'temporal' },
  reason: 'Its run was ended in Temporal.',
  change_id: null,
} as const

/** Cancels a masterplan whose run was ended in Temporal, behind our back; one that has ended by now stays as it is. */
export async function closeEndedMasterplan(db: WriteDb, masterplan_id: string): Promise<void> {
  await changePlan(db, { masterplan_id, verb: 'cancel', cause: BY_TEMPORAL, expected_versions: null })
}
