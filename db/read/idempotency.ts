import type { Selectable } from 'kysely'

import type { RequestKey } from '../intents/idempotency.ts'
import type { ReadDb } from '../open.ts'
import type { IdempotencyKeysTable } from '../schema.ts'

/** The record of a request; `status` is null while it runs. Null when there is none. */
export async function findRequest(
  db: ReadDb,
  { tenant_id, endpoint, request_id }: RequestKey,
): Promise<Selectable<IdempotencyKeysTable> | null> {
  const row = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('tenant_id', '=', tenant_id)
    .where('endpoint', '=', endpoint)
    .where('request_id', '=', request_id)
    .executeTakeFirst()
  return row ?? null
}
