import { sql } from 'kysely'

import type { ReadDb } from '../open.ts'
import { isReplacedPlan } from './replaced-plan.ts'

/** A run that waits for a person: a plan parked at a stage, a failed masterplan, or a job set aside for want of budget. */
export interface ParkedRun {
  readonly job_id: string
  readonly kind: string
  readonly tenant_id: string
  readonly course_id: string | null
  readonly assignment_id: string | null
  readonly stage: string | null
  readonly code: string | null
  readonly attempt: number
  readonly since: Date
}

const codeOf = sql<string | null>`job.error ->> 'code'`

const waitingJobs = (db: ReadDb, status: 'FAILED' | 'RUNNING', code = codeOf) =>
  db
    .selectFrom('processing_jobs as job')
    .leftJoin('assignment_workspaces as about', 'about.workspace_id', 'job.workspace_id')
    .select([
      'job.job_id',
      'job.kind',
      'job.tenant_id',
      'about.course_id',
      'about.assignment_id',
      'job.stage',
      'job.attempt',
      'job.updated_at as since',
    ])
    .select(code.as('code'))
    .where('job.status', '=', status)

/** The runs that wait for a person, those that have waited longest first. */
export async function listParkedRuns(
  db: ReadDb,
  { code, limit }: { readonly code: string | undefined; readonly limit: number },
): Promise<readonly ParkedRun[]> {
  const plans = waitingJobs(db, 'FAILED')
    .innerJoin('assignment_workspaces as workspace', 'workspace.job_id', 'job.job_id')
    .where('workspace.status', '=', 'failed')
    // Nobody waits for one that was given up.
    .where(sql<string>`coalesce(workspace.last_error ->> 'code', '')`, 'not in', ['TERMINATED', 'CANCELED'])
  const masterplans = waitingJobs(db, 'FAILED')
    .innerJoin('masterplans as masterplan', 'masterplan.job_id', 'job.job_id')
    .where('masterplan.status', '=', 'failed')
    .where((row) => row.not(isReplacedPlan))
  // Only a budget has the system itself pause a worker.
  const setAside = waitingJobs(db, 'RUNNING', sql<string | null>`'BUDGET_EXCEEDED'`)
    .innerJoin('workers as worker', 'worker.job_id', 'job.job_id')
    .where('worker.status', '=', 'PAUSED')
    .where((row) =>
      row(
        row
          .selectFrom('transitions as move')
          .select('move.actor_type')
          .where('move.machine', '=', 'worker')
          .whereRef('move.entity_id', '=', 'worker.worker_id')
          .orderBy('move.seq', 'desc')
          .limit(1),
        '=',
        'system',
      ),
    )
  const parked = db
    .selectFrom(plans.unionAll(masterplans).unionAll(setAside).as('parked'))
    .selectAll()
    .orderBy('since')
    .orderBy('job_id')
    .limit(limit)
  return (code === undefined ? parked : parked.where('code', '=', code)).execute()
}

const newest = <T>(column: 'job.job_id' | 'job.workspace_id') =>
  sql<T>`(array_agg(${sql.ref(column)} order by job.updated_at desc, job.job_id))[1]`

/** How often jobs of a kind failed at a stage for a reason. */
export interface FailureCount {
  readonly kind: string
  readonly stage: string | null
  readonly code: string | null
  readonly count: number
  readonly newest_job_id: string
  /** The assignment of the newest of them. */
  readonly course_id: string | null
  readonly assignment_id: string | null
  readonly last_at: Date
}

/** Failed jobs counted by kind, stage and code, the most frequent first. */
export async function countFailures(
  db: ReadDb,
  { since }: { readonly since: Date },
): Promise<readonly FailureCount[]> {
  const counted = db
    .selectFrom('processing_jobs as job')
    .select((row) => [
      'job.kind',
      'job.stage',
      codeOf.as('code'),
      row.fn.countAll<number>().as('count'),
      newest<string>('job.job_id').as('newest_job_id'),
      newest<string | null>('job.workspace_id').as('workspace_id'),
      sql<Date>`max(job.updated_at)`.as('last_at'),
    ])
    .where('job.status', '=', 'FAILED')
    .where('job.updated_at', '>=', since)
    .groupBy(['job.kind', 'job.stage', codeOf])
  return db
    .selectFrom(counted.as('counted'))
    .select(['kind', 'stage', 'code', 'count', 'newest_job_id', 'last_at'])
    .select((row) => {
      // One by one: a join would read every workspace for a few rows.
      const about = row
        .selectFrom('assignment_workspaces as about')
        .whereRef('about.workspace_id', '=', 'counted.workspace_id')
      return [
        about.select('about.course_id').as('course_id'),
        about.select('about.assignment_id').as('assignment_id'),
      ]
    })
    .orderBy('count', 'desc')
    .orderBy('kind')
    .execute()
}
