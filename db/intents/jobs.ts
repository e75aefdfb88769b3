import type { Transaction } from 'kysely'

import { placeJob } from '../../contract/jobs/depth.ts'
import type { JobMetadata } from '../../contract/jobs.ts'
import type { Actor, JobState } from '../../contract/machines.ts'
import type { WriteDb } from '../open.ts'
import { findJob, type JobView } from '../read/jobs.ts'
import type { Database } from '../schema.ts'
import { newJobId } from '../write/ids.ts'
import { cancelSubmitted } from '../write/submitted/cancel-job.ts'
import { insertSubmittedJobs } from '../write/submitted/insert-submitted.ts'
import { storable } from '../write/storable.ts'
import { takeTurn } from '../write/submitted/tree.ts'
import { causeOfEnd, codeOfEnd, type OutsideEnd } from './outside-ends.ts'

export interface SubmitIntent {
  /** Whose jobs may be named as its parent; null for those of every tenant. */
  readonly seen_tenant_id: string | null
  /** Where it belongs when it has no parent. */
  readonly tenant_id: string
  readonly user_id: string
  readonly task_description: string
  readonly worker_count: number
  readonly depth: number | undefined
  readonly parent_job_id: string | undefined
  readonly metadata: JobMetadata
  readonly request_id: string | null
}

/** What became of a job that somebody submitted. */
export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly job_id: string }
  | { readonly kind: 'no_parent' | 'too_deep' | 'parent_canceled' }
  | { readonly kind: 'misplaced'; readonly depth: number }

/** The state of a parent that cannot be canceled before this is over: nothing may begin below a canceled job. */
async function lockParent(trx: Transaction<Database>, { job_id }: JobView): Promise<JobState | undefined> {
  const submitted = await takeTurn(trx, job_id)
  if (submitted !== undefined) return submitted.status
  const other = trx.selectFrom('processing_jobs').select('status').where('job_id', '=', job_id).forShare()
  return (await other.executeTakeFirst())?.status
}

// As long as a reply is kept: the process that began the first answer may have died before it was given.
const SAME_REQUEST_MS = 3_600_000

async function findEarlier(
  trx: Transaction<Database>,
  { user_id, request_id, task_description }: SubmitIntent,
): Promise<{ readonly job_id: string } | undefined> {
  if (request_id === null) return undefined
  return trx
    .selectFrom('submitted_jobs as asked')
    .innerJoin('processing_jobs as job', 'job.job_id', 'asked.job_id')
    .select('job.job_id')
    .where('asked.request_id', '=', request_id)
    .where('asked.task_description', '=', storable(task_description))
    .where('job.user_id', '=', user_id)
    .where('job.created_at', '>', new Date(Date.now() - SAME_REQUEST_MS))
    .executeTakeFirst()
}

/** Accepts a job that somebody submits, below a parent where one is named; its run is for the caller to start. */
export async function acceptJob(db: WriteDb, intent: SubmitIntent): Promise<SubmitOutcome> {
  const { user_id, task_description, worker_count, metadata, parent_job_id, request_id } = intent
  const seen = { tenant_id: intent.seen_tenant_id }
  return db.transaction().execute(async (trx): Promise<SubmitOutcome> => {
    const earlier = await findEarlier(trx, intent)
    if (earlier !== undefined) return { kind: 'accepted', job_id: earlier.job_id }
    const parent = parent_job_id === undefined ? null : await findJob(trx, { ...seen, job_id: parent_job_id })
    if (parent === undefined) return { kind: 'no_parent' }
    const placed = placeJob(parent?.depth ?? null, intent.depth)
    if (placed.kind !== 'at') return placed
    if (parent !== null && (await lockParent(trx, parent)) === 'CANCELED') return { kind: 'parent_canceled' }
    const job_id = newJobId()
    const root_job_id = parent?.root_job_id ?? job_id
    const tenant_id = parent?.tenant_id ?? intent.tenant_id
    const owner = { tenant_id, user_id, parent_job_id: parent?.job_id ?? null, root_job_id }
    const asked = { position: 0, is_split: false, task_description, worker_count, metadata }
    const actor = { type: 'user', id: user_id } as const
    await insertSubmittedJobs(
      trx,
      [{ ...owner, ...asked, job_id, depth: placed.depth, attempt: 1, retry_of: null }],
      { actor, reason: null, request_id },
    )
    return { kind: 'accepted', job_id }
  })
}

export interface CancelIntent {
  readonly job_id: string
  readonly actor: Actor
  readonly reason: string
  readonly request_id: string | null
}

/** Cancels a submitted job with everything open below it, unless it is over; ending its run is for the caller. */
export async function acceptCancel(db: WriteDb, { job_id, ...cause }: CancelIntent): Promise<void> {
  await db.transaction().execute((trx) => cancelSubmitted(trx, job_id, cause))
}

/** Cancels a job whose run was ended in Temporal, behind our back. */
export async function closeEndedJob(db: WriteDb, job_id: string, end: OutsideEnd): Promise<void> {
  const cause = { ...causeOfEnd(end), code: codeOfEnd(end) }
  await db.transaction().execute((trx) => cancelSubmitted(trx, job_id, cause))
}
