import type { SteerOutcome, SteerWish } from '../db/write/steer-job.ts'
import { steerRun } from '../db/write/steer-run.ts'
import type { ActivityDeps } from './deps.ts'

/** What a run asks for when somebody steers it, by the names Temporal knows it under. */
export interface SteeringActivities {
  readonly steer_run: (wish: SteerWish) => Promise<SteerOutcome>
}

/** Makes the activities by which runs are steered. */
export function createSteeringActivities({ db }: ActivityDeps): SteeringActivities {
  return { steer_run: (wish) => steerRun(db.write, wish) }
}

export type { SteerOutcome, SteerWish }
