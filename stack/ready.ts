import { setTimeout as delay } from 'node:timers/promises'
import type { Child } from './child.ts'
import { lastLines } from './log-file.ts'
import { StackFailure, reasonOf } from './stack-failure.ts'

const PROBE_EVERY_MS = 50

interface Patience {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** Waits until `probe` passes; fails with the end of the child's log when it dies or takes too long. */
export async function waitUntilReady(
  child: Child,
  probe: () => Promise<unknown>,
  { timeoutMs, signal }: Patience,
): Promise<void> {
  let reason: string
  const until = Date.now() + timeoutMs
  do {
    signal?.throwIfAborted()
    if (child.exit() !== undefined) throw endedEarly(child)
    try {
      await probe()
      // A probe may have met a stranger on the same port: ours must be alive as well.
      if (child.exit() === undefined) return
      reason = 'it ended'
    } catch (thrown) {
      reason = reasonOf(thrown)
    }
    await delay(PROBE_EVERY_MS)
  } while (Date.now() < until)
  throw new StackFailure(
    `${child.name} was not ready after ${timeoutMs / 1_000} s (${reason}); ${logOf(child)}`,
  )
}

/** What to say of a child that ended although nobody asked it to. */
export function endedEarly(child: Child): StackFailure {
  const exit = child.exit()
  const how = exit?.signal ?? `code ${exit?.code}`
  return new StackFailure(`${child.name} ended unexpectedly with ${how}; ${logOf(child)}`)
}

function logOf(child: Child): string {
  return `its log is ${child.logFile} and ends with:\n${lastLines(child.output())}`
}
