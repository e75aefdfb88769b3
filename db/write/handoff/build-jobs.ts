import { stoppedBy } from '../../../contract/handoff/decide-wish.ts'
import type { Transaction } from 'kysely'

import type { HandoffMove } from '../../../contract/handoff/decision.ts'
import { attemptOf, type PastMove } from '../../../contract/handoff/past.ts'
import { handoffProgress, phaseOf, standingAt } from '../../../contract/handoff/progress.ts'
import { PHASES, type Phase } from '../../../contract/machines/handoff-machine.ts'
import type { LastError } from '../../../contract/snapshot.ts'
import type { Database } from '../../schema.ts'
import { newJobId } from '../ids.ts'
import { moveJobFrom, type JobMove } from '../jobs.ts'
import { SYSTEM } from '../run-steps.ts'
import { insertRetryJob } from '../runs.ts'
import type { LockedHandoff } from './handoff-rows.ts'
import { endPhaseJob, findPhaseJob, runPhaseJob, type PhaseEnd } from './phase-jobs.ts'

type Trx = Transaction<Database>

const OPEN = ['SUBMITTED', 'PENDING', 'RUNNING'] as const

/** The phase a build stands in, and which time it is. */
function standing(row: LockedHandoff, past: readonly PastMove[]): { phase: Phase; attempt: number } {
  const phase = phaseOf(standingAt(row))
  return { phase, attempt: attemptOf(past, phase) }
}

/** A build that stopped on an error goes on under a new job; answers the build as it is then. */
export async function reopenJob(trx: Trx, row: LockedHandoff): Promise<LockedHandoff> {
  const job_id = newJobId()
  await insertRetryJob(
    trx,
    { failed_job_id: row.job_id, job_id },
    { actor: SYSTEM, reason: null, request_id: null },
  )
  return { ...row, job_id, job_status: 'PENDING', is_paused: false }
}

/** Has the job of a build run, a new one where the last has failed, and that of the phase it is in; answers the build as it is then. */
export async function takeUpJobs(
  trx: Trx,
  row: LockedHandoff,
  past: readonly PastMove[],
): Promise<LockedHandoff> {
  const isIdle = row.state === 'complete' || row.state === 'error' || stoppedBy(row) !== null
  if (isIdle) return row
  const open = row.job_status === 'FAILED' ? await reopenJob(trx, row) : row
  if (open.job_status === 'PENDING') {
    const { job_id } = open
    await moveJobFrom(trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor: SYSTEM })
  }
  const running = { ...open, job_status: 'RUNNING' } as const
  const isPhase = PHASES.some((phase) => phase === running.state)
  if (isPhase) await runPhaseJob(trx, running, standing(running, past))
  await showProgress(trx, running)
  return running
}

/** Progress of a build on its job: a return to an earlier phase leaves it, since it never falls inside a job. */
async function showProgress(trx: Trx, row: LockedHandoff): Promise<void> {
  const progress = Math.floor(handoffProgress(row))
  await trx
    .updateTable('processing_jobs')
    .set({ progress, updated_at: new Date() })
    .where('job_id', '=', row.job_id)
    .where('progress', '<', progress)
    .execute()
}

/** The job an event of a build belongs to: the build's own in the end, else that of the phase it stands in. */
export async function jobOf(trx: Trx, row: LockedHandoff, past: readonly PastMove[]): Promise<string> {
  if (row.state === 'complete' || row.state === 'error') return row.job_id
  return (await findPhaseJob(trx, row.workflow_id, standing(row, past))) ?? row.job_id
}

interface Leaving {
  /** The build before the move. */
  readonly left: LockedHandoff
  /** Null when it is canceled where it stands. */
  readonly move: HandoffMove | null
  /** Whether the phase that is left came to a verdict. */
  readonly isVerdict: boolean
  readonly error: LastError | undefined
  /** Who cancels it. */
  readonly by?: Pick<JobMove, 'actor' | 'reason' | 'request_id'>
}

function phaseEnd({ move, isVerdict, error }: Leaving): PhaseEnd {
  if (error !== undefined) return { to: 'FAILED', error }
  if (move === null || !isVerdict) return { to: 'CANCELED' }
  return { to: 'COMPLETED', passed: move.by === 'advance' }
}

/** Ends the jobs that a move ends; answers the state of the build's own job. */
export async function endJobs(trx: Trx, leaving: Leaving): Promise<Pick<LockedHandoff, 'job_status'>> {
  const { left, move, error, by = { actor: SYSTEM } } = leaving
  const { job_id, workflow_id, job_status } = left
  const phaseJob = await trx
    .selectFrom('processing_jobs')
    .select('job_id')
    .where('subject_id', '=', workflow_id)
    .where('kind', '=', 'phase')
    .where('status', '=', 'RUNNING')
    .executeTakeFirst()
  if (phaseJob !== undefined) await endPhaseJob(trx, phaseJob.job_id, phaseEnd(leaving))
  if (move === null) {
    await moveJobFrom(trx, OPEN, { job_id, to: 'CANCELED', kind: 'operator', ...by })
    return { job_status: 'CANCELED' }
  }
  if (move.to === 'error' && error !== undefined) {
    await moveJobFrom(trx, ['RUNNING'], { job_id, to: 'FAILED', kind: 'fail', actor: SYSTEM, error })
    return { job_status: 'FAILED' }
  }
  if (move.to !== 'complete') return { job_status }
  await moveJobFrom(trx, ['RUNNING'], { job_id, to: 'COMPLETED', kind: 'advance', actor: SYSTEM })
  await trx.updateTable('processing_jobs').set({ progress: 100 }).where('job_id', '=', job_id).execute()
  return { job_status: 'COMPLETED' }
}
