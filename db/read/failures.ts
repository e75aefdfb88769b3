import { sql } from 'kysely'

import type { ReadDb } from '../open.ts'
import { isReplacedPlan } from './replaced-plan.ts'

/** A failed run that waits for a person: a plan parked at a stage, or a failed masterplan. */
export interface ParkedRun {
  readonly job_id: string
  readonly kind: string
  readonly tenant_id: string
  readonly stage: string | null
  readonly code: string | null
  readonly attempt: number
  readonly since: Date
}

const codeOf = sql<string | null>`job.error ->> 'code'`

const parkedJobs = (db: ReadDb) =>
  db
    .selectFrom('processing_jobs as job')
    .select([
      'job.job_id',
      'job.kind',
      'job.tenant_id',
      'job.stage',
      'job.attempt',
      'job.updated_at as since',
    ])
    .select(codeOf.as('code'))
    .where('job.status', '=', 'FAILED')

/** The runs that wait for a person, those that have waited longest first. */
export async function listParkedRuns(
  db: ReadDb,
  { code, limit }: { readonly code: string | undefined; readonly limit: number },
): Promise<readonly ParkedRun[]> {
  const plans = parkedJobs(db)
    .innerJoin('assignment_workspaces as workspace', 'workspace.job_id', 'job.job_id')
    .where('workspace.status', '=', 'failed')
  const masterplans = parkedJobs(db)
    .innerJoin('masterplans as masterplan', 'masterplan.job_id', 'job.job_id')
    .where('masterplan.status', '=', 'failed')
    .where((row) => row.not(isReplacedPlan))
  const parked = db
    .selectFrom(plans.unionAll(masterplans).as('parked'))
    .selectAll()
    .orderBy('since')
    .orderBy('job_id')
    .limit(limit)
  return (code === undefined ? parked : parked.where('code', '=', code)).execute()
}

/** How often jobs of a kind failed at a stage for a reason. */
export interface FailureCount {
  readonly kind: string
  readonly stage: string | null
  readonly code: string | null
  readonly count: number
  readonly newest_job_id: string
  readonly last_at: Date
}

/** Failed jobs counted by kind, stage and code, the most frequent first. */
export async function countFailures(
  db: ReadDb,
  { since }: { readonly since: Date },
): Promise<readonly FailureCount[]> {
  return db
    .selectFrom('processing_jobs as job')
    .select((row) => [
      'job.kind',
      'job.stage',
      codeOf.as('code'),
      row.fn.countAll<number>().as('count'),
      sql<string>`(array_agg(job.job_id order by job.updated_at desc))[1]`.as('newest_job_id'),
      sql<Date>`max(job.updated_at)`.as('last_at'),
    ])
    .where('job.status', '=', 'FAILED')
    .where('job.updated_at', '>=', since)
    .groupBy(['job.kind', 'job.stage', codeOf])
    .orderBy('count', 'desc')
    .orderBy('job.kind')
    .execute()
}
