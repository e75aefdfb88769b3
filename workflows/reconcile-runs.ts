import { proxyActivities } from '@temporalio/workflow'

import type { ReconcileActivities } from '../activities/reconcile-activities.ts'
import type { RoundOutcome, RunPace } from '../contract/reconcile.ts'

// A round that is lost with its worker is begun again soon; the schedule skips those that fall due meanwhile.
const { reconcile_runs } = proxyActivities<ReconcileActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumAttempts: 3 },
})

/** One round over all runs: starts what is not under way, closes what was ended behind our back. A schedule starts it. */
export async function reconcileRuns(pace: RunPace): Promise<RoundOutcome> {
  return reconcile_runs(pace)
}
