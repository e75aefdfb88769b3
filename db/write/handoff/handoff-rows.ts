import type { Selectable, Transaction } from 'kysely'

import type { JobState } from '../../../contract/machines.ts'
import type { Database } from '../../schema.ts'
import { findOpenWorker } from '../workers.ts'
import type { HandoffsTable } from '../../tables/handoffs.ts'

export type HandoffRow = Selectable<HandoffsTable>

/** A build with the state of its newest job. */
export type LockedHandoff = HandoffRow & {
  readonly job_status: JobState
  readonly depth: number
  /** Whether the worker of that job is paused. */
  readonly is_paused: boolean
}

/** The build is not there, or not any more. */
export class HandoffGone extends Error {
  override readonly name = 'HandoffGone'
}

/** Locks a build: whoever changes it holds this lock. Throws HandoffGone. */
export async function lockHandoff(trx: Transaction<Database>, workflow_id: string): Promise<LockedHandoff> {
  const row = await trx
    .selectFrom('handoffs')
    .selectAll()
    .where('workflow_id', '=', workflow_id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new HandoffGone('there is no such build')
  const job = await trx
    .selectFrom('processing_jobs')
    .select(['status', 'depth'])
    .where('job_id', '=', row.job_id)
    .executeTakeFirstOrThrow()
  const is_paused = (await findOpenWorker(trx, row.job_id))?.status === 'PAUSED'
  return { ...row, job_status: job.status, depth: job.depth, is_paused }
}
