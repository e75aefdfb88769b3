import { z } from 'zod'

import { EventsQuery } from './assignment-routes.ts'
import { StreamEvent } from './events.ts'
import { listQuery } from './list-query.ts'
import { Masterplan, MasterplanFiles, MasterplanList, MasterplanState, PlanStatus } from './masterplans.ts'
import { Count, Uuid } from './primitives.ts'
import { OnlyRequestId, RequestId } from './request-id.ts'
import type { Route } from './route.ts'

export const REJECTION_CHARACTERS = 2_000
const REASON_CHARACTERS = 500

const MasterplanParams = z.object({ masterplan_id: Uuid })
const TaskParams = MasterplanParams.extend({ task_id: Uuid })
const FileParams = MasterplanParams.extend({ path: z.string().min(1).max(500) })

// A malformed discovery id is a request that cannot be read (M19), so the handler looks at it and not the schema.
export const CreateMasterplanBody = z
  .strictObject({
    discovery_id: z.string().meta({ override: { type: 'string', format: 'uuid' } }),
    session_id: z
      .string()
      .min(1)
      .max(64)
      .meta({ description: 'Whatever the client calls its session; kept and shown as it is' }),
    request_id: RequestId,
  })
  .meta({ id: 'CreateMasterplanBody' })

export const RejectBody = z
  .strictObject({
    rejection_reason: z
      .string()
      .min(1)
      .max(REJECTION_CHARACTERS)
      .optional()
      .meta({ description: 'What is wrong with the plan; the next reprocess drafts with it in mind' }),
    request_id: RequestId,
  })
  .meta({ id: 'RejectBody' })

export const ReasonBody = z
  .strictObject({ reason: z.string().min(1).max(REASON_CHARACTERS).optional(), request_id: RequestId })
  .meta({ id: 'ReasonBody' })

/** A file as it is. */
const FileBytes = z
  .custom<Uint8Array>((sent) => sent instanceof Uint8Array)
  .meta({ override: { type: 'string', format: 'binary' } })

const ListQuery = z.strictObject({ status: PlanStatus.optional(), ...listQuery })
const ExportQuery = z.strictObject({ format: z.enum(['json', 'markdown']).default('json') })

export const CreatedMasterplan = z
  .strictObject({ masterplan_id: Uuid, status: PlanStatus, message: z.string() })
  .meta({ id: 'CreatedMasterplan' })

export const Execution = z
  .strictObject({
    masterplan_id: Uuid,
    status: z.literal('in_progress'),
    workspace_id: Uuid.meta({ description: 'The folder of the artefacts' }),
    workspace_path: z.string(),
    total_tasks: Count,
    message: z.string(),
  })
  .meta({ id: 'Execution' })

export const RetriedTask = z
  .strictObject({
    masterplan_id: Uuid,
    task_id: Uuid,
    status: z.literal('pending'),
    attempt: Count.meta({ description: 'The attempt that will begin' }),
    reopened_tasks: z.array(Uuid),
  })
  .meta({ id: 'RetriedTask' })

const PLANS = '/masterplans'
const PLAN = `${PLANS}/{masterplan_id}`
const shared = { tag: 'masterplans', access: 'user', refusesWith400: true } as const
const get = { ...shared, method: 'get', params: MasterplanParams } as const
const change = {
  ...shared,
  method: 'post',
  params: MasterplanParams,
  bodyOptional: true,
  etag: true,
  answers: { 200: Masterplan },
} as const
const CONTROL = ['NOT_FOUND', 'INVALID_STATE_TRANSITION'] as const
const REVIEW = [...CONTROL, 'STALE_VERSION'] as const

