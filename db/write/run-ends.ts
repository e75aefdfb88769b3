import type { Transaction } from 'kysely'

import type { LastError } from '../../contract/snapshot.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { insertArtefacts } from './artefacts.ts'
import { newEvent } from './events.ts'
import type { FencedWorkspace } from './fence.ts'
import { moveJob, moveJobFrom } from './jobs.ts'
import {
  insertMasterplan,
  type InsertedMasterplan,
  type NewMasterplan,
} from './masterplan/insert-masterplan.ts'
import {
  changeWorkspace,
  envelope,
  rootOf,
  setJobsRunning,
  showStep,
  type StopCause,
  SYSTEM,
  writeRun,
  type StageTry,
} from './run-steps.ts'
import { completed, type StageResult } from './stages.ts'
import { storable } from './storable.ts'
import { recordTransition } from './transitions.ts'

async function insertDraft(
  trx: Transaction<Database>,
  { tenant_id, user_id, workspace_id, generation, discovery_id }: FencedWorkspace,
  root_job_id: string | null,
  draft: NewMasterplan | undefined,
): Promise<InsertedMasterplan | null> {
  if (draft === undefined) return null
  const owner = { tenant_id, user_id, workspace_id, generation, discovery_id, root_job_id }
  return insertMasterplan(trx, owner, draft, { actor: SYSTEM, reason: null, request_id: null })
}

/** Stores the finished plan and the draft of its masterplan, sets workspace and jobs to their good end and says so, all at once. */
export async function finishRun(db: WriteDb, step: StageTry, result: StageResult): Promise<void> {
  await writeRun(db, step, async (trx, workspace) => {
    if (!(await insertArtefacts(trx, step, result.artefacts))) return []
    const message = 'The plan is ready.'
    await showStep(trx, workspace, step, {
      status: 'ready',
      progress: 100,
      message,
      last_error: null,
      paused: false,
    })
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
    const draft = await insertDraft(trx, workspace, root, result.masterplan)
    const ready = envelope(step, 'completed', 100, message)
    const masterplan_id = draft?.plan.masterplan_id ?? null
    return [
      completed(step, result.duration_ms, 100),
      ...(draft?.told ?? []),
      newEvent('plan_ready', { masterplan_id }, ready, `${step.job_id}:plan_ready`),
    ]
  })
}

/** Stops a run where a person has to act: the reason in words, job failed (or canceled), one `failed` event. */
export async function parkRun(
  db: WriteDb,
  step: StageTry,
  given: LastError,
  by: StopCause = { actor: SYSTEM, reason: given.code },
): Promise<void> {
  const error = storable(given)
  const { actor, reason, request_id = null } = by
  const isStopped = error.code === 'CANCELED' || error.code === 'TERMINATED'
  await writeRun(db, step, async (trx, workspace) => {
    if (workspace.status !== 'running') return []
    // A job may be canceled before it ran, but nothing fails that never ran.
    if (!isStopped) await setJobsRunning(trx, step)
    await changeWorkspace(trx, workspace, {
      status: 'failed',
      paused: false,
      stage: step.stage,
      message: error.message,
      last_error: JSON.stringify(error),
    })
    const kind = isStopped ? 'operator' : 'fail'
    const about = {
      machine: 'workspace',
      entity_id: step.workspace_id,
      tenant_id: workspace.tenant_id,
      actor,
      reason,
      request_id,
    } as const
    await recordTransition(trx, { ...about, from: workspace.status, to: 'failed', kind })
    const to = isStopped ? 'CANCELED' : 'FAILED'
    await moveJob(trx, { job_id: step.job_id, to, kind, actor, reason, request_id, error })
    const shown = envelope(step, isStopped ? 'canceled' : 'failed', workspace.progress, error.message)
    const payload = { code: error.code, retryable: error.retryable }
    return [newEvent('failed', payload, shown, `${step.job_id}:failed`)]
  })
}
