import { ApiProblem } from '../../contract/problem.ts'
import type { SentWork } from '../../db/intents/submissions.ts'
import { findFeedbackJob, listFeedbackJobs } from '../../db/read/feedback-jobs.ts'
import type { Handler, Handlers } from '../route.ts'
import type { FeedbackDeps } from './feedback-deps.ts'
import { startFeedback } from './start-feedback.ts'
import { requireWorkspace } from './workspace-answers.ts'

function createGetFeedbackJob({ db }: FeedbackDeps): Handler<'getFeedbackJob'> {
  return async ({ params, user }) => {
    const { workspace_id } = await requireWorkspace(db, user, params)
    const job = await findFeedbackJob(db.read, workspace_id, params.job_id)
    if (job === undefined) {
      throw new ApiProblem(
        'NOT_FOUND',
        `This assignment has no feedback job ${params.job_id}. GET /assignments/${params.course_id}/${params.assignment_id}/feedback/jobs lists those there are.`,
      )
    }
    const etag = `${job.status}-${job.progress}-${job.superseded ? 's' : 'c'}-${job.updated_at}`
    return { status: 200, body: job, etag }
  }
}

function createListFeedbackJobs({ db }: FeedbackDeps): Handler<'listFeedbackJobs'> {
  return async ({ params, query, user }) => {
    const { workspace_id } = await requireWorkspace(db, user, params)
    const { jobs, total } = await listFeedbackJobs(db.read, workspace_id, query)
    return { status: 200, body: { jobs, total, ...query } }
  }
}

const textOf = ({ submission_text: text }: { readonly submission_text: string }): SentWork => ({
  kind: 'text',
  text,
})

function fileOf(name: string, content_type: string, file: Uint8Array): SentWork {
  return { kind: 'file', name, content_type: content_type === '' ? null : content_type, file }
}

type FeedbackOperation =
  | 'startMilestoneFeedback'
  | 'startAssignmentFeedback'
  | 'uploadMilestoneSubmission'
  | 'uploadSubmission'
  | 'getFeedbackJob'
  | 'listFeedbackJobs'

/** The handlers of everything about feedback. */
export function createFeedbackHandlers(deps: FeedbackDeps): Handlers<FeedbackOperation> {
  return {
    startMilestoneFeedback: (request) =>
      startFeedback(deps, request, request.params.milestone_id, textOf(request.body)),
    startAssignmentFeedback: (request) => startFeedback(deps, request, null, textOf(request.body)),
    uploadMilestoneSubmission: ({ query, body, ...request }) =>
      startFeedback(
        deps,
        request,
        request.params.milestone_id,
        fileOf(query.name, request.ctx.get('Content-Type'), body),
      ),
    uploadSubmission: ({ query, body, ...request }) =>
      startFeedback(deps, request, null, fileOf(query.name, request.ctx.get('Content-Type'), body)),
    getFeedbackJob: createGetFeedbackJob(deps),
    listFeedbackJobs: createListFeedbackJobs(deps),
  }
}
