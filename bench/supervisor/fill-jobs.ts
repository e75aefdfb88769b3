import { sql } from 'kysely'

import type { WriteDb } from '../../db/open.ts'

// As many as PostgreSQL writes well within the time a statement is given.
const AT_ONCE = 10_000
const TABLES = ['processing_jobs', 'workers', 'transitions', 'tally_deltas'] as const

interface Owner {
  readonly user_id: string
  readonly tenant_id: string
}

/**
 * Brings a tenant to so many jobs with their workers and every transition of both, one in a thousand still at work; then
 * has PostgreSQL look at what it has. Numbers go on from what was there.
 */
export async function fillJobs(db: WriteDb, owner: Owner, from: number, to: number): Promise<void> {
  for (let written = from; written < to; written += AT_ONCE)
    await fillSome(db, owner, written + 1, Math.min(written + AT_ONCE, to))
  for (const table of TABLES) await sql`vacuum analyze ${sql.table(table)}`.execute(db)
}

const idOf = (number: number): string => `j_${number.toString(16).padStart(12, '0')}`

async function fillSome(db: WriteDb, owner: Owner, first: number, last: number): Promise<void> {
  const { user_id, tenant_id } = owner
  await sql`insert into processing_jobs
      (job_id, tenant_id, user_id, kind, depth, status, created_at, updated_at, started_at, completed_at)
    select 'j_' || lpad(to_hex(n), 12, '0'), ${tenant_id}, ${user_id}, 'task', 3,
      case n % 1000 when 0 then 'RUNNING' else 'COMPLETED' end,
      now() - n * interval '1 second', now(), now() - n * interval '1 second', now()
    from generate_series(${first}::integer, ${last}::integer) as n`.execute(db)
  await sql`insert into workers (worker_id, job_id, tenant_id, status, created_at)
    select 'w_' || substr(job_id, 3), job_id, tenant_id, status, created_at from processing_jobs
    where job_id between ${idOf(first)} and ${idOf(last)}`.execute(db)
  await sql`insert into transitions
      (machine, entity_id, tenant_id, from_state, to_state, kind, actor_type, actor_id, at)
    select step.machine, step.letter || lpad(to_hex(n), 12, '0'), ${tenant_id}, step.from_state, step.to_state,
      'advance', 'system', 'bench', now() - (n - step.position) * interval '1 second'
    from generate_series(${first}::integer, ${last}::integer) as n
    cross join (values
      (1, 'job', 'j_', null, 'SUBMITTED'), (2, 'job', 'j_', 'SUBMITTED', 'PENDING'), (3, 'worker', 'w_', null, 'IDLE'),
      (4, 'job', 'j_', 'PENDING', 'RUNNING'), (5, 'worker', 'w_', 'IDLE', 'RUNNING'),
      (6, 'job', 'j_', 'RUNNING', 'COMPLETED'), (7, 'worker', 'w_', 'RUNNING', 'COMPLETED')
    ) as step (position, machine, letter, from_state, to_state)
    where n % 1000 <> 0 or step.position < 6
    order by n, step.position`.execute(db)
}
