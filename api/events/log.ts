import type { StreamEvent } from '../../contract/events.ts'
import type { ReadDb } from '../../db/open.ts'
import { lastSeqs, readEvents } from '../../db/read/events.ts'

/** The stored events as the hub reads them. */
export interface EventLog {
  /** Events after a sequence number, oldest first. */
  read(streamId: string, afterSeq: number, limit: number): Promise<readonly StreamEvent[]>
  /** The newest sequence number of each stream. */
  heads(streamIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}

/** The event log of a database. */
export function openLog(db: ReadDb): EventLog {
  return {
    read: (streamId, afterSeq, limit) => readEvents(db, streamId, afterSeq, limit),
    heads: (streamIds) => lastSeqs(db, streamIds),
  }
}
