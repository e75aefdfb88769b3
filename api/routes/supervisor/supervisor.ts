import type { SUPERVISOR_ROUTES } from '../../../contract/supervisor-routes.ts'
import type { Handlers } from '../../route.ts'
import type { JobDeps } from '../jobs/job-deps.ts'
import { createReads } from './read-workers.ts'
import { createSteer } from './steer-worker.ts'
import { createTerminate } from './terminate-worker.ts'

/** The handlers of everything below /supervisor: a worker is the execution of a job, so they work with the same parts. */
export function createSupervisorHandlers(deps: JobDeps): Handlers<keyof typeof SUPERVISOR_ROUTES> {
  return {
    ...createReads(deps.db),
    pauseWorker: createSteer(deps, 'pause'),
    resumeWorker: createSteer(deps, 'resume'),
    terminateWorker: createTerminate(deps),
  }
}
