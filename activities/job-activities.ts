import { Context } from '@temporalio/activity'

import { RUN_ERRORS } from '../contract/run-errors.ts'
import { isHeldBelow, isPaused } from '../db/read/held-below.ts'
import { beginJob } from '../db/write/submitted/begin-job.ts'
import { closeJob } from '../db/write/submitted/cancel-job.ts'
import { retrySubJob } from '../db/write/submitted/retry-job.ts'
import { settleJob } from '../db/write/submitted/settle-job.ts'
import type { ActivityDeps } from './deps.ts'
import type { JobActivities } from './jobs/messages.ts'
import { notYet } from './jobs/wait-again.ts'
import { workJob } from './jobs/work-job.ts'

const SILENT = {
  code: 'RETRIES_EXHAUSTED',
  message:
    'Nobody could come to an end with this job. Submit it again; if it fails again, tell the operator its id.',
  stage: null,
  retryable: RUN_ERRORS.RETRIES_EXHAUSTED.retryable,
} as const

/** Makes the activities by which submitted jobs run. */
export function createJobActivities(deps: ActivityDeps): JobActivities {
  const { db, quotas } = deps
  return {
    begin_job: async ({ job_id, timeout_base_s }) => {
      const begun = await beginJob(db.write, job_id, { quotas, timeout_base_s })
      if (begun.kind !== 'full') return begun
      const { attempt } = Context.current().info
      throw notYet('NO_PLACE', 'No place is free at the depth of this job', attempt)
    },
    work_job: (input) => workJob(deps, input),
    settle_job: async ({ job_id, is_silent }) => {
      const settled = await settleJob(db.write, job_id, is_silent ? { kind: 'failed', error: SILENT } : null)
      if (settled.kind !== 'waits') return settled
      const { attempt } = Context.current().info
      throw notYet('OPEN_BELOW', 'Something below this job is open', attempt)
    },
    retry_sub_job: ({ failed_job_id }) => retrySubJob(db.write, failed_job_id),
    is_held_below: ({ job_id, timeout_s = 0 }) => isHeldBelow(db.read, job_id, timeout_s),
    is_paused: ({ job_id }) => isPaused(db.read, job_id),
    close_job: (input) => closeJob(db.write, input),
  }
}
