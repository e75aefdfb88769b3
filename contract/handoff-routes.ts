import { z } from 'zod'

import { EventsQuery } from './assignment-routes.ts'
import { StreamEvent } from './events.ts'
import { parseHandoffState, parseRole } from './handoff/names.ts'
import {
  HandoffAdvanced,
  HandoffHistory,
  HandoffStarted,
  HandoffStats,
  HandoffStatus,
  RetryRequested,
  RolledBack,
} from './handoffs.ts'
import { listQuery } from './list-query.ts'
import { HANDOFF } from './machines/handoff-machine.ts'
import { readName, Uuid } from './primitives.ts'
import { RequestId } from './request-id.ts'
import { ROLES } from './roles.ts'
import type { Route } from './route.ts'

const LONGEST_REASON = 500
const LONGEST_NAME = 64

const WorkflowParams = z.object({ workflow_id: Uuid })
const ProjectId = z
  .string()
  .min(1)
  .max(128)
  .regex(/\S/, 'must not be blank')
  .overwrite(readName)
  .meta({ description: 'The id of a masterplan of yours, or any name of your own for a project' })
const ProjectParams = z.object({ project_id: ProjectId })

/** A name of a closed list in any letter case, read to how it is spelled. */
function nameOf<N extends string>(
  names: readonly N[],
  parse: (text: string) => N | null,
  description: string,
) {
  return z
    .string()
    .max(LONGEST_NAME)
    .transform((text, context): N => {
      const name = parse(text)
      if (name !== null) return name
      context.addIssue({ code: 'custom', message: `must be one of ${names.join(', ')}` })
      return z.NEVER
    })
    .meta({ override: { type: 'string', enum: [...names] }, description })
}

const Role = nameOf(ROLES, parseRole, 'In any letter case')
const State = nameOf(HANDOFF.states, parseHandoffState, 'In any letter case')

const Reason = z.string().min(1).max(LONGEST_REASON).regex(/\S/, 'must not be blank')
const Words = z.record(z.string(), z.unknown())

export const StartHandoffBody = z
  .strictObject({
    build_id: z
      .string()
      .min(1)
      .max(128)
      .regex(/\S/, 'must not be blank')
      .meta({ description: 'Your name for the build; once in each project' }),
    requirements: Words.meta({ description: 'What is asked: any JSON object' }),
    metadata: Words.optional().meta({ description: 'Kept with the build, for your own use' }),
    autorun: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the five model roles work the phases, in place of advances' }),
    request_id: RequestId,
  })
  .meta({ id: 'StartHandoffBody' })

export const AdvanceHandoffBody = z
  .strictObject({
    role: Role.optional().meta({ description: 'Who acts; left out only to recover from error' }),
    completed_state: State,
    phase_result: Words.default({}).meta({
      description:
        'What the completed state owes (DiscoveryResult, PlanningResult, AckResult, ImplementationResult, TestingResult, VerificationResult, DeploymentResult); with next_state `error` FailureResult; empty to recover',
    }),
    next_state: State.optional().meta({
      description: 'Where you believe the build goes: refused where state and verdict lead elsewhere',
    }),
    request_id: RequestId,
  })
  .meta({ id: 'AdvanceHandoffBody' })

export const RequestRetryBody = z
  .strictObject({ reason: Reason, request_id: RequestId })
  .meta({ id: 'RequestRetryBody' })

export const RollbackBody = z
  .strictObject({ target_state: State, reason: Reason, request_id: RequestId })
  .meta({ id: 'RollbackBody' })

const WORKFLOW = '/workflows/{workflow_id}'
const shared = { tag: 'handoffs', access: 'user' } as const
const get = { ...shared, method: 'get', params: WorkflowParams } as const
const post = { ...shared, method: 'post', params: WorkflowParams } as const

/** Everything below /workflows: one build that is handed on between five roles. */
export const HANDOFF_ROUTES = {
  startHandoff: {
    ...post,
    path: '/workflows/{project_id}/start',
    operation: 'startHandoff',
    begins: 'job',
    summary: 'Start a build',
    description:
      'It begins in discovery. Without autorun it waits for an advance of each role in turn; with it the model roles work it to its end.',
    params: ProjectParams,
    body: StartHandoffBody,
    answers: { 201: HandoffStarted },
    problems: ['NOT_FOUND', 'CONFLICT', 'INVALID_STATE_TRANSITION'],
  },
  advanceHandoff: {
    ...post,
    path: `${WORKFLOW}/advance`,
    operation: 'advanceHandoff',
    summary: 'Hand in the result of a state',
    description:
      'The next state follows from state and verdict. In a hand-off the receiver accepts with `{ "accepted": true }`. From error, an advance without role takes the build up again.',
    body: AdvanceHandoffBody,
    answers: { 200: HandoffAdvanced },
    problems: ['ROLE_MISMATCH', 'NOT_FOUND', 'INVALID_STATE_TRANSITION'],
  },
  getHandoffStatus: {
    ...get,
    path: `${WORKFLOW}/status`,
    operation: 'getHandoffStatus',
    summary: 'Show where a build stands',
    description: 'State, progress, the results that stand, and what is awaited from whom.',
    answers: { 200: HandoffStatus },
    problems: ['NOT_FOUND'],
  },
  requestHandoffRetry: {
    ...post,
    path: `${WORKFLOW}/request-retry`,
    operation: 'requestHandoffRetry',
    summary: 'Send work back to implementation',
    description: 'From testing or verification, three times in a build; the next time the build stops.',
    body: RequestRetryBody,
    answers: { 200: RetryRequested },
    problems: ['NOT_FOUND', 'INVALID_STATE_TRANSITION'],
  },
  rollbackHandoff: {
    ...post,
    access: 'jobs:write',
    path: `${WORKFLOW}/rollback`,
    operation: 'rollbackHandoff',
    summary: 'Take a build back to an earlier phase',
    description:
      'For operators: of any build of the tenant. What is undone is kept. Twice from one state to one target and five times in a build; the next time the build stops.',
    body: RollbackBody,
    answers: { 200: RolledBack },
    problems: ['NOT_FOUND', 'INVALID_STATE_TRANSITION'],
  },
  getHandoffHistory: {
    ...get,
    path: `${WORKFLOW}/history`,
    operation: 'getHandoffHistory',
    summary: 'List the hand-offs of a build',
    description: 'Every move in its order, with what was handed in, also where it was undone since.',
    query: z.strictObject(listQuery),
    answers: { 200: HandoffHistory },
    problems: ['NOT_FOUND'],
  },
  getHandoffStats: {
    ...get,
    path: '/workflows/project/{project_id}/stats',
    operation: 'getHandoffStats',
    summary: 'Sum up the builds of a project',
    description: 'Over your own builds; zeros where there is none.',
    params: ProjectParams,
    answers: { 200: HandoffStats },
    problems: [],
  },
  streamHandoffEvents: {
    ...get,
    path: `${WORKFLOW}/events`,
    operation: 'streamHandoffEvents',
    summary: 'Follow a build live',
    description:
      'Server-sent events as on an assignment: with Last-Event-ID or ?after= every later stored event follows, then live ones; without a cursor a snapshot, which is the status, comes first.',
    query: EventsQuery,
    answerType: 'text/event-stream',
    answers: { 200: StreamEvent, 204: null },
    problems: ['NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
