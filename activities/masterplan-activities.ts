import { ApplicationFailure } from '@temporalio/activity'

import { changeMasterplan as change } from '../db/write/masterplan/plan-change.ts'
import { MasterplanGone } from '../db/write/masterplan/plan-rows.ts'
import { beginTask } from '../db/write/masterplan/task-steps.ts'
import type { ActivityDeps } from './deps.ts'
import { changeMasterplan, retryMasterplanTask } from './masterplan/change-masterplan.ts'
import type { MasterplanActivities } from './masterplan/messages.ts'
import { abandonAttempt } from './masterplan/report-attempt.ts'
import { settleBuild } from './masterplan/settle-build.ts'
import { workTask } from './masterplan/work-task.ts'

const TASK_DEPTH = 3

/** A masterplan that was deleted is gone for good: nothing is tried again. */
async function unlessGone<R>(work: Promise<R>): Promise<R> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof MasterplanGone)) throw error
    throw ApplicationFailure.create({ type: 'GONE', message: 'The masterplan is gone', nonRetryable: true })
  }
}

/** Makes the activities by which masterplans are reviewed and executed. */
export function createMasterplanActivities(deps: ActivityDeps): MasterplanActivities {
  const quota = deps.quotas[TASK_DEPTH] ?? 1
  return {
    view_masterplan: ({ masterplan_id }) =>
      change(deps.db.write, masterplan_id, async (seen) => seen.view()).catch((error: unknown) => {
        if (error instanceof MasterplanGone) return null
        throw error
      }),
    change_masterplan: (message) => unlessGone(changeMasterplan(deps, message)),
    retry_masterplan_task: (message) => unlessGone(retryMasterplanTask(deps, message)),
    begin_task: (tried) => unlessGone(beginTask(deps.db.write, tried, quota)),
    abandon_task: (tried) => unlessGone(abandonAttempt(deps, tried)),
    settle_build: (build) => unlessGone(settleBuild(deps, build)),
    work_task: (work) => unlessGone(workTask(deps, work)),
  }
}
