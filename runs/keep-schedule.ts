import { setTimeout as delay } from 'node:timers/promises'

import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client'
import type { Logger } from 'pino'

import { reconcileScheduleId } from '../contract/ids.ts'
import type { RunPace } from '../contract/reconcile.ts'
import { RECONCILE_WORKFLOW } from '../workflows/messages.ts'
import { callTemporal } from './connect.ts'

const DEADLINE_MS = 5_000
const TRY_AGAIN_MS = 1_000
// Somebody may delete it, or Temporal may be set up anew, while this process lives.
const LOOK_AGAIN_MS = 60_000

export interface ScheduleOptions {
  readonly client: Client
  readonly taskQueue: string
  /** At what pace the runs are started that are found lost. */
  readonly pace: RunPace
  readonly everyMs: number
  readonly logger: Logger
}

const DETAILS = [
  'One round over all runs: what was accepted and is not under way is started; what was ended in Temporal is closed in PostgreSQL, with that reason.',
  '',
  'Its result counts what was done. Pausing its schedule stops all of this.',
].join('\n')

type Wanted = Parameters<Client['schedule']['create']>[0]

/** The schedule as it is to be; a round that takes longer than the interval is never joined by a second. */
function scheduleOf({ taskQueue, pace, everyMs }: ScheduleOptions): Wanted {
  const id = reconcileScheduleId(taskQueue)
  return {
    scheduleId: id,
    spec: { intervals: [{ every: everyMs }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 seconds' },
    action: {
      type: 'startWorkflow',
      workflowType: RECONCILE_WORKFLOW,
      workflowId: id,
      taskQueue,
      args: [pace],
      // One that nobody takes up makes room for the next.
      workflowExecutionTimeout: '20 minutes',
      staticSummary: 'A round that looks for lost runs',
      staticDetails: DETAILS,
    },
  }
}

/** Makes the schedule where there is none; whether there was one. */
async function create(options: ScheduleOptions): Promise<boolean> {
  const { client } = options
  const wanted = scheduleOf(options)
  try {
    await callTemporal(client, DEADLINE_MS, () => client.schedule.create(wanted))
    return false
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return true
    throw error
  }
}

/** Brings the schedule up to date; whether it is paused stays as somebody has set it. */
async function update(options: ScheduleOptions): Promise<void> {
  const { client } = options
  const { scheduleId, ...wanted } = scheduleOf(options)
  await callTemporal(client, DEADLINE_MS, () =>
    client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...wanted, state })),
  )
}

export interface KeptSchedule extends AsyncDisposable {
  /** Whether the schedule was there when it was last looked for. */
  readonly isThere: boolean
}

/**
 * Makes the one schedule by which the runs of a task queue are looked after, or brings it up to date, and sees to it
 * that it stays there: for as long as it takes, until disposed of. The schedule itself outlives whoever made it.
 */
export function keepSchedule(options: ScheduleOptions): KeptSchedule {
  const stopping = new AbortController()
  const { signal } = stopping
  let isThere = false
  let isUpToDate = false
  let isMissed = false
  const look = async (): Promise<void> => {
    try {
      if ((await create(options)) && !isUpToDate) await update(options)
      isUpToDate = true
      isThere = true
      isMissed = false
    } catch (err) {
      // Told once, not with each try: an outage of Temporal would fill the log.
      if (!isMissed) options.logger.warn({ err }, 'the schedule that finds lost runs is not made')
      isMissed = true
      isThere = false
    }
  }
  const keep = async (): Promise<void> => {
    while (!signal.aborted) {
      await look()
      await delay(isThere ? LOOK_AGAIN_MS : TRY_AGAIN_MS, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    }
  }
  const kept = keep()
  return {
    get isThere() {
      return isThere
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await kept
    },
  }
}
