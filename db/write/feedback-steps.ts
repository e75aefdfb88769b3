import type { Transaction } from 'kysely'

import { STAGE_RANGES, stageProgress, type FeedbackStage } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { appendEvents, newEvent, wakeHubs, type NewEvent } from './events.ts'
import type { RunRef } from './fence.ts'
import { insertJobArtefacts } from './job-artefacts.ts'
import { fenceJob, type FencedJob } from './job-fence.ts'
import { moveJobFrom } from './jobs.ts'
import { dedupeKey, SYSTEM, type StageTry } from './run-steps.ts'
import type { StageResult } from './stages.ts'

/** One try of one stage of a feedback job. */
export type FeedbackTry = StageTry<FeedbackStage>

/** One transaction of a feedback job: fence, change, events. A job that is completed already takes no further write. */
export async function writeFeedback(
  db: WriteDb,
  run: RunRef,
  work: (trx: Transaction<Database>, job: FencedJob) => Promise<readonly NewEvent[]>,
): Promise<void> {
  const seq = await db.transaction().execute(async (trx) => {
    const job = await fenceJob(trx, run)
    const events = job.status === 'COMPLETED' ? [] : await work(trx, job)
    return events.length === 0 ? null : appendEvents(trx, run.workspace_id, events)
  })
  if (seq !== null) await wakeHubs(db, run.workspace_id, seq)
}

/** The envelope of an event of a feedback job. */
export function feedbackEnvelope(
  { workspace_id, job_id, generation, stage }: FeedbackTry,
  status: 'running' | 'completed' | 'failed' | 'canceled',
  progress: number,
  message: string,
) {
  return { stream: 'assignment', workspace_id, job_id, generation, stage, status, progress, message } as const
}

/** Shows on the job how far it is; answers the progress, which never falls. */
export async function showFeedbackStep(
  trx: Transaction<Database>,
  job: FencedJob,
  stage: FeedbackStage,
  reached: number,
): Promise<number> {
  const progress = Math.max(job.progress, reached)
  const updated_at = new Date()
  const change = { stage, progress, updated_at }
  await trx.updateTable('processing_jobs').set(change).where('job_id', '=', job.job_id).execute()
  return progress
}

/** Sets a job running that still waits. */
export async function setFeedbackRunning(trx: Transaction<Database>, job_id: string): Promise<void> {
  await moveJobFrom(trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor: SYSTEM })
}

/** Says that a try of a stage begins; the first one also sets the job running. Throws RunSuperseded, RunParked. */
export async function beginFeedbackStage(db: WriteDb, step: FeedbackTry): Promise<void> {
  await writeFeedback(db, step, async (trx, job) => {
    await setFeedbackRunning(trx, step.job_id)
    const { doing, from } = STAGE_RANGES[step.stage]
    const progress = await showFeedbackStep(trx, job, step.stage, from)
    const message = step.attempt === 1 ? `${doing}.` : `${doing} (try ${step.attempt}).`
    const envelope = feedbackEnvelope(step, 'running', progress, message)
    return [newEvent('stage_started', { attempt: step.attempt }, envelope, dedupeKey(step, 'started'))]
  })
}

/** Shows a part of the feedback while it grows; `position` numbers the previews of one try. */
export async function showFeedbackPreview(
  db: WriteDb,
  step: FeedbackTry,
  feedback_preview: string,
  position: number,
): Promise<void> {
  await writeFeedback(db, step, async (trx, job) => {
    const progress = await showFeedbackStep(trx, job, step.stage, stageProgress(step.stage, 1, 2))
    const envelope = feedbackEnvelope(step, 'running', progress, 'The feedback takes shape.')
    return [
      newEvent('preview', {}, { ...envelope, feedback_preview }, dedupeKey(step, `preview:${position}`)),
    ]
  })
}

/** The event that a stage of a feedback job is done. */
export function feedbackStageCompleted(step: FeedbackTry, duration_ms: number, progress: number): NewEvent {
  const envelope = feedbackEnvelope(step, 'running', progress, `${STAGE_RANGES[step.stage].doing}: done.`)
  const payload = { attempt: step.attempt, duration_ms }
  return newEvent('stage_completed', payload, envelope, dedupeKey(step, 'completed'))
}

/** Stores what a stage found together with its event; a second store of the same result changes nothing. */
export async function completeFeedbackStage(
  db: WriteDb,
  step: FeedbackTry,
  { artefacts, also, duration_ms }: StageResult,
): Promise<void> {
  await writeFeedback(db, step, async (trx, job) => {
    if (!(await insertJobArtefacts(trx, step.job_id, artefacts))) return []
    if (also !== undefined) await also(trx)
    const progress = await showFeedbackStep(trx, job, step.stage, STAGE_RANGES[step.stage].to)
    return [feedbackStageCompleted(step, duration_ms, progress)]
  })
}
