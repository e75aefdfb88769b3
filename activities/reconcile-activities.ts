import type { RoundOutcome, RunPace } from '../contract/reconcile.ts'
import { breathe } from './breathe.ts'
import type { ActivityDeps } from './deps.ts'

/** What a round over the runs is made of, by the name Temporal knows it under. */
export interface ReconcileActivities {
  readonly reconcile_runs: (pace: RunPace) => Promise<RoundOutcome>
}

/** Makes the activity that looks for runs which are not as their rows say. */
export function createReconcileActivities({ db, reconcile }: ActivityDeps): ReconcileActivities {
  return {
    reconcile_runs: (pace) =>
      breathe(
        db,
        ({ signal }) => reconcile(pace, signal),
        async (error) => error,
      ),
  }
}
