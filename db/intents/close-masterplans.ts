import type { Transaction } from 'kysely'

import { next } from '../../contract/machines.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { changePlan } from '../write/masterplan/change-plan.ts'
import { cancelPlan, stopWork } from '../write/masterplan/end-plan.ts'
import { PlanChange } from '../write/masterplan/plan-change.ts'
import { listTasks } from '../write/masterplan/plan-rows.ts'
import type { Closing } from './close-handoffs.ts'
import { causeOfEnd, type OutsideEnd } from './outside-ends.ts'

export interface ClosedMasterplans {
  /** Those that are given up: their runs are for the caller to end. */
  readonly masterplan_ids: readonly string[]
  /** Streams to wake with their newest numbers. */
  readonly wakes: readonly (readonly [stream: string, seq: number])[]
}

/** Whatever a person could still have go on: the lock of each makes who wishes that wait and then see the new generation. */
const UNDECIDED = ['draft', 'approved', 'in_progress', 'paused', 'failed', 'completed'] as const

/** Gives up every masterplan of an assignment, since a reprocess has taken its plan away: one that has ended stays as it ended. */
export async function closeMasterplans(
  trx: Transaction<Database>,
  { workspace_id, actor, request_id }: Closing,
): Promise<ClosedMasterplans> {
  const undecided = await trx
    .selectFrom('masterplans')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('status', 'in', UNDECIDED)
    .orderBy('masterplan_id')
    // All of them before any is changed: what is told of one locks the stream of their assignment.
    .forUpdate()
    .execute()
  const masterplan_ids: string[] = []
  const wakes: (readonly [string, number])[] = []
  for (const plan of undecided) {
    const { masterplan_id } = plan
    const change = new PlanChange(trx, plan, await listTasks(trx, masterplan_id))
    const cause = { actor, reason: 'The assignment is planned anew.', change_id: request_id }
    const isOpen = next('plan', plan.status, 'supersede').kind === 'moved'
    // Tasks that were at work when a plan failed come to their end after it.
    if (!isOpen && change.view().at_work.length === 0) continue
    await (isOpen ? cancelPlan(change, 'supersede', cause) : stopWork(change, cause, 'reprocess'))
    masterplan_ids.push(masterplan_id)
    wakes.push(...(await change.close()))
  }
  return { masterplan_ids, wakes }
}

/** Cancels a masterplan whose run was ended in Temporal, behind our back; one that has ended by now stays as it is. */
export async function closeEndedMasterplan(
  db: WriteDb,
  masterplan_id: string,
  end: OutsideEnd,
): Promise<void> {
  const { actor, reason } = causeOfEnd(end)
  const cause = { actor, reason, change_id: null }
  await changePlan(db, { masterplan_id, verb: 'cancel', cause, expected_versions: null })
}
