import { randomUUID } from 'node:crypto'

import { isTerminalJob } from '../../../contract/machines.ts'
import type { JobView } from '../../../db/read/jobs.ts'
import { toJob } from '../../../db/read/present-job.ts'
import { wasCanceledBy } from '../../../db/read/transitions.ts'
import type { Handler } from '../../route.ts'
import { findDraft, sayReview } from './drafts.ts'
import { endJob } from './end-job.ts'
import type { JobDeps } from './job-deps.ts'
import { refuseJob } from './job-problems.ts'
import { requireJob } from './read-jobs.ts'

const USUAL_REASON = 'Job canceled'

function whatToCancel({ kind }: JobView): string {
  if (kind === 'assignment')
    return 'An assignment is no run of its own: cancel the plan, feedback or masterplan below it.'
  if (kind === 'phase') return 'A phase is no run of its own: cancel the job of the build above it.'
  if (kind === 'workflow')
    return 'The build of a task is a part of its masterplan: cancel the job of the masterplan above it.'
  return `A ${kind} is no run of its own: cancel the job of the masterplan above it.`
}

const noWay = (job: JobView) => refuseJob(job.status, whatToCancel(job), 'CANCELED')

const isOver = ({ status }: JobView) =>
  refuseJob(
    status,
    `The job is ${status} already: there is nothing to cancel. GET /jobs/{job_id} shows how it ended.`,
  )

const notDraft = ({ status }: JobView, masterplan_id: string) =>
  refuseJob(status, `The job is ${status}. ${sayReview(masterplan_id)}`, 'CANCELED')

const notNow = ({ status }: JobView) =>
  refuseJob(status, 'It changed meanwhile and was not canceled: look at it again, then decide.')

/** Cancels a job with all that is open below it. */
export function createCancel(deps: JobDeps): Handler<'cancelJob'> {
  const { db } = deps
  return async ({ user, params: { job_id }, body, requestId: request_id, ctx }) => {
    const job = await requireJob(db, user, job_id)
    ctx.state['jobId'] = job_id
    if (isTerminalJob(job.status)) {
      // The first answer may have been lost although the wish was carried out.
      const isRepeated = request_id !== null && (await wasCanceledBy(db.read, job_id, request_id))
      if (isRepeated) return { status: 200, body: toJob(job) }
      throw isOver(job)
    }
    const draft = await findDraft(db, job)
    if (draft !== null) throw notDraft(job, draft)
    const by = {
      actor: { type: 'user', id: user.sub },
      reason: body.reason ?? USUAL_REASON,
      request_id: request_id ?? randomUUID(),
      code: 'CANCELED',
    } as const
    if (!(await endJob(deps, job, by))) throw noWay(job)
    const now = await requireJob(db, user, job_id)
    if (!isTerminalJob(now.status)) throw notNow(now)
    // It may have come to its end first, or somebody else canceled it.
    if (!(await wasCanceledBy(db.read, job_id, by.request_id))) throw isOver(now)
    return { status: 200, body: toJob(now) }
  }
}
