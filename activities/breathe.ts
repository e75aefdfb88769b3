import { Context } from '@temporalio/activity'
import { z } from 'zod'

import type { OpenDatabase } from '../db/open.ts'
import { isStoreAway } from './judge-failure.ts'
import { waitForStore } from './wait-for-store.ts'

// Four heartbeats fit into the time after which a silent worker is taken for dead.
const HEARTBEATS_PER_TIMEOUT = 4
const LONGEST_HEARTBEAT_MS = 2_000

function heartbeatEvery(timeoutMs: number | undefined): number {
  return Math.min((timeoutMs ?? Number.POSITIVE_INFINITY) / HEARTBEATS_PER_TIMEOUT, LONGEST_HEARTBEAT_MS)
}

const Progress = z.object({ outages: z.int().min(0) })

/** Tries of this activity before this one that failed only because PostgreSQL was away, as the last of them said. */
function outagesBefore(heartbeatDetails: unknown): number {
  return Progress.safeParse(heartbeatDetails).data?.outages ?? 0
}

/** One try of an activity. */
export interface Breath {
  /** Aborted when the run is canceled, terminated or timed out. */
  readonly signal: AbortSignal
  /** Counts the tries by the worker, from 1. */
  readonly attempt: number
  /** Tries before this one that failed only because PostgreSQL was away; they are not counted. */
  readonly outages: number
}

/**
 * Runs one try of an activity with a heartbeat. What it threw is put to `report`, whose answer is what Temporal is told;
 * when that says that only PostgreSQL was away, the store is waited for first.
 */
export async function breathe<R>(
  db: Pick<OpenDatabase, 'read'>,
  work: (breath: Breath) => Promise<R>,
  report: (error: unknown, breath: Breath) => Promise<unknown>,
): Promise<R> {
  const context = Context.current()
  const { info, cancellationSignal: signal } = context
  let outages = outagesBefore(info.heartbeatDetails)
  const beat = (): void => context.heartbeat({ outages })
  const heartbeat = setInterval(beat, heartbeatEvery(info.heartbeatTimeoutMs))
  try {
    return await work({ signal, attempt: info.attempt, outages })
  } catch (error) {
    const told = await report(error, { signal, attempt: info.attempt, outages })
    if (isStoreAway(told)) {
      outages += 1
      beat()
      // Temporal counts tries as well: a long outage must not use them up.
      await waitForStore(db.read, signal)
    }
    throw told
  } finally {
    clearInterval(heartbeat)
  }
}
