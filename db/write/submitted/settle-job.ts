import type { Transaction } from 'kysely'

import { endOfParent, progressOfParent, type ChildEnd } from '../../../contract/jobs/parent-result.ts'
import type { JobState } from '../../../contract/machines.ts'
import { ENDED_JOB_STATES } from '../../../contract/machines/run-machines.ts'
import { RUN_ERRORS } from '../../../contract/run-errors.ts'
import type { LastError } from '../../../contract/snapshot.ts'
import type { WriteDb } from '../../open.ts'
import type { Database } from '../../schema.ts'
import { moveJob } from '../jobs.ts'
import { SYSTEM } from '../run-steps.ts'
import { storable } from '../storable.ts'
import { takeTurn, type SubmittedJob } from './tree.ts'

type Ended = (typeof ENDED_JOB_STATES)[number]

/** How a job's own step ended. */
export type StepEnd =
  | { readonly kind: 'done'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly error: LastError }

/** Where a job stands after it was settled; `waits` while something below it is open. */
export type Settled =
  | { readonly kind: 'waits' }
  | { readonly kind: 'over'; readonly status: Ended; readonly code: string | null }

/** The children of a job; of one that was tried again only the newest attempt. */
async function listChildren(trx: Transaction<Database>, job_id: string): Promise<readonly ChildEnd[]> {
  return trx
    .selectFrom('processing_jobs as job')
    .innerJoin('submitted_jobs as asked', 'asked.job_id', 'job.job_id')
    .select(['job.job_id', 'asked.position', 'job.status'])
    .where('job.parent_job_id', '=', job_id)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('processing_jobs as again')
            .select('again.job_id')
            .whereRef('again.retry_of', '=', 'job.job_id'),
        ),
      ),
    )
    .execute()
}

async function errorOf(trx: Transaction<Database>, job_id: string): Promise<LastError> {
  const { error } = await trx
    .selectFrom('processing_jobs')
    .select('error')
    .where('job_id', '=', job_id)
    .executeTakeFirstOrThrow()
  if (error !== null) return error
  const code = 'CANCELED'
  const message = `A job below this one was canceled: ${job_id}.`
  return { code, message, stage: null, retryable: RUN_ERRORS[code].retryable }
}

/** Shows on the job above how many of its children are completed. */
async function tellParent(trx: Transaction<Database>, { parent_job_id }: SubmittedJob): Promise<void> {
  if (parent_job_id === null) return
  const children = await listChildren(trx, parent_job_id)
  const completed = children.filter(({ status }) => status === 'COMPLETED').length
  const progress = progressOfParent(completed, children.length)
  await trx
    .updateTable('processing_jobs')
    .set({ progress, updated_at: new Date() })
    .where('job_id', '=', parent_job_id)
    .where('kind', '=', 'submitted')
    .where('status', '=', 'RUNNING')
    .execute()
}

const over = (status: Ended, code: string | null): Settled => ({ kind: 'over', status, code })

const endedAs = (status: JobState): Ended | undefined => ENDED_JOB_STATES.find((ended) => ended === status)

async function complete(trx: Transaction<Database>, job: SubmittedJob, below: number): Promise<Settled> {
  const { job_id } = job
  const result = { ...job.result, ...(below === 0 ? {} : { completed_jobs: below }) }
  await moveJob(trx, { job_id, to: 'COMPLETED', kind: 'advance', actor: SYSTEM, result })
  await trx.updateTable('processing_jobs').set({ progress: 100 }).where('job_id', '=', job_id).execute()
  await tellParent(trx, job)
  return over('COMPLETED', null)
}

async function fail(
  trx: Transaction<Database>,
  { job_id }: SubmittedJob,
  error: LastError,
): Promise<Settled> {
  await moveJob(trx, { job_id, to: 'FAILED', kind: 'fail', actor: SYSTEM, reason: error.code, error })
  return over('FAILED', error.code)
}

/** Keeps what the step of a job left, which may still have to wait for what was put below the job meanwhile. */
async function keepResult(
  trx: Transaction<Database>,
  job: SubmittedJob,
  step: StepEnd | null,
): Promise<SubmittedJob> {
  if (step?.kind !== 'done') return job
  const result = storable(step.result)
  await trx
    .updateTable('processing_jobs')
    .set({ result: JSON.stringify(result) })
    .where('job_id', '=', job.job_id)
    .execute()
  return { ...job, result }
}

/**
 * Ends a job by how its own step went (null where it had none) and by what stands below it. One that is over stays as it
 * is; one with something open below it waits.
 */
export async function settleJob(db: WriteDb, job_id: string, step: StepEnd | null): Promise<Settled> {
  return db.transaction().execute(async (trx): Promise<Settled> => {
    const found = await takeTurn(trx, job_id)
    if (found === undefined) return over('CANCELED', null)
    const ended = endedAs(found.status)
    if (ended !== undefined) return over(ended, found.error?.code ?? null)
    if (step?.kind === 'failed') return fail(trx, found, step.error)
    const job = await keepResult(trx, found, step)
    const children = await listChildren(trx, job_id)
    const end = endOfParent(children)
    if (end.kind === 'waits') return end
    if (end.kind === 'failed') return fail(trx, job, await errorOf(trx, end.because))
    return complete(trx, job, end.completed)
  })
}
