import { findRejectionReason } from '../db/read/masterplan-lists.ts'
import type { RunRef } from '../db/write/fence.ts'
import type { ActivityDeps } from './deps.ts'
import { EVERYONE } from './llm/port.ts'

/** What a person said against the plan of the generation before, and with whom the answer to a draft may be shared. */
export async function readRejection({ db }: Pick<ActivityDeps, 'db'>, run: RunRef) {
  const rejection_reason = await findRejectionReason(db.read, run)
  // The question of a draft is the same for everyone until a person has said something about it.
  const share = rejection_reason === null ? EVERYONE : `workspace:${run.workspace_id}`
  return { rejection_reason, share }
}
