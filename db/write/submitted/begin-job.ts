import type { Transaction } from 'kysely'

import { DEEPEST, levelTimeoutSeconds } from '../../../contract/jobs/depth.ts'
import { splitJob } from '../../../contract/jobs/split-description.ts'
import { Depth } from '../../../contract/jobs.ts'
import { isTerminalJob } from '../../../contract/machines.ts'
import type { WriteDb } from '../../open.ts'
import type { Database } from '../../schema.ts'
import { findDepthUse } from '../../read/allocations.ts'
import { allocateWorkers, isHolding } from '../allocations.ts'
import { newJobId } from '../ids.ts'
import { moveJob } from '../jobs.ts'
import { SYSTEM } from '../run-steps.ts'
import { findOpenWorker } from '../workers.ts'
import { insertSubmittedJobs } from './insert-submitted.ts'
import { takeTurn, type SubmittedJob } from './tree.ts'

/** What a job is to do now that it may: a step of its own, or the jobs it was split into. */
export type BegunJob =
  | { readonly kind: 'step'; readonly depth: number; readonly timeout_s: number; readonly is_paused: boolean }
  | {
      readonly kind: 'split'
      readonly depth: number
      readonly timeout_s: number
      readonly is_paused: boolean
      /** Those that have not ended, in their order. */
      readonly children: readonly string[]
      /** As many of them as it makes sense to begin at once. */
      readonly at_once: number
    }
  /** `full` when its tenant has no place left at its depth; `gone` when the job is over or not there. */
  | { readonly kind: 'full' }
  | { readonly kind: 'gone' }

export interface Limits {
  /** What tenants may usually hold at each depth. */
  readonly quotas: readonly number[]
  /** What level timeouts grow from, in seconds. */
  readonly timeout_base_s: number
}

function maxDepthOf({ metadata }: SubmittedJob): number {
  return Depth.safeParse(metadata['max_depth']).data ?? DEEPEST
}

async function insertParts(trx: Transaction<Database>, job: SubmittedJob): Promise<void> {
  const { job_id, tenant_id, user_id, root_job_id, depth, metadata } = job
  const owner = { tenant_id, user_id, parent_job_id: job_id, root_job_id, depth: depth + 1 }
  const asked = { is_split: true, worker_count: 1, metadata, attempt: 1, retry_of: null }
  const parts = splitJob(job.task_description, { depth, max_depth: maxDepthOf(job) })
  await insertSubmittedJobs(
    trx,
    parts.map((task_description, position) => ({
      ...owner,
      ...asked,
      job_id: newJobId(),
      position,
      task_description,
    })),
    { actor: SYSTEM, reason: 'split from the job above', request_id: null },
  )
}

async function listOpenParts(
  trx: Transaction<Database>,
  job_id: string,
): Promise<{ readonly all: number; readonly open: readonly string[] }> {
  const rows = await trx
    .selectFrom('processing_jobs as job')
    .innerJoin('submitted_jobs as asked', 'asked.job_id', 'job.job_id')
    .select(['job.job_id', 'job.status'])
    .where('job.parent_job_id', '=', job_id)
    .where('asked.is_split', '=', true)
    .orderBy('asked.position')
    .execute()
  const open = rows.filter(({ status }) => !isTerminalJob(status)).map((row) => row.job_id)
  return { all: rows.length, open }
}

/** Has a job hold places at its depth, as many as it asked for or as are free; false where none is. */
async function holdPlaces(trx: Transaction<Database>, job: SubmittedJob, quota: number): Promise<boolean> {
  const { job_id, tenant_id, depth, worker_count, status } = job
  // What somebody has set aside for a job before it begins comes on top.
  if (status !== 'PENDING' && (await isHolding(trx, { job_id, depth }))) return true
  const wish = { tenant_id, depth, job_id, worker_count, quota, allow_partial: true }
  return (await allocateWorkers(trx, wish)) !== undefined
}

/**
 * Begins a job where its tenant has a place for it: workers are set aside, as many as it asked for or as are free, and
 * the jobs it falls into are written. The same again answers where it stands; a job that was set aside takes its places
 * anew once its worker is resumed.
 */
export async function beginJob(
  db: WriteDb,
  job_id: string,
  { quotas, timeout_base_s }: Limits,
): Promise<BegunJob> {
  return db.transaction().execute(async (trx): Promise<BegunJob> => {
    const job = await takeTurn(trx, job_id)
    if (job === undefined || isTerminalJob(job.status)) return { kind: 'gone' }
    const { tenant_id, depth } = job
    const is_paused = (await findOpenWorker(trx, job_id))?.status === 'PAUSED'
    if (!is_paused && !(await holdPlaces(trx, job, quotas[depth] ?? 1))) return { kind: 'full' }
    if (job.status === 'PENDING') {
      await moveJob(trx, { job_id, to: 'RUNNING', kind: 'advance', actor: SYSTEM })
      await insertParts(trx, job)
    }
    const timeout_s = levelTimeoutSeconds(depth, timeout_base_s)
    const { all, open: children } = await listOpenParts(trx, job_id)
    if (all === 0) return { kind: 'step', depth, timeout_s, is_paused }
    const below = { tenant_id, depth: depth + 1, quota: quotas[depth + 1] ?? 1 }
    const { max_workers: at_once } = await findDepthUse(trx, below)
    return { kind: 'split', depth, timeout_s, is_paused, children, at_once }
  })
}
