import type { z } from 'zod'

import type { ControlMessage, StreamEvent } from '../../contract/events.ts'

const CHUNK_CHARACTERS = 32_768
const RECONNECT_MS = 3_000

/** What every stream begins with: how long a client waits before it connects again. */
export const RETRY_FRAME = `retry: ${RECONNECT_MS}\n\n`

// JSON has no raw line break, so one data line is enough (HTML standard, server-sent events).
function frame(event: string, data: unknown, id?: number): string {
  const head = id === undefined ? '' : `id: ${id}\n`
  return `${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** A stored event under its sequence number. */
export function eventFrame(event: StreamEvent): string {
  return frame(event.event_type, event, event.seq)
}

/** An event shown again after a newer id: without an id of its own, so that the client's place stays. */
export function repeatedEventFrame(event: StreamEvent): string {
  return frame(event.event_type, event)
}

/** The state of things at a sequence number. */
export function snapshotFrame(snapshot: object, seq: number): string {
  return frame('snapshot', snapshot, seq)
}

/** A message that is neither stored nor numbered. */
export function controlFrame(kind: 'heartbeat' | 'reconnect' | 'end', reason: string, at: Date): string {
  return frame(kind, { reason, at: at.toISOString() } satisfies z.infer<typeof ControlMessage>)
}

/** Frames of events joined into texts of bounded size: few writes, little in memory. */
export function* eventChunks(events: readonly StreamEvent[]): Generator<string> {
  let chunk = ''
  for (const event of events) {
    chunk += eventFrame(event)
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}
