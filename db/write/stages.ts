import { createHash } from 'node:crypto'
import type { Transaction, Updateable } from 'kysely'

import type { EventPayload, MilestonePreview } from '../../contract/events.ts'
import type { Actor } from '../../contract/machines.ts'
import type { LastError } from '../../contract/snapshot.ts'
import { STAGE_RANGES, stageProgress, type PlanStage } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import type { AssignmentWorkspacesTable, Database } from '../schema.ts'
import { appendEvents, newEvent, wakeHubs, type NewEvent } from './events.ts'
import { fenceRun, type FencedWorkspace, type RunRef } from './fence.ts'
import { moveJob, moveJobFrom } from './jobs.ts'
import { recordTransition } from './transitions.ts'

const SYSTEM: Actor = { type: 'system', id: 'worker' }

/** One try of one stage of one run. */
export interface StageTry extends RunRef {
  readonly stage: PlanStage
  /** Counts the tries of this stage by the worker, from 1. */
  readonly attempt: number
}

export interface NewArtefact {
  readonly kind: string
  readonly body: unknown
  readonly provenance?: unknown
}

type Change = Omit<Updateable<AssignmentWorkspacesTable>, 'version' | 'updated_at'>

/** One transaction of a run: fence, change, event. The event's progress never falls inside one job. */
async function writeRun(
  db: WriteDb,
  run: RunRef,
  work: (trx: Transaction<Database>, workspace: FencedWorkspace) => Promise<readonly NewEvent[]>,
): Promise<void> {
  const seq = await db.transaction().execute(async (trx) => {
    const workspace = await fenceRun(trx, run)
    const events = await work(trx, workspace)
    return events.length === 0 ? null : appendEvents(trx, run.workspace_id, events)
  })
  if (seq !== null) await wakeHubs(db, run.workspace_id, seq)
}

async function changeWorkspace(
  trx: Transaction<Database>,
  workspace: FencedWorkspace,
  change: Change,
): Promise<void> {
  await trx
    .updateTable('assignment_workspaces')
    .set({ ...change, version: workspace.version + 1, updated_at: new Date() })
    .where('workspace_id', '=', workspace.workspace_id)
    .execute()
}

async function showOnJob(trx: Transaction<Database>, step: StageTry, progress: number): Promise<void> {
  await trx
    .updateTable('processing_jobs')
    .set({ stage: step.stage, progress, updated_at: new Date() })
    .where('job_id', '=', step.job_id)
    .execute()
}

function envelope(
  step: StageTry,
  status: 'running' | 'completed' | 'failed' | 'canceled',
  progress: number,
  message: string,
) {
  const { workspace_id, job_id, generation, stage } = step
  return { stream: 'assignment', workspace_id, job_id, generation, stage, status, progress, message } as const
}

function dedupeKey(step: StageTry, what: string): string {
  return `${step.job_id}:${step.stage}:${step.attempt}:${what}`
}

async function rootOf(trx: Transaction<Database>, job_id: string): Promise<string | null> {
  const job = await trx
    .selectFrom('processing_jobs')
    .select('parent_job_id')
    .where('job_id', '=', job_id)
    .executeTakeFirst()
  return job?.parent_job_id ?? null
}

async function setJobsRunning(trx: Transaction<Database>, step: StageTry): Promise<void> {
  const move = { to: 'RUNNING', kind: 'advance', actor: SYSTEM } as const
  await moveJobFrom(trx, ['PENDING'], { ...move, job_id: step.job_id })
  const root = await rootOf(trx, step.job_id)
  if (root !== null) await moveJobFrom(trx, ['PENDING'], { ...move, job_id: root })
}

/** Says that a try of a stage begins; the first one of a job also sets the job running. Throws RunSuperseded, RunParked. */
export async function beginStage(db: WriteDb, step: StageTry): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    await setJobsRunning(trx, step)
    const { doing, from } = STAGE_RANGES[step.stage]
    const progress = Math.max(workspace.progress, from)
    const message = step.attempt === 1 ? `${doing}.` : `${doing} (try ${step.attempt}).`
    await changeWorkspace(trx, workspace, { stage: step.stage, progress, message })
    await showOnJob(trx, step, progress)
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
    await changeWorkspace(trx, workspace, { progress, message })
    await showOnJob(trx, step, progress)
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

