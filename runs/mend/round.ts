import type { Client } from '@temporalio/client'
import type { Logger } from 'pino'

import type { RoundOutcome, RunPace } from '../../contract/reconcile.ts'
import { releaseOrphans } from '../../db/intents/orphans.ts'
import { foldTallies } from '../../db/intents/tallies.ts'
import type { OutsideEnding } from '../../db/intents/outside-ends.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { callTemporal } from '../connect.ts'
import { createRuns, type Runs } from '../create-runs.ts'
import { readEnd } from '../find-run.ts'
import {
  reconcileFeedback,
  reconcileHandoffs,
  reconcileJobs,
  reconcileMasterplans,
  reconcilePlans,
} from './mend-runs.ts'
import { createPass, isAway, type Pass } from './pass.ts'

const DEADLINE_MS = 5_000

export interface RoundParts {
  readonly db: OpenDatabase
  readonly client: Client
  readonly taskQueue: string
  readonly logger: Logger
}

/** A job gives its places back as it ends; whatever else ended it has left them taken. */
async function freePlaces(db: OpenDatabase, logger: Logger): Promise<void> {
  const released = await releaseOrphans(db.write)
  if (released > 0) logger.warn({ released }, 'places of jobs that are over were given back')
}

/** What is done in a round: runs are helped on, kind by kind, places freed, and what was counted is added up. */
function passesOf({ db, client, logger }: RoundParts, runs: Runs): readonly Pass[] {
  const call = <R>(work: (client: Client) => Promise<R>): Promise<R> =>
    callTemporal(client, DEADLINE_MS, () => work(client))
  const parts = { db, logger, explain: (id: string, how: OutsideEnding) => readEnd(call, id, how) }
  return [
    createPass(reconcilePlans({ ...parts, runs: runs.runs }), logger),
    createPass(reconcileFeedback({ ...parts, runs: runs.feedbackRuns }), logger),
    createPass(reconcileMasterplans({ ...parts, runs: runs.masterplanRuns }), logger),
    createPass(reconcileHandoffs({ ...parts, runs: runs.handoffRuns }), logger),
    createPass(reconcileJobs({ ...parts, runs: runs.jobRuns }), logger),
    () => freePlaces(db, logger),
    () => foldTallies(db.write),
  ]
}

/**
 * Makes what goes over all runs once: it starts what was accepted but never reached Temporal, e.g. when the API died
 * between its two steps, closes what was ended there behind our back, and gives back the places of jobs that are over.
 * What is away is left to the next round.
 */
export function createRound(
  parts: RoundParts,
): (pace: RunPace, signal: AbortSignal) => Promise<RoundOutcome> {
  const { client, taskQueue } = parts
  return async (pace, signal) => {
    const came = { left: 0, started: 0, closed: 0, broken: 0 }
    const passes = passesOf(parts, createRuns({ client, taskQueue, pace }))
    const outcome = (is_cut_short: boolean): RoundOutcome => {
      const { left: _, ...told } = came
      return { ...told, is_cut_short }
    }
    try {
      for (const pass of passes) await pass(signal, (became) => void (came[became] += 1))
    } catch (error) {
      if (!isAway(error)) throw error
      return outcome(true)
    }
    return outcome(signal.aborted)
  }
}
