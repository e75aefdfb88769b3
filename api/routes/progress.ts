import { showProgress, type Marked } from '../../contract/mark-plan.ts'
import type { PlanProgress } from '../../contract/marks.ts'
import { Plan } from '../../contract/plan.ts'
import { ApiProblem } from '../../contract/problem.ts'
import { keepMark, type MarkOutcome } from '../../db/intents/marks.ts'
import { listMarks, progressVersion } from '../../db/read/marks.ts'
import { readIfMatch } from '../if-match.ts'
import type { Handler, HandlerRequest } from '../route.ts'
import type { AssignmentDeps } from './assignment-deps.ts'
import {
  notStarted,
  planNotReady,
  requireArtefact,
  requireWorkspace,
  type AssignmentPath,
} from './workspace-answers.ts'

function progressAnswer(progress: PlanProgress) {
  return { status: 200, body: progress, etag: progressVersion(progress) } as const
}

/** Shows the plan with the student's marks on it. */
export function createGetProgress({ db }: AssignmentDeps): Handler<'getProgress'> {
  return async ({ params, user }) => {
    const view = await requireWorkspace(db, user, params)
    const { body } = await requireArtefact(db, view, 'plan')
    const marks = await listMarks(db.read, view.workspace_id)
    return progressAnswer(showProgress(Plan.parse(body), marks, view.generation))
  }
}

type Refused = Exclude<MarkOutcome, { readonly outcome: 'marked' }>

function refusal(refused: Refused, path: AssignmentPath, { kind, id }: Marked): ApiProblem {
  const where = `/assignments/${path.course_id}/${path.assignment_id}/progress`
  if (refused.outcome === 'absent') return notStarted(path)
  if (refused.outcome === 'not_ready') return planNotReady(refused.status)
  return refused.outcome === 'unknown'
    ? new ApiProblem(
        'NOT_FOUND',
        `The plan has no ${kind} “${id}”. GET ${where} lists what it has, with ids.`,
      )
    : new ApiProblem(
        'STALE_VERSION',
        `Something was marked, or the plan was made anew, since you looked: nothing was changed now. Read GET ${where} again, then send the mark with its ETag and a new request id.`,
      )
}

async function mark(
  { db }: AssignmentDeps,
  { params, user, requestId, ctx }: HandlerRequest<'markMilestone' | 'markTask'>,
  asked: Marked,
) {
  const { course_id, assignment_id } = params
  const expected = readIfMatch(ctx.get('If-Match'))
  const key = { user_id: user.sub, course_id, assignment_id }
  const outcome = await keepMark(db.write, { ...key, asked, expected, request_id: requestId })
  if (outcome.outcome !== 'marked') throw refusal(outcome, params, asked)
  return progressAnswer(outcome.progress)
}

/** Marks a milestone, with its tasks where they follow. */
export function createMarkMilestone(deps: AssignmentDeps): Handler<'markMilestone'> {
  return (request) =>
    mark(deps, request, { kind: 'milestone', id: request.params.milestone_id, state: request.body.state })
}

/** Marks a task; its milestone follows. */
export function createMarkTask(deps: AssignmentDeps): Handler<'markTask'> {
  return (request) =>
    mark(deps, request, { kind: 'task', id: request.params.task_id, state: request.body.state })
}
