import { setTimeout as sleepFor } from 'node:timers/promises'

// Canvas charges 50 up front per request from a bucket of 600: twelve calls at once already overflow it.
const MAX_IN_FLIGHT = 3
const SLOW_BELOW_REMAINING = 150
const REFILL_PER_SECOND = 10
const MAX_WAIT_MS = 5_000

/**
 * Decides whether one more call may start, and how long it waits first, in milliseconds.
 * `remaining` is the last X-Rate-Limit-Remaining, null before the first answer.
 */
export function decidePace(remaining: number | null, inFlight: number): { admit: boolean; waitMs: number } {
  if (remaining === null || remaining >= SLOW_BELOW_REMAINING)
    return { admit: inFlight < MAX_IN_FLIGHT, waitMs: 0 }
  const refillMs = ((SLOW_BELOW_REMAINING - remaining) / REFILL_PER_SECOND) * 1_000
  return { admit: inFlight === 0, waitMs: Math.min(Math.ceil(refillMs), MAX_WAIT_MS) }
}

/** Lets the calls of one token through at the pace Canvas stands. */
export interface TokenGate {
  /** Runs a call when there is room; rejects with the signal's reason when aborted while waiting. */
  run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Tells the gate what Canvas said is left; null when the answer did not say. */
  report(remaining: number | null): void
}

type Sleep = (ms: number, signal: AbortSignal | undefined) => Promise<unknown>

/** Makes the gate of one token. */
export function createTokenGate(
  sleep: Sleep = (ms, signal) => sleepFor(ms, undefined, { signal }),
): TokenGate {
  let inFlight = 0
  let remaining: number | null = null
  const waiting: (() => void)[] = []

  const enter = async (signal: AbortSignal | undefined): Promise<void> => {
    signal?.throwIfAborted()
    while (!decidePace(remaining, inFlight).admit) await turn(waiting, signal)
    inFlight++
  }
  const leave = (): void => {
    inFlight--
    waiting.shift()?.()
  }
  return {
    run: async (call, signal) => {
      await enter(signal)
      try {
        const { waitMs } = decidePace(remaining, inFlight)
        if (waitMs > 0) await sleep(waitMs, signal)
        return await call()
      } finally {
        leave()
      }
    },
    report: (left) => {
      if (left === null) return
      const recovered = left >= SLOW_BELOW_REMAINING && remaining !== null && remaining < SLOW_BELOW_REMAINING
      remaining = left
      if (recovered) for (const wake of waiting.splice(0)) wake()
    },
  }
}

/** Waits for a place in the queue; an aborted wait passes its wake-up on, so that none is lost. */
function turn(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = (): void => {
      signal?.removeEventListener('abort', give)
      resolve()
    }
    const give = (): void => {
      waiting.splice(waiting.indexOf(wake), 1)
      reject(signal?.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError'))
    }
    waiting.push(wake)
    signal?.addEventListener('abort', give, { once: true })
  })
}
