import type { WriteDb } from '../open.ts'

/** What a tenant may hold at a depth. */
export interface Quota {
  readonly max_workers: number
  readonly max_concurrent_jobs: number
}

export interface QuotaChange {
  readonly tenant_id: string
  readonly depth: number
  /** Null for the usual again. */
  readonly quota: Quota | null
}

/** Sets what a tenant may hold at a depth; whoever allocates next goes by it. */
export async function setQuota(db: WriteDb, { tenant_id, depth, quota }: QuotaChange): Promise<void> {
  if (quota === null) {
    await db
      .deleteFrom('tenant_quotas')
      .where('tenant_id', '=', tenant_id)
      .where('depth', '=', depth)
      .execute()
    return
  }
  const set = { ...quota, updated_at: new Date() }
  await db
    .insertInto('tenant_quotas')
    .values({ tenant_id, depth, ...set })
    .onConflict((clash) => clash.columns(['tenant_id', 'depth']).doUpdateSet(set))
    .execute()
}
