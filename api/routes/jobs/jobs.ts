import type { JOB_ROUTES } from '../../../contract/job-routes.ts'
import type { Handlers } from '../../route.ts'
import { createCancel } from './cancel-job.ts'
import type { JobDeps } from './job-deps.ts'
import { createAbandon, createRetry } from './parked-runs.ts'
import { createGet, createList } from './read-jobs.ts'
import { createSubmit } from './submit-job.ts'

/** The handlers of everything below /jobs. */
export function createJobHandlers(deps: JobDeps): Handlers<keyof typeof JOB_ROUTES> {
  const submit = createSubmit(deps)
  return {
    createJob: submit,
    submitJob: submit,
    listJobs: createList(deps),
    getJob: createGet(deps),
    cancelJob: createCancel(deps),
    retryJob: createRetry(deps),
    abandonJob: createAbandon(deps),
  }
}
