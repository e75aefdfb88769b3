import type { PlanVerb } from '../../../contract/execution/plan-controls.ts'
import { releaseTasks, retryFailedTasks } from '../../../contract/execution/task-effects.ts'
import { findTaskCircle } from '../../../contract/execution/task-facts.ts'
import { next } from '../../../contract/machines.ts'
import type { PlanState } from '../../../contract/machines/masterplan-machines.ts'
import type { WriteDb } from '../../open.ts'
import { wasMovedBy } from '../../read/transitions.ts'
import { newJobId } from '../ids.ts'
import { moveJobFrom } from '../jobs.ts'
import { insertRetryJob } from '../runs.ts'
import { findOpenWorker, steerWorker } from '../workers.ts'
import { cancelPlan, completeIfFinished, failPlan } from './end-plan.ts'
import { changeMasterplan, type Cause, type PlanChange } from './plan-change.ts'
import { isReplaced } from './plan-rows.ts'
import type { PlanView } from './plan-view.ts'

/** The folder the artefacts of an execution go to. */
export interface ArtefactFolder {
  readonly artifact_id: string
  /** Its name inside the artefact root. */
  readonly workspace_path: string
  /** Why it cannot be written to; null when it can. */
  readonly fault: string | null
}

interface Wish {
  readonly masterplan_id: string
  readonly cause: Cause
  /** Versions of which one must be there; null takes any. */
  readonly expected_versions: readonly string[] | null
}

export type PlanWish = Wish &
  (
    | { readonly verb: 'execute' | 'retry'; readonly folder: ArtefactFolder }
    | { readonly verb: Exclude<PlanVerb, 'execute' | 'retry'> }
  )

/** What became of a wish about a plan; `outdated` when its assignment was planned anew and only a newer one goes on. */
export type PlanOutcome =
  | { readonly kind: 'changed'; readonly view: PlanView }
  | { readonly kind: 'stale' | 'outdated'; readonly status: PlanState }
  | { readonly kind: 'refused'; readonly status: PlanState; readonly allowed: readonly PlanState[] }

/** Takes an ended plan up under a new job; one that still runs keeps its own. */
export async function reopenJob(change: PlanChange, { actor, reason, change_id }: Cause): Promise<void> {
  const { job_id } = change.plan
  const about = { actor, reason, request_id: change_id }
  const fresh = newJobId()
  await insertRetryJob(change.trx, { failed_job_id: job_id, job_id: fresh }, about)
  await moveJobFrom(change.trx, ['PENDING'], { ...about, job_id: fresh, to: 'RUNNING', kind: 'retry' })
  change.patch({ job_id: fresh, last_error: null })
}

async function execute(change: PlanChange, cause: Cause, folder: ArtefactFolder): Promise<void> {
  const { artifact_id, workspace_path, fault } = folder
  await change.move('execute', cause, { artifact_id, workspace_path })
  const { job_id } = change.plan
  await moveJobFrom(change.trx, ['PENDING'], { job_id, to: 'RUNNING', kind: 'advance', actor: cause.actor })
  if (fault !== null) return failPlan(change, { code: 'RETRIES_EXHAUSTED', message: fault }, cause)
  return begin(change, cause)
}

/** Makes ready what can begin, or ends a plan of which nothing can. */
async function begin(change: PlanChange, cause: Cause): Promise<void> {
  const circle = findTaskCircle(change.tasks)
  if (circle !== null) return failPlan(change, circle, cause)
  await change.applyTasks(releaseTasks(change.tasks).changes, cause)
  return completeIfFinished(change, cause)
}

async function retry(change: PlanChange, cause: Cause, { fault }: ArtefactFolder): Promise<void> {
  await reopenJob(change, cause)
  await change.move('retry', cause)
  await change.applyTasks(retryFailedTasks(change.tasks).changes, cause)
  if (fault !== null) return failPlan(change, { code: 'RETRIES_EXHAUSTED', message: fault }, cause)
  return begin(change, cause)
}

/** Lets the worker of the plan's job follow where its plan goes. */
async function steerJob(
  { trx, plan }: PlanChange,
  event: 'pause' | 'resume',
  { actor, reason, change_id: request_id }: Cause,
): Promise<void> {
  const worker = await findOpenWorker(trx, plan.job_id)
  if (worker === undefined || next('worker', worker.status, event).kind === 'refused') return
  await steerWorker(trx, worker, event, { actor, reason, request_id })
}

async function carryOut(change: PlanChange, wish: PlanWish): Promise<void> {
  const cause = { ...wish.cause, wish: wish.verb }
  switch (wish.verb) {
    case 'approve':
      return change.move('approve', cause, { approved_by: cause.actor.id })
    case 'reject':
      return cancelPlan(change, 'reject', cause, { rejection_reason: cause.reason })
    case 'execute':
      return execute(change, cause, wish.folder)
    case 'pause':
      await change.move('pause', cause)
      return steerJob(change, 'pause', cause)
    case 'resume':
      await change.move('resume', cause)
      await steerJob(change, 'resume', cause)
      return completeIfFinished(change, cause)
    case 'cancel':
      return cancelPlan(change, 'cancel', cause)
    case 'retry':
      return retry(change, cause, wish.folder)
  }
}

/** Carries out what somebody wishes of a plan, once however often it is asked under the same id. Throws MasterplanGone. */
export async function changePlan(db: WriteDb, wish: PlanWish): Promise<PlanOutcome> {
  const { masterplan_id, verb, cause, expected_versions } = wish
  return changeMasterplan(db, masterplan_id, async (change): Promise<PlanOutcome> => {
    const { status, version } = change.plan
    const wished = {
      machine: 'plan',
      entity_id: masterplan_id,
      wish: verb,
      request_id: cause.change_id,
    } as const
    if (await wasMovedBy(change.trx, wished)) return { kind: 'changed', view: change.view() }
    if (expected_versions !== null && !expected_versions.includes(String(version)))
      return { kind: 'stale', status }
    const step = next('plan', status, verb)
    if (step.kind === 'refused') return { kind: 'refused', status, allowed: step.allowed }
    if (verb === 'retry' && (await isReplaced(change.trx, change.plan))) return { kind: 'outdated', status }
    await carryOut(change, wish)
    return { kind: 'changed', view: change.view() }
  })
}
