import { randomUUID } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'

import type { Actor, JobState } from '../../contract/machines.ts'
import type { WriteDb } from '../open.ts'
import type { AssignmentWorkspacesTable, Database } from '../schema.ts'
import { appendEvents, newEvent, wakeHubs } from '../write/events.ts'
import { newJobId } from '../write/ids.ts'
import { moveJobFrom } from '../write/jobs.ts'
import { insertPlanJobs, type RunOwner } from '../write/runs.ts'
import { closeProjectHandoffs } from './close-handoffs.ts'
import { closeMasterplans } from './close-masterplans.ts'
import { recordTransition, recordTransitions } from '../write/transitions.ts'

const WAITING = 'Accepted and waiting: planning begins as soon as a worker is free.'

type WorkspaceRow = Selectable<AssignmentWorkspacesTable>

export interface StartIntent {
  readonly user_id: string
  readonly tenant_id: string
  readonly course_id: string
  readonly assignment_id: string
  readonly request_id: string | null
}

function actorOf(intent: StartIntent): Actor {
  return { type: 'user', id: intent.user_id }
}

/** Makes the workspace with its first generation; null when there is one already (the database lets only one be). */
export async function createWorkspace(
  db: WriteDb,
  intent: StartIntent,
): Promise<{ workspace_id: string } | null> {
  return db.transaction().execute(async (trx) => {
    const { user_id, tenant_id, course_id, assignment_id, request_id } = intent
    const owner: RunOwner = { workspace_id: randomUUID(), user_id, tenant_id, course_id, assignment_id }
    const job_id = newJobId()
    const made = await trx
      .insertInto('assignment_workspaces')
      .values({
        ...owner,
        job_id,
        status: 'running',
        generation: 1,
        discovery_id: randomUUID(),
        stage: null,
        message: WAITING,
      })
      .onConflict((clash) => clash.columns(['user_id', 'course_id', 'assignment_id']).doNothing())
      .returning('workspace_id')
      .executeTakeFirst()
    if (made === undefined) return null
    const cause = { actor: actorOf(intent), request_id, reason: 'start' }
    const about = { machine: 'workspace', entity_id: owner.workspace_id, tenant_id, ...cause } as const
    await trx
      .insertInto('event_streams')
      .values({ stream_id: owner.workspace_id, kind: 'assignment' })
      .execute()
    await recordTransitions(trx, [
      { ...about, from: null, to: 'idle', kind: 'create' },
      { ...about, from: 'idle', to: 'running', kind: 'advance' },
    ])
    await insertPlanJobs(trx, owner, { job_id, generation: 1 }, cause)
    return made
  })
}

/** What became of the wish to begin anew. */
export type ReprocessOutcome =
  | {
      readonly outcome: 'raised'
      /** What was given up with the old generation: its runs are for the caller to end. */
      readonly masterplan_ids: readonly string[]
      readonly handoff_ids: readonly string[]
    }
  | { readonly outcome: 'busy'; readonly generation: number }
  | { readonly outcome: 'absent' }

/** How a job ended that is closed now if it was still open. */
function endOf(status: JobState | undefined): 'completed' | 'failed' | 'canceled' {
  if (status === 'COMPLETED') return 'completed'
  return status === 'FAILED' ? 'failed' : 'canceled'
}

async function closeGeneration(
  trx: Transaction<Database>,
  old: WorkspaceRow,
  intent: StartIntent,
): Promise<number> {
  const next = old.generation + 1
  const jobs = await trx
    .selectFrom('processing_jobs')
    .select(['job_id', 'status'])
    .where('workspace_id', '=', old.workspace_id)
    .where('superseded', '=', false)
    .orderBy('depth', 'desc')
    .execute()
  const reason = 'superseded by a reprocess'
  for (const { job_id } of jobs) {
    const move = {
      job_id,
      to: 'CANCELED',
      kind: 'reprocess',
      actor: actorOf(intent),
      reason,
      request_id: intent.request_id,
    } as const
    await moveJobFrom(trx, ['SUBMITTED', 'PENDING', 'RUNNING'], move)
  }
  await trx
    .updateTable('processing_jobs')
    .set({ superseded: true, updated_at: new Date() })
    .where('workspace_id', '=', old.workspace_id)
    .where('superseded', '=', false)
    .execute()
  const { workspace_id, job_id, generation, progress } = old
  const envelope = {
    stream: 'assignment',
    workspace_id,
    job_id,
    generation,
    stage: old.stage,
    status: endOf(jobs.find((job) => job.job_id === job_id)?.status),
    progress,
    message: 'A reprocess was asked for: this run is over and a new one takes its place.',
  } as const
  const payload = { generation, new_generation: next }
  return appendEvents(trx, workspace_id, [
    newEvent('superseded', payload, envelope, `superseded:${generation}`),
  ])
}

/**
 * Raises the generation by one compare-and-set on the row: refused only while an unfinished run is itself a
 * reprocess. Writes the superseded event of the old generation, since no workflow code runs on terminate.
 */
export async function raiseGeneration(db: WriteDb, intent: StartIntent): Promise<ReprocessOutcome> {
  const raised = await db.transaction().execute(async (trx) => {
    const { user_id, course_id, assignment_id, tenant_id, request_id } = intent
    // Not for update: whoever works below a masterplan writes jobs of this workspace while holding the lock this asks for.
    const old = await trx
      .selectFrom('assignment_workspaces')
      .selectAll()
      .where('user_id', '=', user_id)
      .where('course_id', '=', course_id)
      .where('assignment_id', '=', assignment_id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (old === undefined) return { outcome: 'absent' } as const
    if (old.status === 'running' && old.reprocess)
      return { outcome: 'busy', generation: old.generation } as const
    // Before anything is told on the stream of the assignment: whoever changes a masterplan tells it there last.
    const closing = { workspace_id: old.workspace_id, actor: actorOf(intent), request_id }
    const { masterplan_ids, wakes } = await closeMasterplans(trx, closing)
    const builds = await closeProjectHandoffs(trx, closing)
    const seq = await closeGeneration(trx, old, intent)
    const job_id = newJobId()
    const generation = old.generation + 1
    await trx
      .updateTable('assignment_workspaces')
      .set({
        generation,
        job_id,
        status: 'running',
        reprocess: true,
        discovery_id: randomUUID(),
        stage: null,
        progress: 0,
        message: WAITING,
        paused: false,
        last_error: null,
        version: old.version + 1,
        updated_at: new Date(),
      })
      .where('workspace_id', '=', old.workspace_id)
      .execute()
    const cause = { actor: actorOf(intent), request_id, reason: 'reprocess' }
    const about = { machine: 'workspace', entity_id: old.workspace_id, tenant_id, ...cause } as const
    await recordTransition(trx, { ...about, from: old.status, to: 'running', kind: 'reprocess' })
    await insertPlanJobs(trx, old, { job_id, generation }, cause)
    const handoff_ids = builds.map(([workflow_id]) => workflow_id)
    const given_up = { masterplan_ids, handoff_ids }
    return { outcome: 'raised', given_up, wakes: [...wakes, ...builds, [old.workspace_id, seq]] } as const
  })
  if (raised.outcome !== 'raised') return raised
  for (const [stream, seq] of raised.wakes) await wakeHubs(db, stream, seq)
  return { outcome: 'raised', ...raised.given_up }
}
