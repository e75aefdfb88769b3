import { PLAN_STAGES, type PlanStage } from '../contract/stages.ts'
import { describeStages, PAUSED } from './describe-stages.ts'
import type { Parked } from './stopped-stage.ts'
import type { RetryRefusal, RetryStageMessage } from './messages.ts'

/** All that a planning run remembers between its stages. */
export interface PlanRun {
  readonly job_id: string
  readonly attempt: number
  readonly done: readonly PlanStage[]
  readonly current: PlanStage | null
  readonly parked: Parked<PlanStage> | null
  readonly paused: boolean
}

/** A run before its first stage. */
export function newPlanRun(job_id: string, attempt: number, paused = false): PlanRun {
  return { job_id, attempt, done: [], current: null, parked: null, paused }
}

/**
 * Why a retry cannot be taken up, or null when it can. A stage writes its failure down before the workflow hears of it,
 * so a retry of the current stage may come a moment early: it is taken up and waits.
 */
export function refuseRetry(run: PlanRun, message: RetryStageMessage): RetryRefusal | null {
  if (message.expected_attempt !== null && message.expected_attempt !== run.attempt) return 'OTHER_ATTEMPT'
  if (run.parked === null) return run.current === message.stage ? null : 'NOT_PARKED'
  return run.parked.stage === message.stage ? null : 'OTHER_STAGE'
}

function nextStep(run: PlanRun): string {
  if (run.parked !== null) {
    const retry = `POST /assignments/{course_id}/{assignment_id}/stages/${run.parked.stage}/retry`
    return `The run waits for a person. \`GET /assignments/{course_id}/{assignment_id}\` says in words what happened; once the cause is gone, \`${retry}\` goes on from here, and a reprocess begins anew.`
  }
  if (run.paused) return PAUSED
  return run.done.length === PLAN_STAGES.length
    ? 'The plan is ready.'
    : 'Nothing to do: the run goes on by itself.'
}

/** The run as Markdown for somebody who looks at it in Temporal Web UI for the first time. */
export function describeRun(run: PlanRun): string {
  return describeStages(PLAN_STAGES, { ...run, stopped: run.parked }, nextStep(run))
}
