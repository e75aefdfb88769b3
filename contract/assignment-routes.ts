import { z } from 'zod'

import { Checklist } from './checklist.ts'
import { StreamEvent } from './events.ts'
import { PlanEvidence } from './evidence.ts'
import { Plan } from './plan.ts'
import { CanvasId } from './primitives.ts'
import { OnlyRequestId, RequestId } from './request-id.ts'
import type { Route } from './route.ts'
import { PlanStageName, Snapshot, StartedSnapshot } from './snapshot.ts'

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

export const ASSIGNMENT_ROUTES = {
  startAssignment: {
    method: 'post',
    path: `${ASSIGNMENT}/start`,
    operation: 'startAssignment',
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
