import type { Transaction } from 'kysely'

import type { EventPayload, MilestonePreview } from '../../contract/events.ts'
import { STAGE_RANGES, stageProgress } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { insertArtefacts, type NewArtefact } from './artefacts.ts'
import { newEvent, type NewEvent } from './events.ts'
import { dedupeKey, envelope, setJobsRunning, showStep, writeRun, type StageTry } from './run-steps.ts'

/** Says that a try of a stage begins; the first one of a job also sets the job running. Throws RunSuperseded, RunParked. */
export async function beginStage(db: WriteDb, step: StageTry): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    await setJobsRunning(trx, step)
    const { doing, from } = STAGE_RANGES[step.stage]
    const progress = Math.max(workspace.progress, from)
    const message = step.attempt === 1 ? `${doing}.` : `${doing} (try ${step.attempt}).`
    await showStep(trx, workspace, step, { stage: step.stage, progress, message })
    const payload = { attempt: step.attempt }
    return [
      newEvent(
        'stage_started',
        payload,
        envelope(step, 'running', progress, message),
        dedupeKey(step, 'started'),
      ),
    ]
  })
}

/** Says how far a stage is. The same count twice in one try is one event. */
export async function reportProgress(
  db: WriteDb,
  step: StageTry,
  payload: EventPayload<'stage_progress'>,
  message: string,
): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    const progress = Math.max(workspace.progress, stageProgress(step.stage, payload.done, payload.total))
    await showStep(trx, workspace, step, { progress, message })
    return [
      newEvent(
        'stage_progress',
        payload,
        envelope(step, 'running', progress, message),
        dedupeKey(step, `progress:${payload.done}`),
      ),
    ]
  })
}

export interface Preview {
  readonly message: string
  readonly draft_summary?: string
  readonly milestone_preview?: MilestonePreview
}

/** Shows a part of a draft while it grows; `position` numbers the previews of one try. */
export async function showPreview(
  db: WriteDb,
  step: StageTry,
  { message, ...shown }: Preview,
  position: number,
): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    const progress = Math.max(workspace.progress, stageProgress(step.stage, 1, 2))
    await showStep(trx, workspace, step, { progress })
    const about = { ...envelope(step, 'running', progress, message), ...shown }
    return [newEvent('preview', {}, about, dedupeKey(step, `preview:${position}`))]
  })
}

/** Says that a stage is done. */
export function completed(step: StageTry, duration_ms: number, progress: number): NewEvent {
  const message = `${STAGE_RANGES[step.stage].doing}: done.`
  const payload = { attempt: step.attempt, duration_ms }
  return newEvent(
    'stage_completed',
    payload,
    envelope(step, 'running', progress, message),
    dedupeKey(step, 'completed'),
  )
}

/** Everything a stage leaves behind. */
export interface StageResult {
  readonly artefacts: readonly NewArtefact[]
  readonly duration_ms: number
  /** Further rows that belong to the same transaction, e.g. the documents. */
  readonly also?: (trx: Transaction<Database>) => Promise<void>
}

/** Stores what a stage found together with its event; a second store of the same result changes nothing. */
export async function completeStage(db: WriteDb, step: StageTry, result: StageResult): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    if (!(await insertArtefacts(trx, step, result.artefacts))) return []
    if (result.also !== undefined) await result.also(trx)
    const progress = Math.max(workspace.progress, STAGE_RANGES[step.stage].to)
    await showStep(trx, workspace, step, { progress })
    return [completed(step, result.duration_ms, progress)]
  })
}
