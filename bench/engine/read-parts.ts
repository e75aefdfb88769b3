import { sql } from 'kysely'

import type { WriteDb } from '../../db/open.ts'

/** Where the time of one stage of one run went, in milliseconds by the server's clock. */
export interface StageParts {
  readonly stage: string
  /** From the stage before, or from the accepted request, to stage_started: Temporal, a fence and a transaction. */
  readonly reached: number
  /** What the stage worked for by its own count, its reading of the database included. */
  readonly work: number
  /** The model's part of that. */
  readonly model: number
  /** From the end of the work to stage_completed: the result in one transaction. */
  readonly stored: number
}

/** Reads where the time of finished runs went from the events and model calls they left behind. */
export async function readParts(db: WriteDb, workspaceIds: readonly string[]): Promise<StageParts[]> {
  const { rows } = await sql<StageParts>`
    with steps as (
      select stream_id, job_id, body->>'stage' as stage, type, at, (body->'payload'->>'duration_ms')::int as work,
        lag(at) over (partition by stream_id order by seq) as before
      from events
      where stream_id = any(${[...workspaceIds]}::uuid[]) and type in ('stage_started', 'stage_completed')
    )
    select begun.stage, ended.work,
      extract(epoch from begun.at - coalesce(begun.before, job.created_at))::float8 * 1000 as reached,
      extract(epoch from ended.at - begun.at)::float8 * 1000 - ended.work as stored,
      coalesce((select sum(duration_ms)::int from llm_calls call
        where call.job_id = begun.job_id and call.stage = begun.stage), 0) as model
    from steps begun
      join steps ended using (stream_id, stage)
      join processing_jobs job on job.job_id = begun.job_id
    where begun.type = 'stage_started' and ended.type = 'stage_completed'`.execute(db)
  return rows
}
