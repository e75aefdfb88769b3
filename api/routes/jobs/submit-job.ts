import { acceptJob, type SubmitOutcome } from '../../../db/intents/jobs.ts'
import { toJob } from '../../../db/read/present-job.ts'
import type { ApiProblem } from '../../../contract/problem.ts'
import type { HandlerRequest } from '../../route.ts'
import { tenantSeenBy } from '../tenants.ts'
import type { JobDeps } from './job-deps.ts'
import { noJob, refuseJob, tooDeep, wrongDepth } from './job-problems.ts'
import { requireJob } from './read-jobs.ts'

type Refused = Exclude<SubmitOutcome, { readonly kind: 'accepted' }>

function refusal(outcome: Refused, parent_job_id: string): ApiProblem {
  if (outcome.kind === 'no_parent') return noJob(parent_job_id)
  if (outcome.kind === 'too_deep') return tooDeep()
  if (outcome.kind === 'misplaced') return wrongDepth(outcome.depth)
  return refuseJob('CANCELED', 'The parent was canceled, and nothing begins below it. Name another one.')
}

type Asked = Pick<HandlerRequest<'createJob'>, 'user' | 'body' | 'requestId' | 'ctx'>

/** Accepts a job and has its run started; the answer is the job as it was accepted. */
export function createSubmit(deps: JobDeps) {
  const { db, jobRuns } = deps
  return async ({ user, body, requestId, ctx }: Asked) => {
    const { task_description, worker_count, depth, parent_job_id, metadata = {} } = body
    await deps.checkTemporal()
    const outcome = await acceptJob(db.write, {
      seen_tenant_id: tenantSeenBy(user),
      tenant_id: user.tenant_id,
      user_id: user.sub,
      task_description,
      worker_count,
      depth,
      parent_job_id,
      metadata,
      request_id: requestId,
    })
    if (outcome.kind !== 'accepted') throw refusal(outcome, parent_job_id ?? '')
    const { job_id } = outcome
    ctx.state['jobId'] = job_id
    // Read before its run is started: by then it may be over.
    const accepted = toJob(await requireJob(db, user, job_id))
    await jobRuns.start({ job_id, user_id: user.sub })
    return { status: 201, body: accepted } as const
  }
}
