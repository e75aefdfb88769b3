import { sql, type Transaction } from 'kysely'

import type { Actor, TransitionKind } from '../../contract/machines.ts'
import type { Database } from '../schema.ts'
import { moveJobFrom } from './jobs.ts'

interface Cause {
  readonly actor: Actor
  readonly reason: string | null
  readonly request_id: string | null
  readonly kind: TransitionKind
}

const OPEN = ['SUBMITTED', 'PENDING', 'RUNNING'] as const

/** The open jobs below a job, the deepest first. */
async function listOpenBelow(trx: Transaction<Database>, job_id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ job_id: string }>`
    with recursive below as (
      select job_id, depth, status from processing_jobs where parent_job_id = ${job_id}
      union all
      select child.job_id, child.depth, child.status
        from processing_jobs child join below on child.parent_job_id = below.job_id)
    select job_id from below where status in ('SUBMITTED', 'PENDING', 'RUNNING') order by depth desc, job_id`.execute(
    trx,
  )
  return rows.map((row) => row.job_id)
}

/** Cancels every open job below a job, children before their parents. */
export async function cancelJobsBelow(
  trx: Transaction<Database>,
  job_id: string,
  cause: Cause,
): Promise<void> {
  // A job that was just beginning when this looked may have got children since; once it is canceled it gets no more.
  for (
    let open = await listOpenBelow(trx, job_id);
    open.length > 0;
    open = await listOpenBelow(trx, job_id)
  ) {
    for (const below of open) await moveJobFrom(trx, OPEN, { job_id: below, to: 'CANCELED', ...cause })
  }
}
