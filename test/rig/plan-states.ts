import { join } from 'node:path'

import { openArtefactRoot } from '../../activities/artefacts/artefact-root.ts'
import { nameFolder } from '../../activities/masterplan/artefact-folder.ts'
import type { PlanState } from '../../contract/machines/masterplan-machines.ts'
import type { RunErrorCode } from '../../contract/run-errors.ts'
import { changePlan, type PlanOutcome, type PlanWish } from '../../db/write/masterplan/change-plan.ts'
import { retryFailedTask, type TaskRetryOutcome } from '../../db/write/masterplan/retry-task.ts'
import { beginTask, settleAttempt, submitAttempt } from '../../db/write/masterplan/task-steps.ts'
import { independent, sketchPlan, type Ground, type Owner, type SketchedPlan } from './plans.ts'

const PLACES = 10

/** Steps of a masterplan as a run takes them, without a run. */
export class PlanSteps {
  readonly #ground: Ground
  readonly #owner: Owner
  readonly #plan: SketchedPlan

  constructor(ground: Ground, owner: Owner, plan: SketchedPlan) {
    this.#ground = ground
    this.#owner = owner
    this.#plan = plan
  }

  #causeOf(change_id: string | null) {
    return { actor: { type: 'user', id: this.#owner.user_id }, reason: null, change_id } as const
  }

  async wish(verb: PlanWish['verb'], change_id: string | null = null): Promise<PlanOutcome['kind']> {
    const { masterplan_id } = this.#plan
    const wish = { masterplan_id, cause: this.#causeOf(change_id), expected_versions: null }
    const folder = { ...nameFolder({ masterplan_id, slug: 'made-up' }), fault: null }
    await openArtefactRoot(join(this.#ground.folder, 'artefacts')).prepare(folder.workspace_path)
    const isFolderWanted = verb === 'execute' || verb === 'retry'
    const { kind } = await changePlan(
      this.#ground.db.write,
      isFolderWanted ? { ...wish, verb, folder } : { ...wish, verb },
    )
    return kind
  }

  /** The newest attempt at a task, or the one that comes next. */
  async #attempt(number: number, isNext: boolean) {
    const { masterplan_id } = this.#plan
    const task_id = this.#plan.task(number)
    const { attempt } = await this.#ground.db.read
      .selectFrom('masterplan_tasks')
      .select('attempt')
      .where('task_id', '=', task_id)
      .executeTakeFirstOrThrow()
    return { masterplan_id, task_id, attempt: isNext ? attempt + 1 : attempt }
  }

  async begin(number: number): Promise<'started' | 'full' | 'gone'> {
    return (await beginTask(this.#ground.db.write, await this.#attempt(number, true), PLACES)).kind
  }

  async pass(number: number): Promise<void> {
    const tried = await this.#attempt(number, false)
    await submitAttempt(this.#ground.db.write, tried)
    await settleAttempt(this.#ground.db.write, tried, { passed: true, files: [] })
  }

  async fail(number: number, code: RunErrorCode, can_help = false): Promise<void> {
    const tried = await this.#attempt(number, false)
    const verdict = { passed: false, code, message: 'It went wrong.', can_help } as const
    await settleAttempt(this.#ground.db.write, tried, { ...verdict, validation_errors: [] })
  }

  async retry(number: number, change_id: string | null = null): Promise<TaskRetryOutcome['kind']> {
    const retry = {
      masterplan_id: this.#plan.masterplan_id,
      task_id: this.#plan.task(number),
      cause: this.#causeOf(change_id),
    }
    return (await retryFailedTask(this.#ground.db.write, retry)).kind
  }
}

/** A masterplan of two tasks in a state, reached by the product's own steps; once it was executed its first task has failed. */
export async function planIn(state: PlanState, ground: Ground, owner: Owner): Promise<SketchedPlan> {
  const plan = await sketchPlan(ground, owner, independent(2))
  const steps = new PlanSteps(ground, owner, plan)
  if (state === 'draft') return plan
  await steps.wish('approve')
  if (state === 'approved') return plan
  await steps.wish('execute')
  await steps.begin(1)
  await steps.fail(1, 'MODEL_REFUSED')
  if (state === 'paused') await steps.wish('pause')
  if (state === 'cancelled') await steps.wish('cancel')
  if (state === 'in_progress' || state === 'paused' || state === 'cancelled') return plan
  await steps.begin(2)
  if (state === 'completed') await steps.pass(2)
  else await steps.fail(2, 'BUDGET_EXCEEDED')
  if (state === 'rejected') await steps.wish('reject')
  return plan
}
