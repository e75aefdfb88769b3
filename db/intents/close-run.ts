import { RUN_ERRORS, type RunErrorCode } from '../../contract/run-errors.ts'
import { PLAN_STAGES, type PlanStage } from '../../contract/stages.ts'
import type { WriteDb } from '../open.ts'
import type { StopCause } from '../write/run-steps.ts'
import { RunParked, RunSuperseded, type RunRef } from '../write/fence.ts'
import { parkRun } from '../write/run-ends.ts'
import { causeOfEnd, codeOfEnd, IN_TEMPORAL, type OutsideEnd } from './outside-ends.ts'
import { sayEnd } from '../write/say-end.ts'

export interface CloseRunInput extends RunRef {
  readonly stage: PlanStage
  readonly code: RunErrorCode
}

const GO_ON = 'Go on with a retry of this stage, or reprocess the assignment.'

const WORDS: Partial<Record<RunErrorCode, string>> = {
  CANCELED: 'The run was canceled. Start it again with a retry of this stage, or reprocess the assignment.',
  TERMINATED: `The run was ended from outside. ${GO_ON}`,
  STALE: `Nothing happened for two hours, so this run was given up. ${GO_ON}`,
  RETRIES_EXHAUSTED:
    'This stage never came to an end. Retry it; if it fails again, tell the operator the job id.',
}

// A retry would go on with what was ended for a reason: what is offered is to plan anew.
const BY_OPERATOR = {
  what: 'this run',
  next: 'If you still want the plan once that is settled, reprocess the assignment.',
}

/** Writes down the end of a run that no stage could write itself; of no effect when it is written already. */
export async function closeRun(db: WriteDb, input: CloseRunInput, by?: StopCause): Promise<void> {
  const { workspace_id, generation, job_id, stage, code } = input
  const ended = by?.actor.id === IN_TEMPORAL ? `${by.reason} ${GO_ON}` : undefined
  const message = sayEnd(ended ?? WORDS[code] ?? `${RUN_ERRORS[code].title}.`, BY_OPERATOR, by)
  const step = { workspace_id, generation, job_id, stage, attempt: 0 }
  try {
    await parkRun(db, step, { code, message, stage, retryable: RUN_ERRORS[code].retryable }, by)
  } catch (error) {
    if (error instanceof RunSuperseded || error instanceof RunParked) return
    throw error
  }
}

interface OpenRun extends RunRef {
  readonly stage: PlanStage | null
}

const stepOf = ({ workspace_id, generation, job_id, stage }: OpenRun) => {
  return { workspace_id, generation, job_id, stage: stage ?? PLAN_STAGES[0] }
}

/** Writes down that a run was ended in Temporal, which nobody else will tell of. */
export async function closeEndedRun(db: WriteDb, run: OpenRun, end: OutsideEnd): Promise<void> {
  await closeRun(db, { ...stepOf(run), code: codeOfEnd(end) }, causeOfEnd(end))
}

/** Gives up a run that has fallen silent for good. */
export async function closeStaleRun(db: WriteDb, run: OpenRun): Promise<void> {
  await closeRun(db, { ...stepOf(run), code: 'STALE' })
}
