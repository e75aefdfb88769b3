import type { Actor } from '../../contract/machines.ts'
import type { PlanStage } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import { findReason } from '../read/reasons.ts'
import { appendEvents, newEvent, wakeHubs } from '../write/events.ts'
import { newJobId } from '../write/ids.ts'
import { insertRetryJob } from '../write/runs.ts'
import { recordTransition } from '../write/transitions.ts'

export interface ReopenIntent {
  readonly workspace_id: string
  readonly generation: number
  /** The job that failed, as the caller saw it. */
  readonly failed_job_id: string
  /** The id the new job gets: the same id twice is the same retry. */
  readonly job_id: string
  readonly stage: PlanStage
  readonly actor: Actor
  /** Where the words of the person are kept; null when there were none. */
  readonly reason_id: string | null
  readonly request_id: string | null
}

/** `reopened` also when this very retry was written before; `changed` when the run is no longer as the caller saw it. */
export type ReopenOutcome = 'reopened' | 'changed'

/** Takes a failed run up again under a new job: workspace running, transition and event in one transaction. */
export async function reopenRun(db: WriteDb, intent: ReopenIntent): Promise<ReopenOutcome> {
  const { workspace_id, generation, failed_job_id, job_id, stage, actor, reason_id, request_id } = intent
  const seq = await db.transaction().execute(async (trx) => {
    const workspace = await trx
      .selectFrom('assignment_workspaces')
      .selectAll()
      .where('workspace_id', '=', workspace_id)
      .where('generation', '=', generation)
      .forUpdate()
      .executeTakeFirst()
    if (workspace === undefined) return null
    if (workspace.job_id === job_id) return 0
    if (workspace.status !== 'failed' || workspace.job_id !== failed_job_id) return null
    const reason = await findReason(trx, reason_id)
    const attempt = await insertRetryJob(trx, { failed_job_id, job_id }, { actor, reason, request_id })
    const message = 'Taken up again from the stage that failed.'
    await trx
      .updateTable('assignment_workspaces')
      .set({
        status: 'running',
        job_id,
        message,
        last_error: null,
        version: workspace.version + 1,
        updated_at: new Date(),
      })
      .where('workspace_id', '=', workspace_id)
      .execute()
    const { tenant_id, progress } = workspace
    const about = {
      machine: 'workspace',
      entity_id: workspace_id,
      tenant_id,
      actor,
      reason,
      request_id,
    } as const
    await recordTransition(trx, { ...about, from: 'failed', to: 'running', kind: 'retry', wish: 'retry' })
    const envelope = {
      stream: 'assignment',
      workspace_id,
      job_id,
      generation,
      stage,
      status: 'pending',
      progress,
      message,
    } as const
    const payload = { job_id, paused: false, attempt, actor, reason }
    return appendEvents(trx, workspace_id, [newEvent('job_status', payload, envelope, `${job_id}:retry`)])
  })
  if (seq === null) return 'changed'
  if (seq > 0) await wakeHubs(db, workspace_id, seq)
  return 'reopened'
}

/** Takes a run up again whose workflow is gone, under a new job that a fresh workflow will work at. */
export async function reopenClosedRun(
  db: WriteDb,
  intent: Omit<ReopenIntent, 'job_id'>,
): Promise<ReopenOutcome> {
  return reopenRun(db, { ...intent, job_id: newJobId() })
}
