import { EventSource } from 'eventsource'

import { EVENT_TYPES, StreamEvent } from '../../contract/events.ts'
import { StackFailure } from '../stack-failure.ts'
import { parsePrintable } from './printable.ts'

/** How a run ended, as its stream told it. */
export type Ending = { readonly ready: true } | { readonly ready: false; readonly message: string }

interface Following {
  readonly url: string
  readonly token: string
  /** The job to follow; by default whichever there is. */
  readonly job_id?: string
  readonly signal: AbortSignal
  readonly show: (event: StreamEvent) => void
}

// A native EventSource cannot send the token; this one takes a fetch that does.
function open({ url, token }: Following): EventSource {
  return new EventSource(url, {
    fetch: (input, init) =>
      fetch(input, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
  })
}

/** Follows a run to its end, through reconnects, showing each event once. */
export async function followRun(following: Following): Promise<Ending> {
  const { promise, resolve, reject } = Promise.withResolvers<Ending>()
  const source = open(following)
  const onAbort = (): void => reject(new StackFailure('stopped'))
  following.signal.addEventListener('abort', onAbort, { once: true })
  for (const type of EVENT_TYPES) {
    source.addEventListener(type, ({ data }) => {
      const event = StreamEvent.parse(parsePrintable(String(data)))
      if (following.job_id !== undefined && event.job_id !== following.job_id) return
      following.show(event)
      if (event.event_type === 'plan_ready' || event.event_type === 'feedback_ready') resolve({ ready: true })
      if (event.event_type === 'failed') resolve({ ready: false, message: event.message })
    })
  }
  source.addEventListener('error', ({ code }) => {
    if (code !== undefined && code !== 503) reject(new StackFailure(`the stream of events answered ${code}`))
  })
  try {
    return await promise
  } finally {
    following.signal.removeEventListener('abort', onAbort)
    source.close()
  }
}
