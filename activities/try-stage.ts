import { Context } from '@temporalio/activity'
import { z } from 'zod'

import { bindLogger } from '../config/logger.ts'
import type { PlanStage, Stage } from '../contract/stages.ts'
import type { RunRef } from '../db/write/fence.ts'
import type { StageTry } from '../db/write/run-steps.ts'
import type { StageResult } from '../db/write/stages.ts'
import type { ActivityDeps } from './deps.ts'
import { isStoreAway, reportFailure } from './report-failure.ts'
import type { StageRecords } from './stage-records.ts'
import { waitForStore } from './wait-for-store.ts'

export interface StageInput extends RunRef {
  /** Tries after which a stage that may recover is given up. */
  readonly max_attempts: number
}

/** What Temporal keeps of a finished stage: nothing of its content. */
export interface StageOutcome {
  readonly reused: boolean
}

export interface StageWork<S extends Stage = PlanStage> {
  readonly step: StageTry<S>
  /** Aborted when the run is canceled, terminated or timed out. */
  readonly signal: AbortSignal
}

export type Work<S extends Stage> = (work: StageWork<S>) => Promise<Omit<StageResult, 'duration_ms'>>

// Four heartbeats fit into the time after which a silent worker is taken for dead.
const HEARTBEATS_PER_TIMEOUT = 4
const LONGEST_HEARTBEAT_MS = 2_000

function heartbeatEvery(timeoutMs: number | undefined): number {
  return Math.min((timeoutMs ?? Number.POSITIVE_INFINITY) / HEARTBEATS_PER_TIMEOUT, LONGEST_HEARTBEAT_MS)
}

const Progress = z.object({ outages: z.int().min(0) })

/** Tries of this stage before this one that failed only because PostgreSQL was away, as the last of them said. */
function outagesBefore(heartbeatDetails: unknown): number {
  return Progress.safeParse(heartbeatDetails).data?.outages ?? 0
}

/**
 * Runs one try of a stage: heartbeat, fence, events, result and failure are the same for all of them.
 * Throws ApplicationFailure with a run error code as its type.
 */
export async function tryStage<S extends Stage>(
  deps: ActivityDeps,
  records: StageRecords<S>,
  stage: S,
  input: StageInput,
  work: Work<S>,
): Promise<StageOutcome> {
  const context = Context.current()
  const { workspace_id, generation, job_id } = input
  const step: StageTry<S> = { workspace_id, generation, job_id, stage, attempt: context.info.attempt }
  const { info, cancellationSignal: signal } = context
  const logger = bindLogger(deps.logger, { job_id, workflow_id: info.workflowExecution?.workflowId })
  let outages = outagesBefore(info.heartbeatDetails)
  const breathe = (): void => context.heartbeat({ outages })
  const heartbeat = setInterval(breathe, heartbeatEvery(info.heartbeatTimeoutMs))
  try {
    if (await records.isDone(deps.db.read, step)) return { reused: true }
    await records.begin(deps.db.write, step)
    const started = performance.now()
    const result = await work({ step, signal })
    signal.throwIfAborted()
    await records.complete(deps.db.write, step, {
      ...result,
      duration_ms: Math.round(performance.now() - started),
    })
    return { reused: false }
  } catch (error) {
    const { max_attempts } = input
    const failed = { error, max_attempts, outages, signal }
    const told = await reportFailure({ db: deps.db, logger, park: records.park }, step, failed)
    if (isStoreAway(told)) {
      outages += 1
      breathe()
      // Temporal counts tries as well: a long outage must not use them up.
      await waitForStore(deps.db.read, signal)
    }
    throw told
  } finally {
    clearInterval(heartbeat)
  }
}
