import { sql } from 'kysely'

import type { ReadDb } from '../open.ts'

/**
 * Whether it is no wonder that nothing below a job came to its end in so many seconds: something there is paused, by
 * somebody or because its budget is used up, or was until a moment ago, or its tenant has no place for it.
 */
export async function isHeldBelow(db: ReadDb, job_id: string, seconds: number): Promise<boolean> {
  const held = sql<boolean>`(
    with recursive below as (
      select job_id, depth, status from processing_jobs where parent_job_id = ${job_id}
      union all
      select job.job_id, job.depth, job.status from processing_jobs job join below on below.job_id = job.parent_job_id
    ),
    paused as (
      select from below
      join workers using (job_id)
      left join transitions move on move.machine = 'worker' and move.entity_id = workers.worker_id
        and move.from_state = 'PAUSED' and move.at > now() - make_interval(secs => ${seconds})
      where workers.status = 'PAUSED' or move.seq is not null
    ),
    steps as (
      select exists (
        select from allocations held
        where held.job_id = below.job_id and held.depth = below.depth and held.released_at is null
      ) as has_place
      from below
      where status = 'RUNNING' and not exists (
        select from processing_jobs child where child.parent_job_id = below.job_id
      )
    )
    select exists (select from paused)
      or exists (select from steps where not has_place)
      or not exists (select from steps) and exists (select from below where status = 'PENDING')
  )`
  return (await db.selectNoFrom(held.as('held')).executeTakeFirstOrThrow()).held
}

/** Whether the worker of a job is paused. */
export async function isPaused(db: ReadDb, job_id: string): Promise<boolean> {
  const paused = await db
    .selectFrom('workers')
    .select('worker_id')
    .where('job_id', '=', job_id)
    .where('status', '=', 'PAUSED')
    .executeTakeFirst()
  return paused !== undefined
}
