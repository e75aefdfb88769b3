import { z } from 'zod'

import { Checklist } from './checklist.ts'
import { StreamEvent } from './events.ts'
import { PlanEvidence } from './evidence.ts'
import { MarkBody, PlanProgress } from './marks.ts'
import { Plan } from './plan.ts'
import { CanvasId, Slug } from './primitives.ts'
import { OnlyRequestId, RequestId } from './request-id.ts'
import type { Route } from './route.ts'
import { PlanStageName, Snapshot, StartedSnapshot } from './snapshot.ts'
import { ModelUsage } from './usage.ts'

const AssignmentParams = z.object({ course_id: CanvasId, assignment_id: CanvasId })
export const StartQuery = z.strictObject({ reprocess: z.enum(['true', 'false']).optional() })
export const EventsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int())
    .optional()
    .meta({ override: { type: 'integer', minimum: 0 } }),
  ticket: z.string().max(200).optional(),
})
export const UsageQuery = z.strictObject({
  generation: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a generation, from 1')
    .transform(Number)
    .pipe(z.int())
    .optional()
    .meta({ override: { type: 'integer', minimum: 1 } }),
})
export const RetryStageBody = z
  .strictObject({
    expected_attempt: z
      .int()
      .min(1)
      .optional()
      .meta({ override: { type: 'integer', minimum: 1 } }),
    reason: z.string().min(1).max(500).optional(),
    request_id: RequestId,
  })
  .meta({ id: 'RetryStageBody' })

const ASSIGNMENT = '/assignments/{course_id}/{assignment_id}'

const MARKING =
  'Answers the progress as it is then; each state that changed is a mark_changed event of the stream. A mark that is there already changes nothing. Send the ETag of the progress as If-Match to mark only what you saw.'
const mark = {
  method: 'patch',
  tag: 'assignments',
  access: 'user',
  body: MarkBody,
  etag: true,
  answers: { 200: PlanProgress },
  problems: ['NOT_FOUND', 'PLAN_NOT_READY', 'STALE_VERSION'],
} as const

