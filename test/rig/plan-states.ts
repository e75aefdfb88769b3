import { join } from 'node:path'

import { openArtefactRoot } from '../../activities/artefacts/artefact-root.ts'
import { nameFolder } from '../../activities/masterplan/artefact-folder.ts'
import type { PlanState } from '../../contract/machines/masterplan-machines.ts'
import type { RunErrorCode } from '../../contract/run-errors.ts'
import { changePlan, type PlanWish } from '../../db/write/masterplan/change-plan.ts'
import { beginTask, settleAttempt, submitAttempt } from '../../db/write/masterplan/task-steps.ts'
import { independent, sketchPlan, type SketchedPlan } from './plans.ts'
import type { Rig } from './rig.ts'
import type { Student } from './student.ts'

const PLACES = 10

/** Steps of a masterplan as a run takes them, without a run. */
class Steps {
  readonly #rig: Rig
  readonly #student: Student
  readonly #plan: SketchedPlan

  constructor(rig: Rig, student: Student, plan: SketchedPlan) {
    this.#rig = rig
    this.#student = student
    this.#plan = plan
  }

  async wish(verb: PlanWish['verb']): Promise<void> {
    const { masterplan_id } = this.#plan
    const actor = { type: 'user', id: this.#student.user_id } as const
    const wish = { masterplan_id, cause: { actor, reason: null, change_id: null }, expected_versions: null }
    const folder = { ...nameFolder({ masterplan_id, slug: 'made-up' }), fault: null }
    await openArtefactRoot(join(this.#rig.folder, 'artefacts')).prepare(folder.workspace_path)
    const isFolderWanted = verb === 'execute' || verb === 'retry'
    const outcome = await changePlan(
      this.#rig.db.write,
      isFolderWanted ? { ...wish, verb, folder } : { ...wish, verb },
    )
    if (outcome.kind !== 'changed') throw new Error(`${verb} was ${outcome.kind}`)
  }

  async #begin(number: number) {
    const { masterplan_id } = this.#plan
    const tried = { masterplan_id, task_id: this.#plan.task(number), attempt: 1 }
    const { kind } = await beginTask(this.#rig.db.write, tried, PLACES)
    if (kind !== 'started') throw new Error(`task ${number} is ${kind}`)
    return tried
  }

  async complete(number: number): Promise<void> {
    const tried = await this.#begin(number)
    await submitAttempt(this.#rig.db.write, tried)
    await settleAttempt(this.#rig.db.write, tried, { passed: true, files: [] })
  }

  async fail(number: number, code: RunErrorCode): Promise<void> {
    const tried = await this.#begin(number)
    const verdict = { passed: false, code, message: 'It went wrong.', can_help: false } as const
    await settleAttempt(this.#rig.db.write, tried, { ...verdict, validation_errors: [] })
  }
}

/** A masterplan of two tasks in a state, reached by the product's own steps; once it was executed its first task has failed. */
export async function planIn(state: PlanState, rig: Rig, student: Student): Promise<SketchedPlan> {
  const plan = await sketchPlan(rig, student, independent(2))
  const steps = new Steps(rig, student, plan)
  if (state === 'draft') return plan
  await steps.wish('approve')
  if (state === 'approved') return plan
  await steps.wish('execute')
  await steps.fail(1, 'MODEL_REFUSED')
  if (state === 'paused') await steps.wish('pause')
  if (state === 'completed') await steps.complete(2)
  if (state === 'failed' || state === 'rejected') await steps.fail(2, 'BUDGET_EXCEEDED')
  if (state === 'rejected') await steps.wish('reject')
  if (state === 'cancelled') await steps.wish('cancel')
  return plan
}
