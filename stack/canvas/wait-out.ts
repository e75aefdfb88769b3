import { setTimeout as delay } from 'node:timers/promises'
import type { Seen } from './faults/fault.ts'
import type { Faults } from './faults/faults.ts'

/** Waits as long as a `slow` fault wants this request to take; the wait keeps no process alive. */
export async function waitOut(faults: Faults, seen: Seen): Promise<void> {
  const slow = faults.take('slow', seen)
  if (slow !== null) await delay(slow.ms, undefined, { ref: false })
}
