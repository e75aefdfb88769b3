import type { FeedbackTarget } from '../../contract/feedback.ts'
import { Plan } from '../../contract/plan.ts'
import { ApiProblem } from '../../contract/problem.ts'
import { acceptSubmission, type SentWork } from '../../db/intents/submissions.ts'
import { findArtefact } from '../../db/read/artefacts.ts'
import { findOpenFeedback } from '../../db/read/feedback-runs.ts'
import type { WorkspaceView } from '../../db/read/workspaces.ts'
import type { Caller, HandlerRequest } from '../route.ts'
import type { FeedbackDeps } from './feedback-deps.ts'
import { requireWorkspace } from './workspace-answers.ts'

function noPlan(view: WorkspaceView): ApiProblem {
  const detail =
    view.status === 'failed'
      ? 'There is no plan to hold the work against: the run has failed. See last_error of the assignment, then retry the stage or reprocess.'
      : 'There is no plan to hold the work against yet. Follow the events of the assignment and send the work once the plan is ready.'
  return new ApiProblem('MISSING_PREREQUISITE', detail, { extras: { missing: 'plan' } })
}

async function requirePlan({ db }: FeedbackDeps, view: WorkspaceView): Promise<Plan> {
  const artefact = await findArtefact(db.read, view, 'plan')
  if (artefact === undefined) throw noPlan(view)
  return Plan.parse(artefact.body)
}

function requireMilestone({ milestones }: Plan, milestone_id: string): FeedbackTarget {
  if (milestones.some(({ id }) => id === milestone_id)) return { type: 'milestone', id: milestone_id }
  const known = milestones.map(({ id }) => id).join(', ')
  throw new ApiProblem(
    'NOT_FOUND',
    `The plan has no milestone ${milestone_id}. Its milestones are: ${known}.`,
  )
}

interface Asked {
  readonly params: { readonly course_id: string; readonly assignment_id: string }
  readonly user: Caller
  readonly requestId: string | null
  readonly ctx: HandlerRequest<'startAssignmentFeedback'>['ctx']
}

/** Takes a piece of work in and begins a feedback run on it; `milestone_id` is null for the whole assignment. */
export async function startFeedback(
  deps: FeedbackDeps,
  { params, user, requestId: request_id, ctx }: Asked,
  milestone_id: string | null,
  sent: SentWork,
) {
  const { db, feedbackRuns, checkTemporal } = deps
  const view = await requireWorkspace(db, user, params)
  const plan = await requirePlan(deps, view)
  const { workspace_id, generation, user_id, tenant_id, course_id, assignment_id } = view
  const target: FeedbackTarget =
    milestone_id === null ? { type: 'assignment', id: assignment_id } : requireMilestone(plan, milestone_id)
  await checkTemporal()
  const owner = { workspace_id, generation, user_id, tenant_id }
  const accepted = await acceptSubmission(db.write, { ...owner, target, sent, request_id })
  if (accepted === null) throw noPlan({ ...view, status: 'running' })
  const { job_id } = accepted
  ctx.state['jobId'] = job_id
  const open = await findOpenFeedback(db.read, job_id)
  if (open !== undefined) await feedbackRuns.ensure(open)
  const assignment = `/assignments/${course_id}/${assignment_id}`
  const status_url = `${assignment}/feedback/jobs/${job_id}`
  const body = {
    job_id,
    job_type: target.type === 'milestone' ? 'milestone_feedback' : 'assignment_feedback',
    status: 'pending',
    workspace_id,
    target,
    status_url,
    events_url: `${assignment}/events`,
  } as const
  return { status: 202, body, headers: { Location: status_url } } as const
}
