import type { Transaction } from 'kysely'

import { handoffWorkflowId } from '../../../contract/ids.ts'
import type { Phase } from '../../../contract/machines/handoff-machine.ts'
import type { LastError } from '../../../contract/snapshot.ts'
import type { Database } from '../../schema.ts'
import { newJobId } from '../ids.ts'
import { insertPendingJob, moveJobFrom } from '../jobs.ts'
import { SYSTEM } from '../run-steps.ts'
import type { LockedHandoff } from './handoff-rows.ts'

interface Entry {
  readonly phase: Phase
  /** How often the phase was entered. */
  readonly attempt: number
}

/** The job of one attempt at a phase; undefined while there is none. */
export async function findPhaseJob(
  trx: Transaction<Database>,
  workflow_id: string,
  { phase, attempt }: Entry,
): Promise<string | undefined> {
  const job = await trx
    .selectFrom('processing_jobs')
    .select('job_id')
    .where('subject_id', '=', workflow_id)
    .where('kind', '=', 'phase')
    .where('stage', '=', phase)
    .where('attempt', '=', attempt)
    .executeTakeFirst()
  return job?.job_id
}

/** The running job of an attempt at a phase, made below the build's own when the phase is entered; answers its id. */
export async function runPhaseJob(
  trx: Transaction<Database>,
  handoff: LockedHandoff,
  { phase, attempt }: Entry,
): Promise<string> {
  const { workflow_id, tenant_id, user_id, workspace_id, generation, job_id: parent_job_id, depth } = handoff
  const known = await findPhaseJob(trx, workflow_id, { phase, attempt })
  if (known !== undefined) return known
  const job_id = newJobId()
  const before =
    attempt > 1 ? await findPhaseJob(trx, workflow_id, { phase, attempt: attempt - 1 }) : undefined
  const owner = { tenant_id, user_id, workspace_id, generation }
  const job = {
    ...owner,
    job_id,
    parent_job_id,
    kind: 'phase',
    depth: depth + 1,
    temporal_workflow_id: handoffWorkflowId(workflow_id),
    attempt,
    retry_of: before ?? null,
    subject_id: workflow_id,
    stage: phase,
  } as const
  await insertPendingJob(trx, job, { actor: SYSTEM })
  await moveJobFrom(trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor: SYSTEM })
  return job_id
}

/** How an attempt at a phase ends: with a verdict of its own, cut short, or failed. */
export type PhaseEnd =
  | { readonly to: 'COMPLETED'; readonly passed: boolean }
  | { readonly to: 'CANCELED' }
  | { readonly to: 'FAILED'; readonly error: LastError }

/** Ends the job of a phase, if it runs. */
export async function endPhaseJob(trx: Transaction<Database>, job_id: string, end: PhaseEnd): Promise<void> {
  const about = { job_id, to: end.to, actor: SYSTEM } as const
  if (end.to === 'FAILED') {
    await moveJobFrom(trx, ['RUNNING'], { ...about, kind: 'fail', error: end.error })
    return
  }
  if (end.to === 'CANCELED') {
    await moveJobFrom(trx, ['RUNNING'], { ...about, kind: 'operator' })
    return
  }
  const { passed } = end
  const moved = await moveJobFrom(trx, ['RUNNING'], { ...about, kind: 'advance', result: { passed } })
  if (!moved) return
  await trx.updateTable('processing_jobs').set({ progress: 100 }).where('job_id', '=', job_id).execute()
}
