import { sql } from 'kysely'

import type { WriteDb } from '../open.ts'

const KEPT_MS = 3_600_000
const PURGED_AT_ONCE = 20

/** A request that was sent with an id of its own; the reply is kept under these three. */
export interface RequestKey {
  readonly tenant_id: string
  /** Method, path and query as one canonical text. */
  readonly endpoint: string
  /** A UUID. */
  readonly request_id: string
}

export interface KeptReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** The right to answer a request; lost once somebody else has taken it over. */
export interface Claim extends RequestKey {
  /** When it was claimed, to the microsecond: tells this claim from a later one. */
  readonly claimed_at: string
}

/**
 * Claims a request for the first who asks: exactly one of any number of simultaneous callers. A record past its time
 * is taken over, and so is one without reply after `abandonedMs`, since whoever held it must have died. Null when the
 * request belongs to somebody else.
 */
export async function claimRequest(
  db: WriteDb,
  key: RequestKey,
  { fingerprint, abandonedMs }: { readonly fingerprint: string; readonly abandonedMs: number },
): Promise<Claim | null> {
  const now = Date.now()
  const fresh = {
    fingerprint,
    status: null,
    headers: null,
    body: null,
    created_at: sql<Date>`clock_timestamp()`,
    expires_at: new Date(now + KEPT_MS),
  }
  const claimed = await db
    .insertInto('idempotency_keys')
    .values({ ...key, ...fresh })
    .onConflict((clash) =>
      clash
        .columns(['tenant_id', 'endpoint', 'request_id'])
        .doUpdateSet(fresh)
        .where((eb) =>
          eb.or([
            eb('idempotency_keys.expires_at', '<=', new Date(now)),
            eb.and([
              eb('idempotency_keys.status', 'is', null),
              eb('idempotency_keys.fingerprint', '=', fingerprint),
              // The clock of the one who wrote it: a fast clock here must not take a live claim.
              sql<boolean>`idempotency_keys.created_at <= clock_timestamp() - ${abandonedMs} * interval '1 millisecond'`,
            ]),
          ]),
        ),
    )
    .returning(sql<string>`created_at::text`.as('claimed_at'))
    .executeTakeFirst()
  return claimed === undefined ? null : { ...key, ...claimed }
}

/** Keeps the reply of a claimed request, and takes a few records past their time away. */
export async function keepReply(db: WriteDb, claim: Claim, reply: KeptReply): Promise<void> {
  await db
    .updateTable('idempotency_keys')
    .set({
      status: reply.status,
      headers: JSON.stringify(reply.headers),
      body: reply.body === undefined ? null : JSON.stringify(reply.body),
    })
    .where(heldBy(claim))
    .execute()
  const expired = db
    .selectFrom('idempotency_keys')
    .select(['tenant_id', 'endpoint', 'request_id'])
    .where('expires_at', '<=', new Date())
    .limit(PURGED_AT_ONCE)
    .forUpdate()
    .skipLocked()
    .as('expired')
  await db
    .deleteFrom('idempotency_keys')
    .using(expired)
    .whereRef('idempotency_keys.tenant_id', '=', 'expired.tenant_id')
    .whereRef('idempotency_keys.endpoint', '=', 'expired.endpoint')
    .whereRef('idempotency_keys.request_id', '=', 'expired.request_id')
    .execute()
}

/** Gives a claim back unanswered, so that the same request may be sent again at once. */
export async function releaseRequest(db: WriteDb, claim: Claim): Promise<void> {
  await db.deleteFrom('idempotency_keys').where(heldBy(claim)).execute()
}

function heldBy({ tenant_id, endpoint, request_id, claimed_at }: Claim) {
  return sql<boolean>`tenant_id = ${tenant_id} and endpoint = ${endpoint} and request_id = ${request_id}
    and status is null and created_at = ${claimed_at}::timestamptz`
}
