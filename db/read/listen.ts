import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'

import type { OpenDatabase } from '../open.ts'
import { EVENT_CHANNEL } from '../write/events.ts'

const FIRST_RETRY_MS = 100
const MAX_RETRY_MS = 5_000
const CHECK_MS = 30_000
const CHECK = { text: 'select 1', query_timeout: 5_000 }
const END_TIMEOUT_MS = 2_000

/** A LISTEN connection that ended without an error of its own. */
class ListenEnded extends Error {
  override readonly name = 'ListenEnded'
}

export interface WakeHandlers {
  /** New events of a stream up to `seq` are committed. */
  onWake(streamId: string, seq: number): void
  /** Listening has begun, or begun anew: any wake-up before this moment may have been missed. */
  onReconnect(): void
}

export interface ListenOptions {
  /** Told of each connection that broke or could not be made; another one is tried. */
  readonly onError: (error: unknown) => void
  /** Milliseconds before the second try; doubled with every further one. */
  readonly firstRetryMs?: number
  readonly maxRetryMs?: number
  /** Milliseconds between two checks that the server still answers; a black-holed connection is silent. */
  readonly checkMs?: number
}

/** What wake-ups come from: hands them over until it is disposed of. */
export type Listen = (handlers: WakeHandlers) => AsyncDisposable

/** Reads `stream_id|seq`, the payload of a wake-up; undefined when it is anything else. */
export function parseWake(payload: string | undefined): { streamId: string; seq: number } | undefined {
  const [, streamId, digits] = /^([^|]+)\|(\d{1,15})$/.exec(payload ?? '') ?? []
  return streamId === undefined ? undefined : { streamId, seq: Number(digits) }
}

/** Milliseconds before the next try after so many failed ones: doubling up to a cap. */
export function retryDelay(failures: number, firstMs: number, maxMs: number): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(failures, 30))
}

/** Holds one LISTEN connection of its own for as long as it is not disposed of, and makes a new one when it breaks. */
export function listenForEvents(database: Pick<OpenDatabase, 'connection'>, options: ListenOptions): Listen {
  return (handlers) => {
    const ending = new AbortController()
    const done = keepListening(database, handlers, options, ending.signal)
    return {
      async [Symbol.asyncDispose]() {
        ending.abort()
        await done
      },
    }
  }
}

async function keepListening(
  database: Pick<OpenDatabase, 'connection'>,
  handlers: WakeHandlers,
  options: ListenOptions,
  signal: AbortSignal,
): Promise<void> {
  const { firstRetryMs = FIRST_RETRY_MS, maxRetryMs = MAX_RETRY_MS } = options
  let failures = 0
  while (!signal.aborted) {
    try {
      await listenOnce(database.connection(), signal, options.checkMs ?? CHECK_MS, {
        onWake: (streamId, seq) => handlers.onWake(streamId, seq),
        onReconnect() {
          failures = 0
          handlers.onReconnect()
        },
      })
    } catch (error) {
      options.onError(error)
    }
    await pause(retryDelay(failures++, firstRetryMs, maxRetryMs), signal)
  }
}

/** Listens on one connection until it breaks, which rejects, or until the signal, which resolves. */
async function listenOnce(
  client: Client,
  signal: AbortSignal,
  checkMs: number,
  handlers: WakeHandlers,
): Promise<void> {
  const { promise: over, resolve, reject } = Promise.withResolvers<void>()
  // Attached first: an error without a listener would end the process.
  client.on('error', reject)
  client.on('end', () => reject(new ListenEnded('PostgreSQL closed the connection that listens for events')))
  client.on('notification', ({ payload }) => {
    const wake = parseWake(payload)
    if (wake !== undefined) handlers.onWake(wake.streamId, wake.seq)
  })
  const stop = () => resolve()
  signal.addEventListener('abort', stop)
  let check: NodeJS.Timeout | undefined
  const begin = async () => {
    await client.connect()
    await client.query(`listen ${EVENT_CHANNEL}`)
    if (signal.aborted) return
    check = setInterval(() => void client.query(CHECK).catch(reject), checkMs)
    handlers.onReconnect()
  }
  try {
    await Promise.race([over, begin()])
    await over
  } finally {
    clearInterval(check)
    signal.removeEventListener('abort', stop)
    // A black-holed server never says goodbye.
    await Promise.race([client.end(), pause(END_TIMEOUT_MS, signal)])
  }
}

/** Waits so many milliseconds, or until the signal. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
