import { z } from 'zod'

import { setQuota, type Quota } from '../db/intents/quotas.ts'
import type { OpenDatabase } from '../db/open.ts'
import { isTenant } from '../db/read/accounts.ts'
import { NotThere, WrongUsage } from './usage.ts'

const DEEPEST = 5
const MOST = 10_000
const wholeNumber = z.string().regex(/^\d+$/).transform(Number)
const Depth = wholeNumber.pipe(z.int().max(DEEPEST))
const Places = wholeNumber.pipe(z.int().min(1).max(MOST))
const Uuid = z.uuid()

function readPlaces(text: string, name: string): number {
  const places = Places.safeParse(text).data
  if (places === undefined) throw new WrongUsage(`${name} must be a whole number from 1 to ${MOST}.`)
  return places
}

function readQuota(amount: string, jobs: string | undefined): Quota {
  const max_workers = readPlaces(amount, 'N')
  return { max_workers, max_concurrent_jobs: jobs === undefined ? max_workers : readPlaces(jobs, '--jobs') }
}

interface Asked {
  readonly args: readonly string[]
  /** How many jobs may share the workers; as many as there are workers when unset. */
  readonly jobs: string | undefined
}

/** Sets what a tenant may hold at a depth, or lets it hold what is usual. Throws WrongUsage, NotThere. */
export async function quota({ read, write }: OpenDatabase, { args, jobs }: Asked): Promise<string> {
  const [tenant = '', level = '', amount = ''] = args
  const tenant_id = Uuid.safeParse(tenant).data
  if (tenant_id === undefined) throw new WrongUsage('Name the tenant by its workspace_id, a UUID.')
  const depth = Depth.safeParse(level).data
  if (depth === undefined) throw new WrongUsage('Name a depth from 0 to 5.')
  const quota = amount === 'usual' ? null : readQuota(amount, jobs)
  if (!(await isTenant(read, tenant_id)))
    throw new NotThere(
      `There is no tenant ${tenant_id}. GET /auth/me of an account of it tells its workspace_id.`,
    )
  await setQuota(write, { tenant_id, depth, quota })
  if (quota === null) return `${tenant_id} may hold at depth ${depth} what QUOTAS says.\n`
  const { max_workers, max_concurrent_jobs } = quota
  return `${tenant_id} may hold ${max_workers} workers at depth ${depth}, for ${max_concurrent_jobs} jobs.\n`
}
