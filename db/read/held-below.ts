import type { ReadDb } from '../open.ts'

/** Whether a job anywhere below this one is paused, by somebody or because its budget is used up. */
export async function isHeldBelow(db: ReadDb, job_id: string): Promise<boolean> {
  const held = await db
    .withRecursive('below', (query) =>
      query
        .selectFrom('processing_jobs as child')
        .select('child.job_id')
        .where('child.parent_job_id', '=', job_id)
        .unionAll(
          query
            .selectFrom('processing_jobs as deeper')
            .innerJoin('below', 'below.job_id', 'deeper.parent_job_id')
            .select('deeper.job_id'),
        ),
    )
    .selectFrom('below')
    .innerJoin('workers', 'workers.job_id', 'below.job_id')
    .select('workers.worker_id')
    .where('workers.status', '=', 'PAUSED')
    .limit(1)
    .executeTakeFirst()
  return held !== undefined
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
