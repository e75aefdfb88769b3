import { setTimeout as delay } from 'node:timers/promises'

import { isDatabaseAway, type ReadDb } from '../db/open.ts'
import { pingDatabase } from '../db/read/ping.ts'

const STEP_MS = 2_000
// Together with the work before it this stays below the time Temporal gives one try.
const LIMIT_MS = 5 * 60_000

/** Waits until PostgreSQL answers again, for at most five minutes or until the signal. */
export async function waitForStore(db: ReadDb, signal: AbortSignal): Promise<void> {
  const until = performance.now() + LIMIT_MS
  while ((await isAway(db)) && performance.now() < until && !signal.aborted) {
    await delay(STEP_MS, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }
}

async function isAway(db: ReadDb): Promise<boolean> {
  try {
    await pingDatabase(db)
    return false
  } catch (error) {
    if (isDatabaseAway(error)) return true
    throw error
  }
}
