import type { WriteDb } from '../../open.ts'
import { releaseAllocations } from '../allocations.ts'
import { SYSTEM } from '../run-steps.ts'
import { findOpenWorker, steerWorker } from '../workers.ts'
import { takeTurn } from './tree.ts'

/** A job that waits for what it has used up; whoever resumes its worker has it go on. */
export interface SetAside {
  readonly kind: 'set_aside'
}

/**
 * Sets aside a running job that has nothing left to go on with: its worker is paused with that reason, one that somebody
 * paused before stays so, and its places are free for others. Null where the job does not run any more.
 */
export async function setAside(db: WriteDb, job_id: string, reason: string): Promise<SetAside | null> {
  return db.transaction().execute(async (trx) => {
    const job = await takeTurn(trx, job_id)
    const worker = await findOpenWorker(trx, job_id)
    if (job?.status !== 'RUNNING' || worker === undefined) return null
    if (worker.status === 'RUNNING') await steerWorker(trx, worker, 'pause', { actor: SYSTEM, reason })
    await releaseAllocations(trx, job_id)
    return { kind: 'set_aside' }
  })
}
