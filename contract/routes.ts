import { z } from 'zod'

import {
  Account,
  CanvasCredentials,
  CanvasCredentialsRequest,
  LoginRequest,
  RefreshRequest,
  RegisterRequest,
  StreamTicket,
  Tokens,
} from './accounts.ts'
import { StreamEvent } from './events.ts'
import { PlanEvidence } from './evidence.ts'
import { Plan } from './plan.ts'
import { CanvasId } from './primitives.ts'
import type { ProblemCode } from './problem.ts'
import { PlanStageName, Snapshot, StartedSnapshot } from './snapshot.ts'

export type Method = 'get' | 'post' | 'put' | 'delete' | 'patch'

/** One route: what it takes, what it answers and which problems are its own. Router and OpenAPI are made from it. */
export interface Route {
  readonly method: Method
  /** Path with `{name}` parameters, without a prefix. */
  readonly path: string
  readonly operation: string
  readonly tag: 'accounts' | 'assignments' | 'service'
  readonly summary: string
  readonly description: string
  /** `none` needs no token, `user` any valid one, anything else is a scope. */
  readonly access: 'none' | 'user' | (string & {})
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly bodyOptional?: boolean
  readonly bodyLimitBytes?: number
  /** Status to schema; null stands for an answer without body. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>
  readonly answerType?: 'application/json' | 'text/event-stream'
  readonly etag?: boolean
  readonly problems: readonly ProblemCode[]
}

export const KIB = 1_024
export const DEFAULT_BODY_LIMIT_BYTES = 64 * KIB

const AssignmentParams = z.object({ course_id: CanvasId, assignment_id: CanvasId })
const RequestId = z
  .uuid()
  .optional()
  .meta({
    override: { type: 'string', format: 'uuid' },
    description:
      'Repeating a request with the same id answers the stored reply; also as header Idempotency-Key',
  })
const OnlyRequestId = z.strictObject({ request_id: RequestId }).meta({ id: 'RequestIdBody' })

export const StartQuery = z.strictObject({ reprocess: z.enum(['true', 'false']).optional() })
export const EventsQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
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

const accounts = {
  register: {
    method: 'post',
    path: '/auth/register',
    operation: 'register',
    tag: 'accounts',
    access: 'none',
    summary: 'Make an account',
    description:
      'Makes an account with a workspace (tenant) of its own. It has no scopes: an operator grants those.',
    body: RegisterRequest,
    answers: { 201: Account },
    problems: ['CONFLICT'],
  },
  login: {
    method: 'post',
    path: '/auth/login',
    operation: 'login',
    tag: 'accounts',
    access: 'none',
    summary: 'Sign in',
    description: 'Answers an access token for the Authorization header and a refresh token that works once.',
    body: LoginRequest,
    answers: { 200: Tokens },
    problems: ['UNAUTHORIZED'],
  },
  refresh: {
    method: 'post',
    path: '/auth/refresh',
    operation: 'refresh',
    tag: 'accounts',
    access: 'none',
    summary: 'Renew the tokens',
    description:
      'Takes a refresh token once and answers two new tokens. A token used twice revokes all that came from the same sign-in.',
    body: RefreshRequest,
    answers: { 200: Tokens },
    problems: ['UNAUTHORIZED'],
  },
  createStreamTicket: {
    method: 'post',
    path: '/auth/stream-tickets',
    operation: 'createStreamTicket',
    tag: 'accounts',
    access: 'user',
    summary: 'Get a ticket for one stream',
    description:
      'For clients that cannot send a header, such as the native EventSource: valid once, for 30 seconds, only as ?ticket= on an events route.',
    body: OnlyRequestId,
    bodyOptional: true,
    answers: { 201: StreamTicket },
    problems: [],
  },
  me: {
    method: 'get',
    path: '/auth/me',
    operation: 'me',
    tag: 'accounts',
    access: 'user',
    summary: 'Show the signed-in account',
    description: 'The account behind the access token.',
    answers: { 200: Account },
    problems: [],
  },
  putCanvasCredentials: {
    method: 'put',
    path: '/users/me/canvas-credentials',
    operation: 'putCanvasCredentials',
    tag: 'accounts',
    access: 'user',
    summary: 'Store the Canvas address and key',
    description:
      'Tries the key against Canvas, then keeps it encrypted. The address must be https and is reduced to its origin. The key is never shown again.',
    body: CanvasCredentialsRequest,
    answers: { 200: CanvasCredentials },
    problems: ['CANVAS_KEY_REJECTED', 'CANVAS_URL_NOT_ALLOWED', 'CANVAS_UNREACHABLE'],
  },
  getCanvasCredentials: {
    method: 'get',
    path: '/users/me/canvas-credentials',
    operation: 'getCanvasCredentials',
    tag: 'accounts',
    access: 'user',
    summary: 'Show which Canvas is connected',
    description: 'The stored address and whether a key is there; never the key.',
    answers: { 200: CanvasCredentials },
    problems: [],
  },
  deleteCanvasCredentials: {
    method: 'delete',
    path: '/users/me/canvas-credentials',
    operation: 'deleteCanvasCredentials',
    tag: 'accounts',
    access: 'user',
    summary: 'Forget the Canvas key',
    description: 'Deletes the stored address and key. Plans already made stay.',
    answers: { 204: null },
    problems: [],
  },
} as const satisfies Record<string, Route>

const assignments = {
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

/** Every route of the API by operation. */
export const ROUTES = { ...accounts, ...assignments } as const

export type Operation = keyof typeof ROUTES

/** Prefixes under which every route is served alike. */
export const PREFIXES = ['', '/api', '/api/v1'] as const
