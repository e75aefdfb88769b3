import type { Selectable } from 'kysely'

import { TERMINAL_EVENTS, type StreamEvent } from '../../contract/events.ts'
import type { ReadDb } from '../open.ts'
import type { EventsTable } from '../schema.ts'

/** A handle or a transaction: all that reading needs. */
type Reader = Pick<ReadDb, 'selectFrom'>

type EventRow = Pick<Selectable<EventsTable>, 'seq' | 'body' | 'at'>

const EVENT_COLUMNS = ['seq', 'body', 'at'] as const

function toStreamEvent({ seq, body, at }: EventRow): StreamEvent {
  // Checked when it was written; checking again would let one event of a newer release end every old reader.
  return { ...body, seq, timestamp: at.toISOString() } as unknown as StreamEvent
}

/** The stored events of a stream after a sequence number, oldest first, `limit` at most. */
export async function readEvents(
  db: Reader,
  streamId: string,
  afterSeq: number,
  limit: number,
): Promise<readonly StreamEvent[]> {
  const rows = await db
    .selectFrom('events')
    .select(EVENT_COLUMNS)
    .where('stream_id', '=', streamId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(toStreamEvent)
}

/** The newest sequence number of a stream; 0 when it has no event, or is not there. */
export async function lastSeq(db: Reader, streamId: string): Promise<number> {
  const seqs = await lastSeqs(db, [streamId])
  return seqs.get(streamId) ?? 0
}

/** The newest sequence number of each of many streams in one query; streams that are not there are left out. */
export async function lastSeqs(
  db: Reader,
  streamIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('event_streams')
    .select(['stream_id', 'last_seq'])
    .where((row) => row('stream_id', '=', row.fn.any(row.val([...streamIds]))))
    .execute()
  return new Map(rows.map((row) => [row.stream_id, row.last_seq]))
}

/** The newest event that ended the job, or undefined while nothing has. */
export async function newestTerminalEvent(
  db: Reader,
  streamId: string,
  jobId: string,
): Promise<StreamEvent | undefined> {
  const row = await db
    .selectFrom('events')
    .select(EVENT_COLUMNS)
    .where('stream_id', '=', streamId)
    .where('job_id', '=', jobId)
    .where('type', 'in', [...TERMINAL_EVENTS])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toStreamEvent(row)
}
