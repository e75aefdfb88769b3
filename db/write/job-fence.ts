import type { Selectable, Transaction } from 'kysely'

import { isTerminalJob } from '../../contract/machines.ts'
import type { Database, ProcessingJobsTable } from '../schema.ts'
import { RunParked, RunSuperseded, type RunRef } from './fence.ts'

export type FencedJob = Selectable<ProcessingJobsTable>

/**
 * Locks a job that works beside the plan, and keeps its generation from being raised meanwhile. A completed job passes:
 * a try that was given up for dead may have completed it. Throws RunSuperseded or RunParked.
 */
export async function fenceJob(trx: Transaction<Database>, run: RunRef): Promise<FencedJob> {
  const workspace = await trx
    .selectFrom('assignment_workspaces')
    .select('workspace_id')
    .where('workspace_id', '=', run.workspace_id)
    .where('generation', '=', run.generation)
    .forShare()
    .executeTakeFirst()
  const job = await trx
    .selectFrom('processing_jobs')
    .selectAll()
    .where('job_id', '=', run.job_id)
    .where('superseded', '=', false)
    .forUpdate()
    .executeTakeFirst()
  if (workspace === undefined || job === undefined)
    throw new RunSuperseded('the generation of this job is over')
  if (job.status !== 'COMPLETED' && isTerminalJob(job.status))
    throw new RunParked(job.error?.code ?? 'TERMINATED', job.error?.stage ?? null)
  return job
}
