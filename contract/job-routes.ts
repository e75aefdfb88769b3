import { z } from 'zod'

import {
  Depth,
  Job,
  JobDetail,
  JobKindName,
  JobList,
  JobReasonBody,
  JobStatus,
  SubmitJobBody,
} from './jobs.ts'
import { DEEPEST } from './jobs/depth.ts'
import { listQuery } from './list-query.ts'
import { JobId } from './primitives.ts'
import type { Route } from './route.ts'

const JobParams = z.object({ job_id: JobId })

const depthFilter = z
  .string()
  .regex(/^\d$/, 'must be a depth from 0 to 5')
  .transform(Number)
  .pipe(Depth)
  .optional()
  .meta({ override: { type: 'integer', minimum: 0, maximum: DEEPEST } })

const ListQuery = z.strictObject({
  ...listQuery,
  status: JobStatus.optional(),
  depth: depthFilter,
  parent_job_id: JobId.optional(),
  kind: JobKindName.optional(),
  workspace_id: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'A tenant; of use to somebody who sees all of them' }),
})

const reads = { tag: 'jobs', access: 'jobs:read', method: 'get' } as const
const writes = { tag: 'jobs', access: 'jobs:write', method: 'post' } as const
const submits = {
  ...writes,
  begins: 'job',
  body: SubmitJobBody,
  answers: { 201: Job },
  problems: ['INVALID_DEPTH', 'NOT_FOUND', 'INVALID_STATE_TRANSITION'],
} as const
const steers = {
  ...writes,
  params: JobParams,
  body: JobReasonBody,
  bodyOptional: true,
  problems: ['NOT_FOUND', 'INVALID_STATE_TRANSITION'],
} as const

const WHAT =
  'The job is accepted and runs as soon as its tenant has a place at its depth. Each top-level bullet of its description becomes a job below it, and so on down to metadata.max_depth; one without bullets is a single step of a model, which leaves a checklist and questions, never the work itself. A parent is completed when all below it are, and otherwise fails with the first error.'

export const JOB_ROUTES = {
  createJob: {
    ...submits,
    path: '/jobs',
    operation: 'createJob',
    summary: 'Submit a job',
    description: WHAT,
  },
  submitJob: {
    ...submits,
    path: '/jobs/submit',
    operation: 'submitJob',
    summary: 'Submit a job, under its other name',
    description: `The same as POST /jobs. ${WHAT}`,
  },
  listJobs: {
    ...reads,
    path: '/jobs',
    operation: 'listJobs',
    summary: 'List jobs',
    description:
      'Everything that runs or ran in your tenant, of every kind, newest first: plans, feedback, masterplans with their milestones and tasks, hand-offs, and what was submitted.',
    query: ListQuery,
    answers: { 200: JobList },
    problems: [],
  },
  getJob: {
    ...reads,
    path: '/jobs/{job_id}',
    operation: 'getJob',
    summary: 'Show one job',
    description: 'With its history of states, the jobs right below it, and its result or its error.',
    params: JobParams,
    answers: { 200: JobDetail },
    problems: ['NOT_FOUND'],
  },
  cancelJob: {
    ...steers,
    path: '/jobs/{job_id}/cancel',
    operation: 'cancelJob',
    summary: 'Cancel a job',
    description:
      'With every open job below it, at once. Its run ends and its places are free. A milestone, a task with its build, or a phase is no run of its own: cancel what stands above it.',
    answers: { 200: Job },
  },
  retryJob: {
    ...steers,
    path: '/jobs/{job_id}/retry',
    operation: 'retryJob',
    summary: 'Let a parked run go on',
    description:
      'For a failed plan or masterplan that waits for a person: it goes on from what failed, under the new job that is answered.',
    answers: { 202: Job },
  },
  abandonJob: {
    ...steers,
    path: '/jobs/{job_id}/abandon',
    operation: 'abandonJob',
    summary: 'Give a parked run up',
    description:
      'Ends the run of a failed plan that waits for a person; the job stays failed. A reprocess of the assignment begins anew.',
    answers: { 200: Job },
  },
} as const satisfies Record<string, Route>
