import { costOf } from '../config/prices.ts'
import { budgetDay, jobRun, planRun } from '../contract/run-budget.ts'
import { PLAN_STAGES, type Stage } from '../contract/stages.ts'
import { findRunOwner } from '../db/read/runs.ts'
import {
  bookModelCall,
  BudgetShort,
  reserveModelCall,
  settleModelCall,
  type CallOwner,
} from '../db/write/llm-calls.ts'
import type { ActivityDeps } from './deps.ts'
import type { ModelCall, ModelReply, ModelStep, ModelSteps, PlannedCall, SpentCall } from './llm/port.ts'
import { budgetExceeded } from './spending.ts'
import type { StageWork } from './try-stage.ts'

type Extras = Pick<ModelCall, 'share' | 'onPartial'>

/** The run whose budget a stage counts against: a generation of a plan, or one feedback. */
function nameRun(step: StageWork<Stage>['step']): string {
  return PLAN_STAGES.some((known) => known === step.stage) ? planRun(step) : jobRun(step.job_id)
}

async function ownerOf(deps: ActivityDeps, { step }: StageWork<Stage>): Promise<CallOwner> {
  const { tenant_id, user_id } = await findRunOwner(deps.db.read, step.workspace_id)
  const { job_id, generation, stage } = step
  const day = budgetDay(deps.now())
  return { job_id, tenant_id, user_id, generation, stage, run: nameRun(step), day }
}

async function reserve(deps: ActivityDeps, owner: CallOwner, planned: PlannedCall): Promise<string> {
  try {
    return await reserveModelCall(deps.db.write, owner, planned, deps.spending)
  } catch (error) {
    if (error instanceof BudgetShort) throw budgetExceeded(error.shortage, owner.stage, error)
    throw error
  }
}

async function book(
  deps: ActivityDeps,
  owner: CallOwner,
  call: SpentCall,
  reservation: string | null,
): Promise<void> {
  // Rules and kept answers cost nothing, whatever the model they stand for would.
  const isFree = call.cached || call.provider === 'offline'
  const settled = { ...call, cost_micro_usd: isFree ? 0 : costOf(deps.spending.prices, call) }
  await (reservation === null
    ? bookModelCall(deps.db.write, owner, settled)
    : settleModelCall(deps.db.write, reservation, settled))
}

/** Asks the model for one step of whoever's job it is; what a call may cost is reserved before it, and its cost booked after. */
export async function askFor<S extends ModelStep>(
  deps: ActivityDeps,
  { owner, signal }: { readonly owner: CallOwner; readonly signal: AbortSignal },
  modelStep: S,
  input: ModelSteps[S]['input'],
  extras: Extras = {},
): Promise<ModelReply<S>> {
  return deps.llm.run(modelStep, input, {
    ...extras,
    signal,
    reserve: (planned) => reserve(deps, owner, planned),
    book: (call, reservation) => book(deps, owner, call, reservation),
  })
}

/** Asks the model for one step of a stage. */
export async function askModel<S extends ModelStep>(
  deps: ActivityDeps,
  work: StageWork<Stage>,
  modelStep: S,
  input: ModelSteps[S]['input'],
  extras: Extras = {},
): Promise<ModelReply<S>> {
  return askFor(deps, { owner: await ownerOf(deps, work), signal: work.signal }, modelStep, input, extras)
}

/** Which model made an artefact, to be kept beside it. */
export function provenanceOf(deps: ActivityDeps, reply: ModelReply<ModelStep>) {
  const { provider = deps.llm.provider, model, prompt_version } = reply
  return { provider, model, prompt_version }
}
