import { randomUUID } from 'node:crypto'

import { next } from '../../../contract/machines.ts'
import { wasSteeredBy } from '../../../db/read/transitions.ts'
import type { Handler } from '../../route.ts'
import { findDraft } from '../jobs/drafts.ts'
import { endJob } from '../jobs/end-job.ts'
import type { JobDeps } from '../jobs/job-deps.ts'
import { requireJob } from '../jobs/read-jobs.ts'
import { requireWorker, showWorkerOf } from './read-workers.ts'
import { refuseDraft, refuseWorker, sayState, sayWhatIsAbove } from './worker-problems.ts'

const AGAIN = 'It changed meanwhile and was not ended: look at it again, then decide.'

/** Ends a worker for good, with its job, its run and all that is open below it. */
export function createTerminate(deps: JobDeps): Handler<'terminateWorker'> {
  const { db } = deps
  return async ({ user, params: { worker_id }, body: { reason }, requestId, ctx }) => {
    const { job_id, status } = await requireWorker(db, user, worker_id)
    ctx.state['jobId'] = job_id
    // The first answer may have been lost although the wish was carried out.
    if (await wasSteeredBy(db.read, job_id, { wish: 'terminate', request_id: requestId }))
      return { status: 200, body: await showWorkerOf(db, user, job_id) }
    const job = await requireJob(db, user, job_id)
    if (next('worker', status, 'terminate').kind === 'refused')
      throw refuseWorker(status, sayState(worker_id, status, job.worker_id))
    const draft = await findDraft(db, job)
    if (draft !== null) throw refuseDraft(status, draft)
    const request_id = requestId ?? randomUUID()
    const actor = { type: 'operator', id: user.sub } as const
    const isRun = await endJob(deps, job, { actor, reason, request_id, code: 'TERMINATED' })
    if (!isRun) throw refuseWorker(status, sayWhatIsAbove(job), 'TERMINATED')
    const now = await showWorkerOf(db, user, job_id)
    if (await wasSteeredBy(db.read, job_id, { wish: 'terminate', request_id }))
      return { status: 200, body: now }
    // It may have come to its end first, or somebody else ended it.
    throw refuseWorker(now.status, now.current_job_id === null ? sayState(now.id, now.status, now.id) : AGAIN)
  }
}
