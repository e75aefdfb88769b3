import { randomUUID } from 'node:crypto'

import type { JobKind } from '../../../contract/jobs.ts'
import { next } from '../../../contract/machines.ts'
import { keepReasonOfJob } from '../../../db/intents/reasons.ts'
import type { JobView } from '../../../db/read/jobs.ts'
import { findMasterplan } from '../../../db/read/masterplans.ts'
import { wasSteeredBy } from '../../../db/read/transitions.ts'
import type { SteerWish } from '../../../workflows/messages.ts'
import type { Handler } from '../../route.ts'
import { askToSteer } from '../../../runs/steer-run.ts'
import { findDraft } from '../jobs/drafts.ts'
import { isOfTask } from '../jobs/end-job.ts'
import type { JobDeps } from '../jobs/job-deps.ts'
import { requireJob } from '../jobs/read-jobs.ts'
import { requireWorker, showWorkerOf } from './read-workers.ts'
import { refuseDraft, refuseWorker, sayState, sayWhatIsAbove } from './worker-problems.ts'

type Verb = SteerWish['verb']

async function steerByRun({ client }: JobDeps, job: JobView, wish: SteerWish): Promise<void> {
  const { temporal_workflow_id } = job
  if (temporal_workflow_id !== null) await askToSteer(client, temporal_workflow_id, wish)
}

async function steerMasterplan(deps: JobDeps, job: JobView, wish: SteerWish): Promise<void> {
  const { subject_id: masterplan_id, user_id } = job
  if (masterplan_id === null) return
  const view = await findMasterplan(deps.db.read, { masterplan_id, user_id })
  if (view === undefined) return
  const { verb, actor, reason_id, request_id: change_id } = wish
  const message = { masterplan_id, verb, actor, reason_id, change_id, expected_versions: null }
  await deps.masterplanRuns.change(view, message)
}

async function steerBuild({ handoffRuns }: JobDeps, job: JobView, wish: SteerWish): Promise<void> {
  const { subject_id: workflow_id, user_id } = job
  if (workflow_id !== null) await handoffRuns.steer({ workflow_id, user_id }, wish)
}

type Steer = (deps: JobDeps, job: JobView, wish: SteerWish) => Promise<void>

/** How the run of a job of each kind is paused and resumed; null where it is none that could be. */
const STEERS: { readonly [K in JobKind]: Steer | null } = {
  plan: steerByRun,
  milestone_feedback: steerByRun,
  assignment_feedback: steerByRun,
  submitted: steerByRun,
  masterplan: steerMasterplan,
  assignment: null,
  milestone: null,
  task: null,
  workflow: steerBuild,
  phase: null,
}

/** Pauses a worker before its next stage, or has it go on: the run carries it out, and the answer is what came of it. */
export function createSteer(deps: JobDeps, verb: Verb): Handler<'pauseWorker'> & Handler<'resumeWorker'> {
  const { db } = deps
  return async ({ user, params: { worker_id }, body, requestId, ctx }) => {
    const { job_id, status } = await requireWorker(db, user, worker_id)
    ctx.state['jobId'] = job_id
    // The first answer may have been lost although the wish was carried out.
    if (await wasSteeredBy(db.read, job_id, { wish: verb, request_id: requestId }))
      return { status: 200, body: await showWorkerOf(db, user, job_id) }
    const job = await requireJob(db, user, job_id)
    const draft = await findDraft(db, job)
    if (draft !== null) throw refuseDraft(status, draft)
    const step = next('worker', status, verb)
    if (step.kind === 'refused') throw refuseWorker(status, sayState(worker_id, status, job.worker_id))
    const steer = isOfTask(job) ? null : STEERS[job.kind]
    if (steer === null) throw refuseWorker(status, sayWhatIsAbove(job), step.to)
    const request_id = requestId ?? randomUUID()
    const reason_id = body.reason === undefined ? null : await keepReasonOfJob(db.write, job_id, body.reason)
    await steer(deps, job, { job_id, verb, actor: { type: 'operator', id: user.sub }, reason_id, request_id })
    // A process that is lost meanwhile leaves the wish to the worker that takes its place.
    const now = await showWorkerOf(db, user, job_id)
    // It may have come to its end first, or somebody else was faster.
    if (!(await wasSteeredBy(db.read, job_id, { wish: verb, request_id })))
      throw refuseWorker(now.status, sayState(now.id, now.status, now.id))
    return { status: 200, body: now }
  }
}