const READ_ROUTES = {
  listMasterplans: {
    ...shared,
    method: 'get',
    path: PLANS,
    operation: 'listMasterplans',
    summary: 'List your masterplans',
    description: 'Newest first, without their phases; `status=draft` is the review queue.',
    query: ListQuery,
    answers: { 200: MasterplanList },
    problems: [],
  },
  getMasterplan: {
    ...get,
    path: PLAN,
    operation: 'getMasterplan',
    summary: 'Read a masterplan',
    description: 'Phases, milestones and tasks by number, with what became of each.',
    etag: true,
    answers: { 200: Masterplan },
    problems: ['NOT_FOUND'],
  },
  getMasterplanStatus: {
    ...get,
    path: `${PLAN}/status`,
    operation: 'getMasterplanStatus',
    summary: 'Show where a masterplan stands',
    description: 'Status, progress and what can be done now; poll it with If-None-Match.',
    etag: true,
    answers: { 200: MasterplanState },
    problems: ['NOT_FOUND'],
  },
  exportMasterplan: {
    ...get,
    path: `${PLAN}/export`,
    operation: 'exportMasterplan',
    summary: 'Download a masterplan',
    description:
      'As JSON, or with `format=markdown` as a page to print and work from: its boxes are ticked where you marked a task as done, whatever became of its execution.',
    query: ExportQuery,
    answerType: '*/*',
    answers: { 200: z.union([Masterplan, z.string()]) },
    problems: ['NOT_FOUND'],
  },
  streamMasterplanEvents: {
    ...get,
    path: `${PLAN}/events`,
    operation: 'streamMasterplanEvents',
    summary: 'Follow review and execution live',
    description:
      'Server-sent events as on an assignment: with Last-Event-ID or ?after= every later stored event follows, then live ones; without a cursor a snapshot, which is the masterplan itself, comes first.',
    query: EventsQuery,
    answerType: 'text/event-stream',
    answers: { 200: StreamEvent, 204: null },
    problems: ['NOT_FOUND'],
  },
  listMasterplanFiles: {
    ...get,
    path: `${PLAN}/files`,
    operation: 'listMasterplanFiles',
    summary: 'List the artefacts of an execution',
    description: 'What the tasks have left so far, task by task, with hash and size.',
    answers: { 200: MasterplanFiles },
    problems: ['NOT_FOUND'],
  },
  getMasterplanFile: {
    ...get,
    path: `${PLAN}/files/{path}`,
    operation: 'getMasterplanFile',
    summary: 'Download an artefact',
    description: 'The file as its task wrote it; path is as the list has it.',
    params: FileParams,
    etag: true,
    answerType: '*/*',
    answers: { 200: FileBytes },
    problems: ['NOT_FOUND'],
  },
} as const satisfies Record<string, Route>

const CHANGE_ROUTES = {
  createMasterplan: {
    ...shared,
    method: 'post',
    path: PLANS,
    operation: 'createMasterplan',
    summary: 'Make a masterplan of a finished plan',
    description:
      'Takes the discovery_id of an assignment and answers 201 with a new draft, or 200 with the one of this generation that is neither rejected nor cancelled.',
    body: CreateMasterplanBody,
    answers: { 201: CreatedMasterplan, 200: CreatedMasterplan },
    problems: ['INVALID_REQUEST', 'MISSING_PREREQUISITE', 'NOT_FOUND', 'MASTERPLAN_GENERATION_FAILED'],
  },
  approveMasterplan: {
    ...change,
    path: `${PLAN}/approve`,
    operation: 'approveMasterplan',
    summary: 'Approve a draft',
    description: 'Also the approval of the plan of its assignment: there is one approval.',
    body: OnlyRequestId,
    problems: REVIEW,
  },
  rejectMasterplan: {
    ...change,
    path: `${PLAN}/reject`,
    operation: 'rejectMasterplan',
    summary: 'Reject a masterplan',
    description: 'For good. The reason goes to the next reprocess of the assignment.',
    body: RejectBody,
    problems: REVIEW,
  },
  executeMasterplan: {
    ...change,
    etag: false,
    path: `${PLAN}/execute`,
    operation: 'executeMasterplan',
    summary: 'Execute an approved masterplan',
    description: 'Begins to work at its tasks in the order they depend on each other.',
    body: OnlyRequestId,
    answers: { 200: Execution },
    problems: REVIEW,
  },
  pauseMasterplan: {
    ...change,
    path: `${PLAN}/pause`,
    operation: 'pauseMasterplan',
    summary: 'Pause an execution',
    description: 'No further task begins; those at work come to their end.',
    body: ReasonBody,
    problems: CONTROL,
  },
  resumeMasterplan: {
    ...change,
    path: `${PLAN}/resume`,
    operation: 'resumeMasterplan',
    summary: 'Go on with a paused execution',
    description: 'Tasks that are ready begin.',
    body: ReasonBody,
    problems: CONTROL,
  },
  cancelMasterplan: {
    ...change,
    path: `${PLAN}/cancel`,
    operation: 'cancelMasterplan',
    summary: 'Cancel an execution',
    description: 'For good: tasks at work are stopped, open ones skipped; what is completed stays.',
    body: ReasonBody,
    problems: CONTROL,
  },
  retryMasterplan: {
    ...change,
    path: `${PLAN}/retry`,
    operation: 'retryMasterplan',
    summary: 'Take up a failed masterplan',
    description: 'Every failed task is tried again, and what they blocked is open again.',
    body: OnlyRequestId,
    problems: CONTROL,
  },
  retryMasterplanTask: {
    ...change,
    etag: false,
    path: `${PLAN}/tasks/{task_id}/retry`,
    operation: 'retryMasterplanTask',
    summary: 'Try a failed task again',
    description:
      'With fresh automatic retries; the tasks that only it blocked are open again. A masterplan that had ended goes on.',
    params: TaskParams,
    body: ReasonBody,
    answers: { 200: RetriedTask },
    problems: CONTROL,
  },
} as const satisfies Record<string, Route>

export const MASTERPLAN_ROUTES = { ...READ_ROUTES, ...CHANGE_ROUTES } as const
