import type { OpenDatabase } from '../../../db/open.ts'
import type { JobView } from '../../../db/read/jobs.ts'
import { findMasterplan } from '../../../db/read/masterplans.ts'

/** The masterplan that a job is of, where that is still a draft; null for any other job. */
export async function findDraft(
  { read }: Pick<OpenDatabase, 'read'>,
  { kind, subject_id: masterplan_id, user_id }: JobView,
): Promise<string | null> {
  if (kind !== 'masterplan' || masterplan_id === null) return null
  const view = await findMasterplan(read, { masterplan_id, user_id })
  return view?.status === 'draft' ? masterplan_id : null
}

/** What to do about the job or worker of a draft: of all changes, only a review or a reprocess reaches it. */
export const sayReview = (masterplan_id: string): string =>
  `Its masterplan is a draft, which waits for its student: they approve it with POST /masterplans/${masterplan_id}/approve, or end it with /reject.`
