import { EventSource } from 'eventsource'

import { EVENT_TYPES, StreamEvent } from '../../contract/events.ts'
import { StackFailure } from '../stack-failure.ts'
import type { Student } from './client.ts'
import { parsePrintable } from './printable.ts'

interface Stream<E> {
  readonly url: string
  readonly signIn: Student['signIn']
  readonly signal: AbortSignal
  /** Sees each event once; what it answers ends the following. */
  readonly see: (event: StreamEvent) => E | undefined
}

// A native EventSource cannot send the token; this one takes a fetch that does.
function open({ url, signIn }: Pick<Stream<unknown>, 'url' | 'signIn'>): EventSource {
  return new EventSource(url, {
    fetch: async (input, init) => {
      const authorization = `Bearer ${await signIn()}`
      return fetch(input, { ...init, headers: { ...init.headers, authorization } })
    },
  })
}

/** Follows a stream through reconnects until something seen ends it; throws StackFailure when that cannot be. */
export async function follow<E>({ url, signIn, signal, see }: Stream<E>): Promise<E> {
  const { promise, resolve, reject } = Promise.withResolvers<E>()
  const source = open({ url, signIn })
  const onAbort = (): void => reject(new StackFailure('stopped'))
  signal.addEventListener('abort', onAbort, { once: true })
  for (const type of EVENT_TYPES) {
    source.addEventListener(type, ({ data }) => {
      const end = see(StreamEvent.parse(parsePrintable(String(data))))
      if (end !== undefined) resolve(end)
    })
  }
  source.addEventListener('error', ({ code }) => {
    if (code !== undefined && code !== 503) reject(new StackFailure(`the stream of events answered ${code}`))
  })
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', onAbort)
    source.close()
  }
}

/** How a run ended, as its stream told it. */
export type Ending = { readonly ready: true } | { readonly ready: false; readonly message: string }

interface Run extends Omit<Stream<Ending>, 'see'> {
  /** The job to follow; by default whichever there is. */
  readonly job_id?: string
  readonly show: (event: StreamEvent) => void
}

/** Follows a run of an assignment to its end, showing each event. */
export async function followRun({ job_id, show, ...stream }: Run): Promise<Ending> {
  const see = (event: StreamEvent): Ending | undefined => {
    if (job_id !== undefined && event.job_id !== job_id) return undefined
    show(event)
    if (event.event_type === 'plan_ready' || event.event_type === 'feedback_ready') return { ready: true }
    return event.event_type === 'failed' ? { ready: false, message: event.message } : undefined
  }
  return follow({ ...stream, see })
}
