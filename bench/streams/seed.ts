import { sql } from 'kysely'

import type { WriteDb } from '../../db/open.ts'
import { now } from './messages.ts'

/** A workspace with its stream. */
export interface SeededStream {
  readonly streamId: string
  readonly path: string
}

const COURSE_ID = '1001'

/** Makes so many finished workspaces of one user, each with an empty stream. */
export async function seedStreams(db: WriteDb, userId: string, count: number): Promise<SeededStream[]> {
  const { rows } = await sql<{ workspace_id: string; assignment_id: string }>`
    with made as (
      insert into assignment_workspaces (workspace_id, user_id, tenant_id, course_id, assignment_id, status,
        generation, discovery_id, job_id, progress, message)
      select gen_random_uuid(), ${userId}::uuid, ${userId}, ${COURSE_ID}, n::text, 'ready',
        1, gen_random_uuid(), 'j_' || lpad(to_hex(n), 12, '0'), 100, 'The plan is ready.'
      from generate_series(1, ${count}::int) n
      returning workspace_id, assignment_id, job_id
    ), jobs as (
      insert into processing_jobs (job_id, tenant_id, user_id, kind, depth, status, workspace_id, progress)
      select job_id, ${userId}, ${userId}::uuid, 'plan', 1, 'COMPLETED', workspace_id, 100 from made
    ), streams as (
      insert into event_streams (stream_id, kind) select workspace_id, 'assignment' from made
    )
    select workspace_id, assignment_id from made`.execute(db)
  return rows.map(({ workspace_id, assignment_id }) => ({
    streamId: workspace_id,
    path: `/assignments/${COURSE_ID}/${assignment_id}/events`,
  }))
}

/** Writes one event as a stage does: under the row lock of its stream, then the wake-up. Answers number and commit time. */
export async function writeEvent(db: WriteDb, streamId: string): Promise<{ seq: number; at: number }> {
  const body = JSON.stringify({
    event_type: 'stage_progress',
    stream: 'assignment',
    workspace_id: streamId,
    job_id: 'j_000000000001',
    generation: 1,
    stage: 'draft_plan',
    status: 'running',
    progress: 60,
    message: 'Drafting the third of five milestones from what the assignment asks.',
    payload: { done: 3, total: 5, unit: 'milestones' },
  })
  const { rows } = await sql<{ seq: number }>`
    with next as (
      update event_streams set last_seq = last_seq + 1 where stream_id = ${streamId} returning last_seq
    )
    insert into events (stream_id, seq, type, job_id, generation, dedupe_key, body)
    select ${streamId}, last_seq, 'stage_progress', 'j_000000000001', 1, gen_random_uuid()::text, ${body}::jsonb
    from next
    returning seq`.execute(db)
  const at = now()
  const seq = rows[0]?.seq ?? 0
  await sql`select pg_notify('waymark_events', ${`${streamId}|${seq}`})`.execute(db)
  return { seq, at }
}
