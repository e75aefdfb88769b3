import type { Transaction } from 'kysely'

import type { WriteDb } from '../../open.ts'
import { listPast } from '../../read/handoffs.ts'
import type { Database } from '../../schema.ts'
import { SYSTEM } from '../run-steps.ts'
import { changeHandoff, HandoffChange, type HandoffCause } from './handoff-change.ts'
import { lockHandoff } from './handoff-rows.ts'
import type { HandoffView } from './handoff-view.ts'

const ITS_RUN: HandoffCause = {
  actor: SYSTEM,
  reason: 'The run of this build was canceled.',
  request_id: null,
}

/** Stops a build for good where it stands, because its run was canceled unless told otherwise; one that is over stays as it is. Throws HandoffGone. */
export async function cancelHandoff(
  db: WriteDb,
  workflow_id: string,
  by: HandoffCause = ITS_RUN,
): Promise<HandoffView> {
  return changeHandoff(db, workflow_id, async (change) => {
    const isOpen = change.row.job_status === 'RUNNING' || change.row.job_status === 'PENDING'
    if (isOpen) await change.cancel(by)
    return change.view()
  })
}

/** Stops those of these builds that are not over: what they have come to stays as it is. Answers the streams to wake with their newest numbers. */
export async function cancelHandoffs(
  trx: Transaction<Database>,
  workflow_ids: readonly string[],
  cause: HandoffCause,
): Promise<readonly (readonly [workflow_id: string, seq: number])[]> {
  const wakes: (readonly [string, number])[] = []
  for (const workflow_id of workflow_ids) {
    const build = new HandoffChange(
      trx,
      await lockHandoff(trx, workflow_id),
      await listPast(trx, workflow_id),
    )
    if (build.facts.stopped !== null || build.row.state === 'complete') continue
    await build.cancel(cause)
    const seq = await build.close()
    if (seq !== null) wakes.push([workflow_id, seq])
  }
  return wakes
}
