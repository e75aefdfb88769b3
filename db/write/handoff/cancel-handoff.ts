import type { WriteDb } from '../../open.ts'
import { SYSTEM } from '../run-steps.ts'
import { changeHandoff } from './handoff-change.ts'
import type { HandoffView } from './handoff-view.ts'

const CANCELED = 'The run of this build was canceled.'

/** Stops a build for good where it stands, its run having been canceled; one that is over stays as it is. Throws HandoffGone. */
export async function cancelHandoff(db: WriteDb, workflow_id: string): Promise<HandoffView> {
  return changeHandoff(db, workflow_id, async (change) => {
    const isOpen = change.row.job_status === 'RUNNING' || change.row.job_status === 'PENDING'
    if (isOpen) await change.cancel({ actor: SYSTEM, reason: CANCELED, request_id: null })
    return change.view()
  })
}
