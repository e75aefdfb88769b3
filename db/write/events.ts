import { sql, type Transaction } from 'kysely'

import { EVENT_PAYLOADS, type EventPayload, type EventType, type StreamEvent } from '../../contract/events.ts'
import type { WriteDb } from '../open.ts'
import type { Database } from '../schema.ts'
import { storable } from './storable.ts'

/** The channel on which a committed event wakes the hubs; the payload is `stream_id|seq`. */
export const EVENT_CHANNEL = 'waymark_events'

type Envelope = Omit<StreamEvent, 'event_type' | 'payload' | 'seq' | 'timestamp'>

export interface NewEvent<T extends EventType = EventType> {
  readonly event_type: T
  readonly payload: EventPayload<T>
  readonly envelope: Envelope
  /** The same key twice on one stream is one event. */
  readonly dedupe_key: string
}

/** An event of one type, its payload checked against the contract. */
export function newEvent<T extends EventType>(
  event_type: T,
  payload: EventPayload<T>,
  envelope: Envelope,
  dedupe_key: string,
): NewEvent {
  EVENT_PAYLOADS[event_type].parse(payload)
  return { event_type, payload, envelope, dedupe_key }
}

/**
 * Appends events to a stream under its row lock, so that commit order is sequence order and no number is skipped.
 * Events already written are left out before a number is taken. Answers the newest sequence number.
 */
export async function appendEvents(
  trx: Transaction<Database>,
  streamId: string,
  events: readonly NewEvent[],
): Promise<number> {
  const stream = await trx
    .selectFrom('event_streams')
    .select('last_seq')
    .where('stream_id', '=', streamId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const keys = events.map((event) => event.dedupe_key)
  const known = await trx
    .selectFrom('events')
    .select('dedupe_key')
    .where('stream_id', '=', streamId)
    .where('dedupe_key', 'in', keys)
    .execute()
  const written = new Set(known.map((row) => row.dedupe_key))
  const fresh = events.filter((event) => !written.has(event.dedupe_key))
  if (fresh.length === 0) return stream.last_seq
  const rows = fresh.map(({ event_type, payload, envelope, dedupe_key }, index) => ({
    stream_id: streamId,
    seq: stream.last_seq + index + 1,
    type: event_type,
    job_id: envelope.job_id,
    generation: envelope.generation,
    dedupe_key,
    body: JSON.stringify(storable({ event_type, ...envelope, payload })),
  }))
  const last_seq = stream.last_seq + fresh.length
  await trx
    .with('raised', (db) =>
      db.updateTable('event_streams').set({ last_seq }).where('stream_id', '=', streamId),
    )
    .insertInto('events')
    .values(rows)
    .execute()
  return last_seq
}

/**
 * Wakes every hub after a commit and answers whether the wake-up went out. NOTIFY takes a database-wide lock at
 * commit, so it stays out of the transaction that wrote the events; one that is lost only delays an event.
 */
export async function wakeHubs(db: WriteDb, streamId: string, seq: number): Promise<boolean> {
  const notify = sql`select pg_notify(${EVENT_CHANNEL}, ${`${streamId}|${seq}`})`.execute(db)
  return notify.then(
    () => true,
    () => false,
  )
}
