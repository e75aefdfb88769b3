import type { WriteDb } from '../open.ts'
import { hashOpaqueToken, newOpaqueToken } from '../opaque-token.ts'

const PURGED_AT_ONCE = 20

export interface TicketBearer {
  readonly user_id: string
  readonly tenant_id: string
  /** When the access token ends that asked for the ticket; the stream ends with it. */
  readonly token_expires_at: Date
}

/** Makes a ticket that works once until `expiresAt`, stores its hash, and takes a few expired ones away. */
export async function issueStreamTicket(db: WriteDb, bearer: TicketBearer, expiresAt: Date): Promise<string> {
  const ticket = newOpaqueToken()
  const row = { ...bearer, ticket_hash: hashOpaqueToken(ticket), expires_at: expiresAt }
  await db.insertInto('stream_tickets').values(row).execute()
  const expired = db
    .selectFrom('stream_tickets')
    .select('ticket_hash')
    .where('expires_at', '<', new Date())
    .limit(PURGED_AT_ONCE)
    .forUpdate()
    .skipLocked()
  await db.deleteFrom('stream_tickets').where('ticket_hash', 'in', expired).execute()
  return ticket
}

/** Takes a ticket: its bearer for the first taker in time, null for an unknown, used or expired one. */
export async function consumeStreamTicket(db: WriteDb, ticket: string): Promise<TicketBearer | null> {
  const bearer = await db
    .updateTable('stream_tickets')
    .set({ used_at: new Date() })
    .where('ticket_hash', '=', hashOpaqueToken(ticket))
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date())
    .returning(['user_id', 'tenant_id', 'token_expires_at'])
    .executeTakeFirst()
  return bearer ?? null
}
