import type { WriteDb } from '../../open.ts'
import { outcomeOf, steerJob, type SteerOutcome, type SteerWish } from '../steer-job.ts'
import { changeHandoff } from './handoff-change.ts'
import type { HandoffView } from './handoff-view.ts'

export interface SteeredHandoff {
  readonly outcome: SteerOutcome
  readonly view: HandoffView
}

/** Pauses or resumes a build by the worker of its job, once however often it is asked under the same id. Throws HandoffGone. */
export async function steerHandoff(
  db: WriteDb,
  workflow_id: string,
  wish: SteerWish,
): Promise<SteeredHandoff> {
  return changeHandoff(db, workflow_id, async (change) => {
    const steered = await steerJob(change.trx, wish)
    if (steered.kind === 'moved') change.patch({ is_paused: wish.verb === 'pause' })
    return { outcome: outcomeOf(steered), view: change.view() }
  })
}
