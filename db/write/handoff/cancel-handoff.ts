import type { WriteDb } from '../../open.ts'
import { SYSTEM } from '../run-steps.ts'
import { changeHandoff, type HandoffCause } from './handoff-change.ts'
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
