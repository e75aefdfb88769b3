import { randomUUID } from 'node:crypto'

import { insertAccount } from '../db/intents/accounts.ts'
import type { WriteDb } from '../db/open.ts'
import { newJobId } from '../db/write/ids.ts'
import { insertPendingJob } from '../db/write/jobs.ts'
import { SYSTEM } from '../db/write/run-steps.ts'

/** Whose rows a test writes into its database. */
export interface Owner {
  readonly user_id: string
  readonly tenant_id: string
}

/** Makes an account that nobody signs in to. */
export async function insertOwner(db: WriteDb, tenant_id = 't1'): Promise<Owner> {
  const user_id = randomUUID()
  await insertAccount(db, { user_id, tenant_id, email: `${user_id}@example.edu`, password_hash: 'none' })
  return { user_id, tenant_id }
}

/** Writes a submitted job that is still to begin, at the top or below another; answers its id. */
export async function insertSubmitted(
  trx: Parameters<typeof insertPendingJob>[0],
  owner: Owner,
  parent_job_id: string | null = null,
): Promise<string> {
  const job_id = newJobId()
  const root = { ...owner, workspace_id: null, retry_of: null, temporal_workflow_id: null }
  const job = { ...root, kind: 'submitted', generation: 1, attempt: 1, job_id, parent_job_id } as const
  await insertPendingJob(trx, { ...job, depth: parent_job_id === null ? 0 : 1 }, { actor: SYSTEM })
  return job_id
}
