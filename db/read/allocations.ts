import type { DepthUse } from '../../contract/jobs/allocation.ts'
import { DEPTHS } from '../../contract/jobs/depth.ts'
import type { ReadDb } from '../open.ts'

type Queries = Pick<ReadDb, 'selectFrom'>

interface Place {
  readonly tenant_id: string
  readonly depth: number
  /** What tenants may usually hold there. */
  readonly quota: number
}

/** What a tenant may hold at a depth and what it holds now. */
export async function findDepthUse(db: Queries, { tenant_id, depth, quota }: Place): Promise<DepthUse> {
  const own = await db
    .selectFrom('tenant_quotas')
    .select(['max_workers', 'max_concurrent_jobs'])
    .where('tenant_id', '=', tenant_id)
    .where('depth', '=', depth)
    .executeTakeFirst()
  const held = await db
    .selectFrom('allocations')
    .select((row) => [
      row.fn.coalesce(row.fn.sum<number>('worker_count'), row.lit(0)).as('held_workers'),
      row.fn.count<number>('job_id').distinct().as('active_jobs'),
    ])
    .where('tenant_id', '=', tenant_id)
    .where('depth', '=', depth)
    .where('released_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { ...(own ?? { max_workers: quota, max_concurrent_jobs: quota }), ...held }
}

/** What a tenant may hold at each depth and what it holds, all at one moment. */
export async function listDepthUse(
  db: ReadDb,
  tenant_id: string,
  quotas: readonly number[],
): Promise<readonly (DepthUse & { readonly depth: number })[]> {
  const reading = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  return reading.execute(async (trx) => {
    const uses: (DepthUse & { readonly depth: number })[] = []
    for (const depth of DEPTHS)
      uses.push({ depth, ...(await findDepthUse(trx, { tenant_id, depth, quota: quotas[depth] ?? 1 })) })
    return uses
  })
}