/** Shows parts of a draft while it grows, in order. */
export async function showPreviews(db: WriteDb, step: StageTry, previews: readonly Preview[]): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    const progress = Math.max(workspace.progress, stageProgress(step.stage, 1, 2))
    await changeWorkspace(trx, workspace, { progress })
    await showOnJob(trx, step, progress)
    return previews.map(({ message, ...shown }, index) =>
      newEvent(
        'preview',
        {},
        { ...envelope(step, 'running', progress, message), ...shown },
        dedupeKey(step, `preview:${index}`),
      ),
    )
  })
}

async function insertArtefacts(
  trx: Transaction<Database>,
  step: StageTry,
  artefacts: readonly NewArtefact[],
): Promise<void> {
  const { workspace_id, generation, job_id } = step
  for (const { kind, body, provenance } of artefacts) {
    const text = JSON.stringify(body)
    const sha256 = createHash('sha256').update(text).digest('hex')
    await trx
      .insertInto('artefacts')
      .values({
        workspace_id,
        generation,
        kind,
        job_id,
        body: text,
        sha256,
        provenance: provenance === undefined ? null : JSON.stringify(provenance),
      })
      .execute()
  }
}

function completed(step: StageTry, duration_ms: number, progress: number): NewEvent {
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

/** Stores what a stage found together with its event, once; a second store of the same result breaks on its key. */
export async function completeStage(db: WriteDb, step: StageTry, result: StageResult): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    await insertArtefacts(trx, step, result.artefacts)
    if (result.also !== undefined) await result.also(trx)
    const progress = Math.max(workspace.progress, STAGE_RANGES[step.stage].to)
    await changeWorkspace(trx, workspace, { progress })
    await showOnJob(trx, step, progress)
    return [completed(step, result.duration_ms, progress)]
  })
}

/** Stores the finished plan, sets workspace and jobs to their good end and says so, all at once. */
export async function finishRun(db: WriteDb, step: StageTry, result: StageResult): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    await insertArtefacts(trx, step, result.artefacts)
    const message = 'The plan is ready.'
    await changeWorkspace(trx, workspace, { status: 'ready', progress: 100, message, last_error: null })
    await showOnJob(trx, step, 100)
    const about = {
      machine: 'workspace',
      entity_id: step.workspace_id,
      tenant_id: workspace.tenant_id,
      actor: SYSTEM,
    } as const
    await recordTransition(trx, { ...about, from: workspace.status, to: 'ready', kind: 'advance' })
    const move = { to: 'COMPLETED', kind: 'advance', actor: SYSTEM } as const
    await moveJob(trx, { ...move, job_id: step.job_id })
    const root = await rootOf(trx, step.job_id)
    if (root !== null) await moveJobFrom(trx, ['RUNNING'], { ...move, job_id: root })
    const ready = envelope(step, 'completed', 100, message)
    return [
      completed(step, result.duration_ms, 100),
      newEvent('plan_ready', { masterplan_id: null }, ready, `${step.job_id}:plan_ready`),
    ]
  })
}

/** Stops a run where a person has to act: the reason in words, job failed (or canceled), one `failed` event. */
export async function parkRun(db: WriteDb, step: StageTry, error: LastError): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    await setJobsRunning(trx, step)
    await changeWorkspace(trx, workspace, {
      status: 'failed',
      stage: step.stage,
      message: error.message,
      last_error: JSON.stringify(error),
    })
    const reason = error.code
    const about = {
      machine: 'workspace',
      entity_id: step.workspace_id,
      tenant_id: workspace.tenant_id,
      actor: SYSTEM,
      reason,
    } as const
    await recordTransition(trx, { ...about, from: workspace.status, to: 'failed', kind: 'fail' })
    const to = error.code === 'CANCELED' || error.code === 'TERMINATED' ? 'CANCELED' : 'FAILED'
    await moveJob(trx, { job_id: step.job_id, to, kind: 'fail', actor: SYSTEM, reason, error })
    const shown = envelope(step, to === 'FAILED' ? 'failed' : 'canceled', workspace.progress, error.message)
    const payload = { code: error.code, retryable: error.retryable }
    return [newEvent('failed', payload, shown, `${step.job_id}:failed`)]
  })
}
