import { ApplicationFailure } from '@temporalio/workflow'

import { PLAN_STAGES, STAGE_RANGES, type PlanStage } from '../contract/stages.ts'
import type { RetryRefusal, RetryStageMessage } from './messages.ts'

/** A stage that waits for a person. */
export interface Parked {
  readonly stage: PlanStage
  readonly code: string
  /** The code in words that hold nothing of the assignment. */
  readonly title: string
  /** Whether nobody has written the failure down yet. */
  readonly silent: boolean
}

/** Reads a stage's failure: one the stage reported itself carries its code, anything else died without a word. */
export function parkedBy(stage: PlanStage, cause: unknown): Parked {
  if (cause instanceof ApplicationFailure && cause.details?.[0] === 'parked') {
    return { stage, code: cause.type ?? 'RETRIES_EXHAUSTED', title: cause.message, silent: false }
  }
  return { stage, code: 'RETRIES_EXHAUSTED', title: 'It failed each time it was tried', silent: true }
}

/** All that a planning run remembers between its stages. */
export interface PlanRun {
  readonly job_id: string
  readonly attempt: number
  readonly done: readonly PlanStage[]
  readonly current: PlanStage | null
  readonly parked: Parked | null
}

/** A run before its first stage. */
export function newPlanRun(job_id: string, attempt: number): PlanRun {
  return { job_id, attempt, done: [], current: null, parked: null }
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

function stageLine(run: PlanRun, stage: PlanStage): string {
  const { doing } = STAGE_RANGES[stage]
  if (run.done.includes(stage)) return `- ✅ ${doing}`
  if (run.parked?.stage === stage) return `- ⛔ **${doing}**: ${run.parked.title} (\`${run.parked.code}\`)`
  if (run.current === stage) return `- ▶️ **${doing}**`
  return `- ▫️ ${doing}`
}

function nextStep(run: PlanRun): string {
  if (run.parked !== null) {
    const retry = `POST /assignments/{course_id}/{assignment_id}/stages/${run.parked.stage}/retry`
    return `The run waits for a person. \`GET /assignments/{course_id}/{assignment_id}\` says in words what happened; once the cause is gone, \`${retry}\` goes on from here, and a reprocess begins anew.`
  }
  return run.done.length === PLAN_STAGES.length
    ? 'The plan is ready.'
    : 'Nothing to do: the run goes on by itself.'
}

/** The run as Markdown for somebody who looks at it in Temporal Web UI for the first time. */
export function describeRun(run: PlanRun): string {
  const lines = PLAN_STAGES.map((stage) => stageLine(run, stage))
  const next = nextStep(run)
  return [`**Job** \`${run.job_id}\`, attempt ${run.attempt}`, '', ...lines, '', next].join('\n')
}
