import { z } from 'zod'

import { EvidenceItem } from './evidence.ts'
import { Feedback, FeedbackTarget } from './feedback.ts'
import { listQuery } from './list-query.ts'
import { CanvasId, Count, IsoTime, JobId, Progress, Slug, Uuid } from './primitives.ts'
import { RequestId } from './request-id.ts'
import { KIB, type Route } from './route.ts'
import { LastError, StageName } from './snapshot.ts'

export const SUBMISSION_CHARACTERS = 50_000
const SUBMISSION_BODY_BYTES = 256 * KIB
export const SUBMISSION_FILE_BYTES = 10 * KIB * KIB

const AssignmentParams = z.object({ course_id: CanvasId, assignment_id: CanvasId })
const MilestoneParams = AssignmentParams.extend({ milestone_id: Slug })
const FeedbackJobParams = AssignmentParams.extend({ job_id: JobId })

export const SubmissionBody = z
  .strictObject({
    submission_text: z.string().min(1).max(SUBMISSION_CHARACTERS),
    request_id: RequestId,
  })
  .meta({ id: 'SubmissionBody' })

/** A file as it is; what it is, is found out from its bytes. */
const FileBytes = z
  .custom<Uint8Array>(
    (sent) => sent instanceof Uint8Array && sent.length > 0,
    'must not be empty: send the bytes of the file',
  )
  .meta({ override: { type: 'string', format: 'binary', description: 'The file as it is' } })

const FileQuery = z.strictObject({
  name: z.string().min(1).max(255).meta({ description: 'The name of the file', example: 'essay.docx' }),
})

const ListQuery = z.strictObject(listQuery)

const JobType = z.enum(['milestone_feedback', 'assignment_feedback'])
const Status = z.enum(['pending', 'running', 'completed', 'failed', 'canceled'])

const summary = {
  job_id: JobId,
  workspace_id: Uuid,
  job_type: JobType,
  status: Status,
  stage: StageName.nullable(),
  progress: Progress,
  target: FeedbackTarget,
  error: LastError.nullable(),
  generation: Count,
  superseded: z.boolean(),
  created_at: IsoTime,
  updated_at: IsoTime,
  completed_at: IsoTime.nullable(),
}

/** One feedback job with its result; null until it is completed. */
export const FeedbackJob = z
  .strictObject({
    ...summary,
    result: Feedback.nullable(),
    evidence: z.array(EvidenceItem).meta({ description: 'pointer is a JSON pointer into result' }),
  })
  .meta({ id: 'FeedbackJob' })

export const FeedbackJobList = z
  .strictObject({ jobs: z.array(z.strictObject(summary)), total: Count, limit: Count, offset: Count })
  .meta({ id: 'FeedbackJobList' })

export const StartedFeedback = z
  .strictObject({
    job_id: JobId,
    job_type: JobType,
    status: z.literal('pending'),
    workspace_id: Uuid,
    target: FeedbackTarget,
    status_url: z.string(),
    events_url: z.string(),
  })
  .meta({ id: 'StartedFeedback' })

export type FeedbackJob = z.infer<typeof FeedbackJob>
export type FeedbackJobSummary = z.infer<typeof FeedbackJobList>['jobs'][number]

const ASSIGNMENT = '/assignments/{course_id}/{assignment_id}'
const MILESTONE = `${ASSIGNMENT}/milestones/{milestone_id}`
const shared = { tag: 'feedback', access: 'user' } as const
const start = {
  ...shared,
  method: 'post',
  begins: 'submission',
  answers: { 202: StartedFeedback },
  problems: ['MISSING_PREREQUISITE', 'NOT_FOUND'],
} as const
const text = { ...start, body: SubmissionBody, bodyLimitBytes: SUBMISSION_BODY_BYTES } as const
const file = {
  ...start,
  query: FileQuery,
  body: FileBytes,
  bodyIsFile: true,
  bodyLimitBytes: SUBMISSION_FILE_BYTES,
} as const

const HOW =
  'Every call makes a new job; the earlier ones stay. Follow it on the events of the assignment or by its status_url. Feedback asks and points, it never rewrites and never grades.'
const WHICH_FILES = 'PDF, Word (.docx), plain text, Markdown or HTML, told by its bytes, at most 10 MB.'

export const FEEDBACK_ROUTES = {
  startMilestoneFeedback: {
    ...text,
    path: `${MILESTONE}/submissions/start`,
    operation: 'startMilestoneFeedback',
    summary: 'Ask for feedback on the work of one milestone',
    description: `Holds a text against the milestone, the rules of the assignment and the rubric. ${HOW}`,
    params: MilestoneParams,
  },
  startAssignmentFeedback: {
    ...text,
    path: `${ASSIGNMENT}/submissions/start`,
    operation: 'startAssignmentFeedback',
    summary: 'Ask for feedback on the whole work',
    description: `Holds a text against everything the assignment asks and the rubric. ${HOW}`,
    params: AssignmentParams,
  },
  uploadMilestoneSubmission: {
    ...file,
    path: `${MILESTONE}/submissions/upload`,
    operation: 'uploadMilestoneSubmission',
    summary: 'Ask for feedback on a file for one milestone',
    description: `Takes the file itself as the body: ${WHICH_FILES} ${HOW}`,
    params: MilestoneParams,
  },
  uploadSubmission: {
    ...file,
    path: `${ASSIGNMENT}/submissions/upload`,
    operation: 'uploadSubmission',
    summary: 'Ask for feedback on a file with the whole work',
    description: `Takes the file itself as the body: ${WHICH_FILES} ${HOW}`,
    params: AssignmentParams,
  },
  getFeedbackJob: {
    ...shared,
    method: 'get',
    path: `${ASSIGNMENT}/feedback/jobs/{job_id}`,
    operation: 'getFeedbackJob',
    summary: 'Show one feedback job and its result',
    description:
      'result is null until the job is completed. Jobs of an earlier generation stay, marked superseded.',
    params: FeedbackJobParams,
    etag: true,
    answers: { 200: FeedbackJob },
    problems: ['NOT_FOUND'],
  },
  listFeedbackJobs: {
    ...shared,
    method: 'get',
    path: `${ASSIGNMENT}/feedback/jobs`,
    operation: 'listFeedbackJobs',
    summary: 'List the feedback that was asked for',
    description:
      'All feedback jobs of the assignment without their results, newest first, of every generation.',
    params: AssignmentParams,
    query: ListQuery,
    answers: { 200: FeedbackJobList },
    problems: ['NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
