import { randomUUID } from 'node:crypto'

import type { WriteDb } from '../../db/open.ts'
import { appendEvents, newEvent, wakeHubs, type NewEvent } from '../../db/write/events.ts'

export const JOB_ID = 'j_0123456789ab'

/** Makes a stream without events. */
export async function createStream(db: WriteDb): Promise<string> {
  const stream_id = randomUUID()
  await db.insertInto('event_streams').values({ stream_id, kind: 'assignment' }).execute()
  return stream_id
}

interface Writing {
  readonly count?: number
  /** Characters of each message. */
  readonly size?: number
  /** False loses the wake-up. */
  readonly wake?: boolean
}

/** Appends progress events in one transaction, then wakes the hubs; answers the newest sequence number. */
export async function write(db: WriteDb, streamId: string, writing: Writing = {}): Promise<number> {
  const { count = 1, size = 40, wake = true } = writing
  const batch = randomUUID()
  const events = Array.from({ length: count }, (_, index) =>
    newEvent(
      'stage_progress',
      { done: index, total: count, unit: 'steps' },
      envelope(streamId, 'running', `${index} `.padEnd(size, 'é')),
      `${batch}:${index}`,
    ),
  )
  return append(db, streamId, events, wake)
}

/** Ends the run of a stream with a terminal event; answers its sequence number. */
export async function writeFailure(db: WriteDb, streamId: string): Promise<number> {
  const payload = { code: 'CANVAS_NOT_FOUND', retryable: false } as const
  const event = newEvent('failed', payload, envelope(streamId, 'failed', 'gone'), randomUUID())
  return append(db, streamId, [event], true)
}

async function append(
  db: WriteDb,
  streamId: string,
  events: readonly NewEvent[],
  wake: boolean,
): Promise<number> {
  const seq = await db.transaction().execute((trx) => appendEvents(trx, streamId, events))
  if (wake) await wakeHubs(db, streamId, seq)
  return seq
}

function envelope(streamId: string, status: 'running' | 'failed', message: string): NewEvent['envelope'] {
  return {
    stream: 'assignment',
    workspace_id: streamId,
    job_id: JOB_ID,
    generation: 1,
    stage: 'draft_plan',
    status,
    progress: 50,
    message,
  }
}
