import { Context } from '@temporalio/activity'
import type { Logger } from 'pino'

import { bindLogger } from '../../config/logger.ts'
import { WorkNote } from '../../contract/job-result.ts'
import { budgetDay, jobRun } from '../../contract/run-budget.ts'
import { RUN_ERRORS, RunFailure } from '../../contract/run-errors.ts'
import { findJob, type JobView } from '../../db/read/jobs.ts'
import { listLeads } from '../../db/read/submitted-jobs.ts'
import { isHolding } from '../../db/write/allocations.ts'
import { setAside, type SetAside } from '../../db/write/submitted/set-aside.ts'
import { settleJob } from '../../db/write/submitted/settle-job.ts'
import { askFor, provenanceOf } from '../ask-model.ts'
import { breathe, type Breath } from '../breathe.ts'
import type { ActivityDeps } from '../deps.ts'
import { describeUnknown, judgeFailure, type Verdict } from '../judge-failure.ts'
import { tellFailure } from '../tell-failure.ts'
import type { Settled } from './messages.ts'

export interface JobWork {
  readonly job_id: string
  /** Tries after which a model that does not answer is given up. */
  readonly max_attempts: number
}

const OUR_FAULT =
  'Something went wrong on our side with this job. Submit it again; if it fails again, tell the operator its id.'

async function work(deps: ActivityDeps, job: JobView, { signal }: Breath): Promise<Settled> {
  const { job_id, tenant_id, user_id, generation, root_job_id, task_description } = job
  const run = jobRun(root_job_id ?? job_id)
  const owner = {
    job_id,
    tenant_id,
    user_id,
    generation,
    stage: 'work_job' as const,
    run,
    day: budgetDay(deps.now()),
  }
  const asked = { description: task_description ?? '', context: await listLeads(deps.db.read, job_id) }
  // What a job says is its tenant's own: the same question is shared there and nowhere else.
  const share = `tenant:${tenant_id}`
  const reply = await askFor(deps, { owner, signal }, 'work_job', asked, { share })
  const note = WorkNote.parse(reply.output)
  signal.throwIfAborted()
  const result = { ...note, provenance: provenanceOf(deps, reply) }
  return settleJob(deps.db.write, job_id, { kind: 'done', result })
}

/** What is to be done about a try that failed: only a model that is away is asked again here, anything else ends the job. */
function judge(error: unknown, breath: Breath, max_attempts: number): Verdict {
  const isAway = error instanceof RunFailure && error.code === 'MODEL_UNAVAILABLE'
  return judgeFailure({ error, max_attempts: isAway ? max_attempts : 1, ...breath }, breath.attempt)
}

async function workOrGiveUp(
  deps: ActivityDeps,
  logger: Logger,
  { job_id, max_attempts }: JobWork,
  breath: Breath,
): Promise<Settled | SetAside> {
  const job = await findJob(deps.db.read, { job_id, tenant_id: null })
  // A try that was given up for dead may have ended it.
  if (job?.status !== 'RUNNING') return settleJob(deps.db.write, job_id, null)
  // Or it set it aside, or somebody gave its places back: they are taken anew before a model is asked.
  if (!(await isHolding(deps.db.read, job))) return { kind: 'set_aside' }
  try {
    return await work(deps, job, breath)
  } catch (error) {
    const verdict = judge(error, breath, max_attempts)
    if (verdict.kind !== 'park') throw error
    const { code } = verdict
    logger.warn({ job_id, code, error: describeUnknown(error) }, 'a submitted job cannot go on')
    if (code === 'BUDGET_EXCEEDED')
      return (
        (await setAside(deps.db.write, job_id, verdict.message)) ?? settleJob(deps.db.write, job_id, null)
      )
    const message = error instanceof RunFailure ? verdict.message : OUR_FAULT
    const failed = { code, message, stage: null, retryable: RUN_ERRORS[code].retryable }
    return settleJob(deps.db.write, job_id, { kind: 'failed', error: failed })
  }
}

/** Works at a job that is one step of a model: its note is kept on the job, and the job is over; or it is set aside. */
export async function workJob(deps: ActivityDeps, input: JobWork): Promise<Settled | SetAside> {
  const { workflowExecution } = Context.current().info
  const logger = bindLogger(deps.logger, { job_id: input.job_id, workflow_id: workflowExecution?.workflowId })
  return breathe(
    deps.db,
    (breath) => workOrGiveUp(deps, logger, input, breath),
    async (error, breath) => tellFailure(judge(error, breath, input.max_attempts), breath.signal),
  )
}
