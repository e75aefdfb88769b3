import type { ServerResponse } from 'node:http'

import { TERMINAL_EVENTS } from '../../contract/events.ts'
import { controlFrame, eventChunks, RETRY_FRAME } from './frame.ts'
import { openSink, type Sink } from './sink.ts'
import type { EndReason, Subscription } from './subscription.ts'

// A masterplan may also end before anything of it was executed: by its review.
const MAY_END: ReadonlySet<string> = new Set([...TERMINAL_EVENTS, 'masterplan_status'])
const MAX_TIMER_MS = 2 ** 31 - 1

export interface StreamTimes {
  /** Milliseconds between two heartbeats. */
  readonly heartbeatMs: number
  /** Milliseconds a client may leave its socket full before it is dropped. */
  readonly drainMs: number
  /** Milliseconds the last message may take to leave. */
  readonly endMs: number
}

export interface Stream {
  readonly subscription: Subscription
  /** Frames that come before any event. */
  readonly greeting: string
  readonly tokenExpiresAt: Date
  /** Whether nothing can ever follow, asked when all is sent and after each event that may be the last. */
  readonly isOver: () => Promise<boolean>
  readonly times: StreamTimes
}

/** Writes a stream to a response whose head is sent, until one of the reasons to end; says which. */
export async function writeStream(res: ServerResponse, stream: Stream): Promise<EndReason> {
  const { subscription, times } = stream
  const sink = openSink(res, {
    ...times,
    onSlow: () => subscription.close('slow_client'),
    onGone: () => subscription.close('gone'),
  })
  const heart = setInterval(
    () => sink.beat(controlFrame('heartbeat', 'alive', new Date())),
    times.heartbeatMs,
  )
  const expiry = setTimeout(() => subscription.close('token_expired'), untilExpiry(stream.tokenExpiresAt))
  try {
    await pump(sink, stream)
  } finally {
    clearInterval(heart)
    clearTimeout(expiry)
  }
  const reason = subscription.endReason ?? 'over'
  await sink.end(controlFrame(reason === 'over' ? 'end' : 'reconnect', reason, new Date()))
  return reason
}

function untilExpiry(expiresAt: Date): number {
  return Math.min(MAX_TIMER_MS, Math.max(0, expiresAt.getTime() - Date.now()))
}

/** Hands everything to the sink in order; returns when the subscription is closed or nothing can follow. */
async function pump(sink: Sink, { subscription, greeting, isOver }: Stream): Promise<void> {
  const { signal } = subscription
  await sink.write(RETRY_FRAME + greeting, signal)
  for (let mayBeOver = true, isLast = false; ;) {
    if (subscription.isCaughtUp) {
      if (isLast) return
      // The last event may have been committed since the last look, together with what says that it is the last.
      isLast = mayBeOver && (await isOver())
      if (isLast) subscription.lookAgain()
      mayBeOver = false
    }
    const events = await subscription.next()
    if (events === undefined) return
    mayBeOver ||= events.some((event) => MAY_END.has(event.event_type))
    for (const chunk of eventChunks(events)) {
      if (signal.aborted) return
      await sink.write(chunk, signal)
    }
  }
}
