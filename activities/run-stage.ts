import { Context } from '@temporalio/activity'
import { z } from 'zod'

import { bindLogger } from '../config/logger.ts'
import type { PlanStage } from '../contract/stages.ts'
import { findArtefact } from '../db/read/artefacts.ts'
import type { RunRef } from '../db/write/fence.ts'
import { beginStage, completeStage, type StageResult } from '../db/write/stages.ts'
import type { StageTry } from '../db/write/run-steps.ts'
import type { ActivityDeps } from './deps.ts'
import { isStoreAway, reportFailure } from './report-failure.ts'
import { waitForStore } from './wait-for-store.ts'

/** The artefact that says a stage is done: it is stored once per generation, so a retry never works twice. */
const ARTEFACT_OF: { readonly [S in PlanStage]: string } = {
  fetch_canvas_context: 'canvas_context',
  fetch_and_parse_attachments: 'documents',
  distill_assignment_requirements: 'requirements',
  draft_plan: 'draft',
  verify_against_source: 'verification',
  finalize_plan: 'plan',
}

export interface StageInput extends RunRef {
  /** Tries after which a stage that may recover is given up. */
  readonly max_attempts: number
}

/** What Temporal keeps of a finished stage: nothing of its content. */
export interface StageOutcome {
  readonly reused: boolean
}

export interface StageWork {
  readonly step: StageTry
  /** Aborted when the run is canceled, terminated or timed out. */
  readonly signal: AbortSignal
}

type Work = (work: StageWork) => Promise<Omit<StageResult, 'duration_ms'>>
type Store = typeof completeStage

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
export async function runStage(
  deps: ActivityDeps,
  stage: PlanStage,
  input: StageInput,
  work: Work,
  store: Store = completeStage,
): Promise<StageOutcome> {
  const context = Context.current()
  const { workspace_id, generation, job_id } = input
  const step: StageTry = { workspace_id, generation, job_id, stage, attempt: context.info.attempt }
  const { info, cancellationSignal: signal } = context
  const logger = bindLogger(deps.logger, { job_id, workflow_id: info.workflowExecution?.workflowId })
  let outages = outagesBefore(info.heartbeatDetails)
  const breathe = (): void => context.heartbeat({ outages })
  const heartbeat = setInterval(breathe, heartbeatEvery(info.heartbeatTimeoutMs))
  try {
    if ((await findArtefact(deps.db.read, step, ARTEFACT_OF[stage])) !== undefined) return { reused: true }
    await beginStage(deps.db.write, step)
    const started = performance.now()
    const result = await work({ step, signal })
    signal.throwIfAborted()
    await store(deps.db.write, step, { ...result, duration_ms: Math.round(performance.now() - started) })
    return { reused: false }
  } catch (error) {
    const { max_attempts } = input
    const told = await reportFailure({ ...deps, logger }, step, { error, max_attempts, outages, signal })
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
