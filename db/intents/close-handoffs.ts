import type { WriteDb } from '../open.ts'
import type { HandoffCause } from '../write/handoff/handoff-change.ts'
import { cancelHandoff } from '../write/handoff/cancel-handoff.ts'

/** Stops a build whose run was ended in Temporal, behind our back; one that has ended by now stays as it is. */
export async function closeEndedHandoff(db: WriteDb, workflow_id: string): Promise<void> {
  await cancelHandoff(db, workflow_id)
}

/** Stops a build in the name of whoever wanted it; one that has ended by now stays as it is. Throws HandoffGone. */
export async function closeHandoff(db: WriteDb, workflow_id: string, by: HandoffCause): Promise<void> {
  await cancelHandoff(db, workflow_id, by)
}