export const ASSIGNMENT_ROUTES = {
  startAssignment: {
    method: 'post',
    path: `${ASSIGNMENT}/start`,
    operation: 'startAssignment',
    begins: 'start',
    tag: 'assignments',
    access: 'user',
    summary: 'Begin planning an assignment, or join the run there is',
    description:
      'Begins a planning run and answers 202, or answers 200 with the state of the run there already is. With ?reprocess=true the old plan leaves and planning begins anew.',
    params: AssignmentParams,
    query: StartQuery,
    body: OnlyRequestId,
    bodyOptional: true,
    etag: true,
    answers: { 202: StartedSnapshot, 200: Snapshot },
    problems: ['MISSING_PREREQUISITE', 'REPROCESS_IN_PROGRESS'],
  },
  getAssignment: {
    method: 'get',
    path: ASSIGNMENT,
    operation: 'getAssignment',
    tag: 'assignments',
    access: 'user',
    summary: 'Show where planning stands',
    description: 'The state of the assignment workspace; poll it with If-None-Match.',
    params: AssignmentParams,
    etag: true,
    answers: { 200: Snapshot },
    problems: ['NOT_FOUND'],
  },
  streamAssignmentEvents: {
    method: 'get',
    path: `${ASSIGNMENT}/events`,
    operation: 'streamAssignmentEvents',
    tag: 'assignments',
    access: 'user',
    summary: 'Follow the run live',
    description:
      'Server-sent events: id is the sequence number, event the type, data the JSON of a StreamEvent. With Last-Event-ID or ?after= every later stored event follows, then live ones; without a cursor a snapshot comes first. heartbeat, reconnect and end carry no id.',
    params: AssignmentParams,
    query: EventsQuery,
    answerType: 'text/event-stream',
    answers: { 200: StreamEvent, 204: null },
    problems: ['NOT_FOUND'],
  },
  getPlan: {
    method: 'get',
    path: `${ASSIGNMENT}/plan`,
    operation: 'getPlan',
    tag: 'assignments',
    access: 'user',
    summary: 'Read the plan',
    description: 'The finished plan of the newest generation.',
    params: AssignmentParams,
    etag: true,
    answers: { 200: Plan },
    problems: ['NOT_FOUND', 'PLAN_NOT_READY'],
  },
  getRequirements: {
    method: 'get',
    path: `${ASSIGNMENT}/requirements`,
    operation: 'getRequirements',
    tag: 'assignments',
    access: 'user',
    summary: 'Read what is asked, as a checklist',
    description:
      'The requirements of the newest generation with the words they rest on, what the course allows of AI, dates, open questions and text that was addressed to a machine. It is there as soon as they are worked out, also when no plan is made of them, as where a course forbids AI help.',
    params: AssignmentParams,
    etag: true,
    answers: { 200: Checklist },
    problems: ['NOT_FOUND', 'PLAN_NOT_READY'],
  },
  getPlanEvidence: {
    method: 'get',
    path: `${ASSIGNMENT}/plan/evidence`,
    operation: 'getPlanEvidence',
    tag: 'assignments',
    access: 'user',
    summary: 'Read what each statement of the plan rests on',
    description: 'Quotes with their document, offsets and page; pointer is a JSON pointer into the plan.',
    params: AssignmentParams,
    etag: true,
    answers: { 200: PlanEvidence },
    problems: ['NOT_FOUND', 'PLAN_NOT_READY'],
  },
  getModelUsage: {
    method: 'get',
    path: `${ASSIGNMENT}/usage`,
    operation: 'getModelUsage',
    tag: 'assignments',
    access: 'user',
    summary: 'Show what an assignment has cost in calls to models',
    description:
      'Tokens, cost and calls by stage and model, failed and unsettled ones too, and what is left of the budgets of the plan and of the day. Rules cost nothing.',
    params: AssignmentParams,
    query: UsageQuery,
    answers: { 200: ModelUsage },
    problems: ['NOT_FOUND'],
  },
  getProgress: {
    method: 'get',
    path: `${ASSIGNMENT}/progress`,
    operation: 'getProgress',
    tag: 'assignments',
    access: 'user',
    summary: 'See how far you are with the plan',
    description:
      'Every milestone and task of the plan with its mark. Marks belong to ids: after a reprocess a mark stands on the milestone or task that has the same id, whatever its words are now; what has no mark is todo, and a mark whose id the plan no longer has is kept but not shown. Look through what is done when a plan was made anew.',
    params: AssignmentParams,
    etag: true,
    answers: { 200: PlanProgress },
    problems: ['NOT_FOUND', 'PLAN_NOT_READY'],
  },
  markMilestone: {
    ...mark,
    path: `${ASSIGNMENT}/milestones/{milestone_id}`,
    operation: 'markMilestone',
    summary: 'Mark a milestone as to do, under way or done',
    description: `With done all its tasks are done, with todo all are to do again; doing leaves them as they are. Otherwise a milestone follows its tasks: all done is done, none begun is todo, anything between is doing. ${MARKING}`,
    params: AssignmentParams.extend({ milestone_id: Slug }),
  },
  markTask: {
    ...mark,
    path: `${ASSIGNMENT}/tasks/{task_id}`,
    operation: 'markTask',
    summary: 'Mark a task as to do, under way or done',
    description: `Its milestone follows: it is done once all its tasks are, and under way as soon as one is begun. A task id stands once in a plan, so it needs no milestone beside it. ${MARKING}`,
    params: AssignmentParams.extend({ task_id: Slug }),
  },
  retryStage: {
    method: 'post',
    path: `${ASSIGNMENT}/stages/{stage}/retry`,
    operation: 'retryStage',
    tag: 'assignments',
    access: 'user',
    summary: 'Go on from the stage that failed',
    description:
      'A parked run goes on from its failed stage; one that was terminated begins anew. Finished stages are reused.',
    params: AssignmentParams.extend({ stage: PlanStageName }),
    body: RetryStageBody,
    bodyOptional: true,
    etag: true,
    answers: { 202: StartedSnapshot },
    problems: ['NOT_FOUND', 'INVALID_STATE_TRANSITION'],
  },
} as const satisfies Record<string, Route>
