import { setTimeout as delay } from 'node:timers/promises'

import { Context } from '@temporalio/activity'

import { bindLogger } from '../../config/logger.ts'
import { budgetDay, jobRun, masterplanRun } from '../../contract/run-budget.ts'
import { HandoffGone, type HandoffRow } from '../../db/write/handoff/handoff-rows.ts'
import { beginState, type BegunState } from '../../db/write/handoff/take-place.ts'
import { failState, settleState, type StateTry } from '../../db/write/handoff/work-steps.ts'
import { askFor } from '../ask-model.ts'
import { breathe, type Breath } from '../breathe.ts'
import type { ActivityDeps } from '../deps.ts'
import { describeUnknown, judgeFailure } from '../judge-failure.ts'
import { toldOf } from '../masterplan/report-attempt.ts'
import type { AskRole } from '../roles/work-phase.ts'
import type { StateWork, WorkedHandoff } from './messages.ts'
import { readWork } from './read-work.ts'
import { workRole } from './work-role.ts'

interface Asking {
  readonly handoff: HandoffRow
  /** The job the cost is booked to. */
  readonly job_id: string
  readonly tried: StateTry
  readonly signal: AbortSignal
}

/** How the roles of a build ask a model: within the budget of their masterplan or of the build, answers shared with nobody else. */
function askRole(deps: ActivityDeps, { handoff, job_id, tried, signal }: Asking): AskRole {
  const { tenant_id, user_id, generation, masterplan_id } = handoff
  const run = masterplan_id === null ? jobRun(handoff.job_id) : masterplanRun(masterplan_id)
  const day = budgetDay(deps.now())
  const owner = { job_id, tenant_id, user_id, generation, stage: tried.state, run, day }
  return (step, input) => askFor(deps, { owner, signal }, step, input, { share: `user:${user_id}` })
}

// The builds of a tenant share few places, and a phase gives its own back in a moment as often as after minutes: a short
// wait is spent here, where it costs the history of the run nothing.
const LOOK_EVERY_MS = 200
const LOOKS = 25

/** Begins the work as soon as there is a place for it, or says that there was none for a while. */
async function waitForPlace(deps: ActivityDeps, tried: StateTry, signal: AbortSignal): Promise<BegunState> {
  for (let look = 1; ; look += 1) {
    const begun = await beginState(deps.db.write, tried, deps.quotas)
    if (begun.kind !== 'full' || look === LOOKS) return begun
    await delay(LOOK_EVERY_MS)
    signal.throwIfAborted()
  }
}

async function work(deps: ActivityDeps, tried: StateTry, { signal }: Breath): Promise<WorkedHandoff> {
  const begun = await waitForPlace(deps, tried, signal)
  if (begun.kind !== 'begun') return { is_full: begun.kind === 'full', view: begun.view }
  const { handoff, job_id } = begun
  const input = await readWork(deps, handoff, tried.attempt)
  const ask = askRole(deps, { handoff, job_id, tried, signal })
  const { ended, accept } = await workRole(deps, { state: tried.state, handoff, input, ask, signal })
  signal.throwIfAborted()
  return { is_full: false, view: await settleState(deps.db.write, tried, ended, accept) }
}

/**
 * Works one state of a build: its role is asked, and result, verdict and the acceptance that follows are written in one
 * transaction. When nothing more is to be hoped for, the build stops on an error.
 */
export async function workState(deps: ActivityDeps, asked: StateWork): Promise<WorkedHandoff> {
  const { max_attempts, ...tried } = asked
  const { workflowExecution } = Context.current().info
  const logger = bindLogger(deps.logger, { workflow_id: workflowExecution?.workflowId })
  return breathe(
    deps.db,
    async (breath) => {
      try {
        return await work(deps, tried, breath)
      } catch (error) {
        if (error instanceof HandoffGone) throw error
        const verdict = judgeFailure({ error, max_attempts, ...breath }, breath.attempt)
        if (verdict.kind !== 'park') throw error
        const { code, message } = verdict
        logger.warn({ state: tried.state, code, error: describeUnknown(error) }, 'a build has stopped')
        return { is_full: false, view: await failState(deps.db.write, tried, { code, message }) }
      }
    },
    // Handed on as it is, so that it is told of as what it is: nothing is left to try again.
    async (error, breath) =>
      error instanceof HandoffGone ? error : toldOf(error, { max_attempts, ...breath }),
  )
}

const SILENT =
  'Nobody could come to an end with this phase. Recover the build by an advance from error; if it fails again, tell the operator the job id.'

/** Stops a build of which a phase ended each time without a word. */
export async function abandonState(deps: ActivityDeps, tried: StateTry) {
  return failState(deps.db.write, tried, { code: 'RETRIES_EXHAUSTED', message: SILENT })
}
