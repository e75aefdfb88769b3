import { setTimeout as delay } from 'node:timers/promises'
import { hasErrno } from './errno.ts'
import { processIdentity } from './process-identity.ts'

const POLL_MS = 50

export interface SignalStep {
  readonly signal: NodeJS.Signals
  /** How long the process may take to end after this signal, in milliseconds. */
  readonly graceMs: number
}

/** Asks first, then insists. */
export const TERMINATE: readonly [SignalStep, ...SignalStep[]] = [
  { signal: 'SIGTERM', graceMs: 15_000 },
  { signal: 'SIGKILL', graceMs: 5_000 },
]

/** Signals a process that has gone meanwhile without complaint; false when it was gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch (thrown) {
    if (hasErrno(thrown, 'ESRCH')) return false
    throw thrown
  }
}

/** Ends a process that is no child of ours, step by step; does nothing when `identity` no longer lives. */
export async function endProcess(
  pid: number,
  identity: string,
  steps: readonly SignalStep[] = TERMINATE,
): Promise<void> {
  for (const { signal, graceMs } of steps) {
    if ((await processIdentity(pid)) !== identity) return
    signalProcess(pid, signal)
    for (const until = Date.now() + graceMs; Date.now() < until; await delay(POLL_MS)) {
      if ((await processIdentity(pid)) !== identity) return
    }
  }
}
