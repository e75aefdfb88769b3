import type { Selectable, Transaction } from 'kysely'

import { next, type Actor } from '../../contract/machines.ts'
import type { WorkerState } from '../../contract/machines/run-machines.ts'
import { findReason } from '../read/reasons.ts'
import { wasSteeredBy } from '../read/transitions.ts'
import type { Database, ProcessingJobsTable } from '../schema.ts'
import { findOpenWorker, steerWorker } from './workers.ts'

/** The wish of somebody to pause or resume the run of a job; their words are kept under the id of the reason. */
export interface SteerWish {
  readonly job_id: string
  readonly verb: 'pause' | 'resume'
  readonly actor: Actor
  readonly reason_id: string | null
  /** Names the wish: the same one twice is one change. */
  readonly request_id: string
}

/** What became of it; where it was refused, the state of the worker, null when it is over. */
export type SteerOutcome =
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly status: WorkerState | null }

/** What a wish came to in this transaction; `repeated` when it had been carried out before. */
export type Steered =
  | {
      readonly kind: 'moved'
      readonly job: Selectable<ProcessingJobsTable>
      readonly reason: string | null
    }
  | { readonly kind: 'repeated' }
  | Extract<SteerOutcome, { readonly kind: 'refused' }>

/** Pauses or resumes the worker of a job, which it locks; what else shows it is for the caller to write. */
export async function steerJob(trx: Transaction<Database>, wish: SteerWish): Promise<Steered> {
  const { job_id, verb, actor, reason_id, request_id } = wish
  const locked = trx.selectFrom('processing_jobs').selectAll().where('job_id', '=', job_id).forUpdate()
  const job = await locked.executeTakeFirst()
  const worker = await findOpenWorker(trx, job_id)
  if (job === undefined || worker === undefined) return { kind: 'refused', status: null }
  const { status } = worker
  if (await wasSteeredBy(trx, job_id, { wish: verb, request_id })) return { kind: 'repeated' }
  if (next('worker', status, verb).kind === 'refused') return { kind: 'refused', status }
  const reason = await findReason(trx, reason_id)
  await steerWorker(trx, worker, verb, { actor, reason, request_id })
  return { kind: 'moved', job, reason }
}

/** What whoever wished is told. */
export function outcomeOf(steered: Steered): SteerOutcome {
  return steered.kind === 'refused' ? steered : { kind: 'moved' }
}
