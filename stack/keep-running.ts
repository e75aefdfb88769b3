import { setTimeout as delay } from 'node:timers/promises'
import type { Child } from './child.ts'
import { type NodeProcess, type Origin, startServer } from './processes.ts'
import { endedEarly } from './ready.ts'
import type { Say } from './stack-failure.ts'

const MOST_ENDS = 5
const WITHIN_MS = 60_000
const PAUSE_MS = 500

/** A server that is started again when it ends by itself. */
export interface Kept extends AsyncDisposable {
  /** Rejects when it ends too often to be started once more, or does not start again. */
  readonly failed: Promise<never>
}

/** Whether a server that ended at these times, in milliseconds, is to be started again: not the fifth time in a minute. */
export function mayStartAgain(ends: readonly number[], now: number): boolean {
  return ends.filter((end) => now - end < WITHIN_MS).length < MOST_ENDS
}

/** Starts a server and keeps it running until it is disposed of; throws StackFailure when it does not start at all. */
export async function keepRunning(
  options: NodeProcess & { readonly origin: Origin },
  say: Say,
): Promise<Kept> {
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, ...(options.signal === undefined ? [] : [options.signal])])
  const { promise: failed, reject } = Promise.withResolvers<never>()
  // Whoever disposes of it without having waited is not to hear of it as unhandled.
  failed.catch(() => undefined)
  let child: Child = await startServer(options)
  const ends: number[] = []

  // What it needs may be on its way back too: a start that fails counts as one more end.
  const startAgain = async (): Promise<Child> => {
    for (;;) {
      await delay(PAUSE_MS, undefined, { signal })
      try {
        return await startServer({ ...options, signal })
      } catch (error) {
        ends.push(Date.now())
        if (signal.aborted || !mayStartAgain(ends, Date.now())) throw error
      }
    }
  }
  const watch = async (): Promise<void> => {
    for (;;) {
      const { code, signal: killed } = await child.exited
      if (signal.aborted || child.stopping()) return
      ends.push(Date.now())
      if (!mayStartAgain(ends, Date.now())) throw endedEarly(child)
      say(`the ${options.name} ended unexpectedly with ${killed ?? `code ${code}`}; starting it again`)
      say(`  its log is ${options.logFile}`)
      child = await startAgain()
      if (signal.aborted) return child.stop()
      say(`the ${options.name} is back`)
    }
  }
  const watched = watch().catch((error: unknown) => {
    if (!signal.aborted) reject(error)
  })
  return {
    failed,
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await child.stop()
      await watched
    },
  }
}
