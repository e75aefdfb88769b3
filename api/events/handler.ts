import type { ServerResponse } from 'node:http'
import type { Context } from 'koa'
import type { Logger } from 'pino'

import type { ReadDb } from '../../db/open.ts'
import { lastSeq, newestTerminalEvent } from '../../db/read/events.ts'
import { readCursor } from './cursor.ts'
import { repeatedEventFrame, snapshotFrame } from './frame.ts'
import type { Hub } from './hub.ts'
import type { StreamLimits } from './limit-streams.ts'
import { type Stream, type StreamTimes, writeStream } from './stream.ts'

const DRAIN_MS = 10_000
const END_MS = 2_000

// A client that reconnects to a stream on which nothing can follow stops only at 204 (HTML standard).
const NOTHING_LEFT = { status: 204 } as const

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  // Otherwise nginx collects events before it passes them on.
  'X-Accel-Buffering': 'no',
}

export interface EventsHandlerOptions {
  readonly db: ReadDb
  readonly hub: Hub
  readonly limits: StreamLimits
  readonly logger: Logger
  readonly heartbeatMs: number
  /** Milliseconds a client may leave its socket full before it is dropped. */
  readonly drainMs?: number
  /** Milliseconds the last message may take to leave. */
  readonly endMs?: number
}

/** A state of things and the sequence number it belongs to, read in one repeatable-read transaction. */
export interface SnapshotAt {
  readonly snapshot: object
  /** The job that was accepted last: its terminal event, if there is one, is shown beside the snapshot. */
  readonly newest_job_id: string
  readonly last_seq: number
}

/** One authenticated request for a stream the caller may see. */
export interface StreamRequest {
  readonly streamId: string
  readonly userId: string
  /** When the token expires the stream ends with `reconnect`; for a ticket, the expiry of the token behind it. */
  readonly tokenExpiresAt: Date
  /** The parsed `?after=`. */
  readonly after: number | undefined
  readonly readSnapshot: () => Promise<SnapshotAt>
  /** Whether nothing can ever follow on this stream; absent when something always can. */
  readonly isOver?: () => Promise<boolean>
}

/** Answers undefined when it writes the stream itself, 204 when there is none to write. */
export type EventsHandler = (ctx: Context, request: StreamRequest) => Promise<typeof NOTHING_LEFT | undefined>

interface Opening {
  /** The client is given everything after this sequence number. */
  readonly after: number
  readonly greeting: string
  readonly isNewest: boolean
}

/** Where a stream begins. A cursor beyond the end belongs to another history: the client gets a snapshot instead. */
async function openAt(db: ReadDb, cursor: number | undefined, request: StreamRequest): Promise<Opening> {
  const { streamId, readSnapshot } = request
  if (cursor !== undefined) {
    const newest = await lastSeq(db, streamId)
    if (cursor <= newest) return { after: cursor, greeting: '', isNewest: cursor === newest }
  }
  const { snapshot, newest_job_id, last_seq } = await readSnapshot()
  const terminal = await newestTerminalEvent(db, streamId, newest_job_id)
  // A younger one comes live.
  const isPast = terminal !== undefined && terminal.seq <= last_seq
  const greeting = snapshotFrame(snapshot, last_seq) + (isPast ? repeatedEventFrame(terminal) : '')
  return { after: last_seq, greeting, isNewest: false }
}

/**
 * Makes what answers a request for a stream: it resolves once the stream has begun, which goes on by itself.
 * Throws ApiProblem (422, 429, 503) or what reading threw, always before the head is sent. A disconnect cancels nothing.
 */
export function createEventsHandler(options: EventsHandlerOptions): EventsHandler {
  const { db, hub, limits, logger, heartbeatMs, drainMs = DRAIN_MS, endMs = END_MS } = options
  const times: StreamTimes = { heartbeatMs, drainMs, endMs }
  return async (ctx, request) => {
    const cursor = readCursor(ctx.get('Last-Event-ID'), request.after)
    using held = new DisposableStack()
    held.use(limits.take(request.userId))
    // Before anything is read: nothing that is committed from here on goes by unnoticed.
    const subscription = held.use(hub.subscribe(request.streamId))
    const opening = await openAt(db, cursor, request)
    const isOver = request.isOver ?? (async () => false)
    // What says that nothing follows is asked first: the last event may have come since the newest was looked up.
    if (opening.isNewest && (await isOver()) && opening.after === (await lastSeq(db, request.streamId)))
      return NOTHING_LEFT
    subscription.start(opening.after)
    ctx.status = 200
    ctx.set(HEADERS)
    if (ctx.method === 'HEAD') return undefined
    // Koa would end the answer when this returns, and report every client that leaves as an error.
    ctx.respond = false
    ctx.res.flushHeaders()
    const { greeting } = opening
    const { tokenExpiresAt } = request
    const stream = { subscription, greeting, tokenExpiresAt, isOver, times }
    // Not awaited: a stream may last for hours, and every middleware that waits for it would stay in memory.
    void serve(ctx.res, stream, held.move(), logger)
    return undefined
  }
}

/** Writes a stream to its end, whoever ends it, then gives back what it held; never rejects. */
async function serve(
  res: ServerResponse,
  stream: Stream,
  held: DisposableStack,
  logger: Logger,
): Promise<void> {
  try {
    await writeStream(res, stream)
  } catch (error) {
    logger.error({ err: error }, 'a stream broke')
    res.destroy()
  } finally {
    held.dispose()
  }
}
