import type { Transaction } from 'kysely'

import { retryDelayMs } from '../../../contract/jobs/depth.ts'
import { mayRetrySubJob } from '../../../contract/jobs/retry-sub-job.ts'
import type { WriteDb } from '../../open.ts'
import type { Database } from '../../schema.ts'
import { newJobId } from '../ids.ts'
import { SYSTEM } from '../run-steps.ts'
import { insertSubmittedJobs } from './insert-submitted.ts'
import { takeTurn, type SubmittedJob } from './tree.ts'

/** The new job of a sub-job that is tried again, and how long that waits before it begins. */
export interface RetriedJob {
  readonly job_id: string
  readonly delay_ms: number
}

type Queries = Pick<Transaction<Database>, 'selectFrom'>

const findAgain = (trx: Queries, { job_id }: SubmittedJob) =>
  trx.selectFrom('processing_jobs').select('job_id').where('retry_of', '=', job_id).executeTakeFirst()

async function isParentAtWork(trx: Queries, { parent_job_id }: SubmittedJob): Promise<boolean> {
  const parent = await trx
    .selectFrom('processing_jobs')
    .select('status')
    .where('job_id', '=', parent_job_id)
    .executeTakeFirst()
  return parent?.status === 'RUNNING'
}

async function wasSplit(trx: Queries, { job_id }: SubmittedJob): Promise<boolean> {
  const part = await trx
    .selectFrom('processing_jobs')
    .select('job_id')
    .where('parent_job_id', '=', job_id)
    .limit(1)
    .executeTakeFirst()
  return part !== undefined
}

/** Has a failed sub-job tried again as a new job, where that may help; null where not. Once, however often it is asked. */
export async function retrySubJob(db: WriteDb, failed_job_id: string): Promise<RetriedJob | null> {
  return db.transaction().execute(async (trx) => {
    const failed = await takeTurn(trx, failed_job_id)
    if (failed?.status !== 'FAILED' || failed.error === null) return null
    const { depth, attempt, error } = failed
    const delay_ms = retryDelayMs(depth)
    const again = await findAgain(trx, failed)
    if (again !== undefined) return { job_id: again.job_id, delay_ms }
    const is_split = await wasSplit(trx, failed)
    if (!mayRetrySubJob({ attempt, code: error.code, is_split })) return null
    if (!(await isParentAtWork(trx, failed))) return null
    const job_id = newJobId()
    const { tenant_id, user_id, parent_job_id, root_job_id, position } = failed
    const { task_description, worker_count, metadata } = failed
    const owner = { tenant_id, user_id, parent_job_id, root_job_id, depth, position }
    const asked = { is_split: true, task_description, worker_count, metadata }
    await insertSubmittedJobs(
      trx,
      [{ ...owner, ...asked, job_id, attempt: attempt + 1, retry_of: failed_job_id }],
      { actor: SYSTEM, reason: error.code, request_id: null },
    )
    return { job_id, delay_ms }
  })
}
