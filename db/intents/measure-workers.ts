import { sql } from 'kysely'

import type { WriteDb } from '../open.ts'

/** What a process works at, by the ids its work is named by. */
export interface WorkNames {
  readonly job_ids: readonly string[]
  readonly task_ids: readonly string[]
  readonly workflow_ids: readonly string[]
}

export interface Usage {
  readonly cpu_percent: number
  readonly memory_mb: number
}

/**
 * Writes down what each of these workers uses, or with null that nothing is known of it any more. One that is being
 * moved just now is left out: this waits for nobody, and so nobody waits for it in a circle.
 */
export async function measureWorkers(
  db: WriteDb,
  { job_ids, task_ids, workflow_ids }: WorkNames,
  usage: Usage | null,
): Promise<void> {
  const { cpu_percent, memory_mb } = usage ?? { cpu_percent: null, memory_mb: null }
  await sql`
    with known as (
      select worker_id from workers where status in ('RUNNING', 'PAUSED') and job_id in (
        select unnest(${job_ids}::text[])
        union select job_id from masterplan_tasks where task_id = any(${task_ids}::uuid[])
        union select job_id from handoffs where workflow_id = any(${workflow_ids}::uuid[]))
      for update skip locked)
    update workers set cpu_percent = ${cpu_percent}, memory_mb = ${memory_mb}
      from known where workers.worker_id = known.worker_id`.execute(db)
}
