import type { ServerResponse } from 'node:http'

export interface SinkOptions {
  /** Milliseconds a client may leave its socket full. */
  readonly drainMs: number
  /** Milliseconds the last message may take to leave before the socket is destroyed. */
  readonly endMs: number
  readonly onSlow: () => void
  readonly onGone: () => void
}

/** The way to one client, which tells when the client does not keep up or is gone. */
export interface Sink {
  /** Writes, and resolves once the socket has room for more, or at the signal. */
  write(text: string, signal: AbortSignal): Promise<void>
  /** Writes unless the socket is full. */
  beat(text: string): void
  /** Writes the last text and closes. */
  end(text: string): Promise<void>
}

/** Writes to a response whose head is sent. */
export function openSink(res: ServerResponse, options: SinkOptions): Sink {
  let slow: NodeJS.Timeout | undefined
  const isOpen = () => !res.destroyed && !res.writableEnded
  const gone = () => {
    clearTimeout(slow)
    options.onGone()
  }
  res.once('close', gone)
  // A client that leaves while something is on its way to it is no error.
  res.on('error', gone)
  if (!isOpen()) gone()

  const push = (text: string) => {
    if (!isOpen() || res.write(text) || slow !== undefined) return
    slow = setTimeout(options.onSlow, options.drainMs)
    res.once('drain', () => {
      clearTimeout(slow)
      slow = undefined
    })
  }

  return {
    async write(text, signal) {
      push(text)
      if (isOpen() && res.writableNeedDrain) await drained(res, signal)
    },
    beat(text) {
      if (!res.writableNeedDrain) push(text)
    },
    async end(text) {
      clearTimeout(slow)
      if (!isOpen()) return
      res.end(text)
      await left(res, options.endMs)
    },
  }
}

async function drained(res: ServerResponse, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const ready = () => resolve()
  res.once('drain', ready)
  signal.addEventListener('abort', ready)
  await promise
  res.off('drain', ready)
  signal.removeEventListener('abort', ready)
}

async function left(res: ServerResponse, endMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  res.once('close', () => resolve())
  const late = setTimeout(() => res.destroy(), endMs)
  await promise
  clearTimeout(late)
}
