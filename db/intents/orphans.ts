import { ENDED_JOB_STATES } from '../../contract/machines/run-machines.ts'
import type { WriteDb } from '../open.ts'

/** Gives back the places of jobs that are over, which nobody will: answers how many workers those were. */
export async function releaseOrphans(db: WriteDb): Promise<number> {
  const released = await db
    .updateTable('allocations')
    .from('processing_jobs as job')
    .set({ released_at: new Date() })
    .whereRef('job.job_id', '=', 'allocations.job_id')
    .where('allocations.released_at', 'is', null)
    .where('job.status', 'in', ENDED_JOB_STATES)
    .returning('allocations.worker_count')
    .execute()
  return released.reduce((sum, { worker_count }) => sum + worker_count, 0)
}
