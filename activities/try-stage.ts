import { Context } from '@temporalio/activity'

import { bindLogger } from '../config/logger.ts'
import type { PlanStage, Stage } from '../contract/stages.ts'
import type { RunRef } from '../db/write/fence.ts'
import type { StageTry } from '../db/write/run-steps.ts'
import type { StageResult } from '../db/write/stages.ts'
import { breathe, type Breath } from './breathe.ts'
import type { ActivityDeps } from './deps.ts'
import { reportFailure } from './report-failure.ts'
import type { StageRecords } from './stage-records.ts'

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
  const { workspace_id, generation, job_id, max_attempts } = input
  const stepOf = ({ attempt }: Breath): StageTry<S> => ({ workspace_id, generation, job_id, stage, attempt })
  const { workflowExecution } = Context.current().info
  const logger = bindLogger(deps.logger, { job_id, workflow_id: workflowExecution?.workflowId })
  const run = async (breath: Breath): Promise<StageOutcome> => {
    const step = stepOf(breath)
    const { signal } = breath
    if (await records.isDone(deps.db.read, step)) return { reused: true }
    await records.begin(deps.db.write, step)
    const started = performance.now()
    const result = await work({ step, signal })
    signal.throwIfAborted()
    const duration_ms = Math.round(performance.now() - started)
    await records.complete(deps.db.write, step, { ...result, duration_ms })
    return { reused: false }
  }
  return breathe(deps.db, run, (error, breath) => {
    const { outages, signal } = breath
    const failed = { error, max_attempts, outages, signal }
    return reportFailure({ db: deps.db, logger, park: records.park }, stepOf(breath), failed)
  })
}
