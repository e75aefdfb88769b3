import { z } from 'zod'

import { listQuery } from './list-query.ts'
import { readName, WorkerId } from './primitives.ts'
import type { Route } from './route.ts'
import {
  SteerBody,
  SupervisorMetrics,
  TerminateBody,
  WorkerDetail,
  WorkerList,
  WorkerStatus,
} from './workers.ts'

const WorkerParams = z.object({ worker_id: WorkerId })

const tenant = z
  .string()
  .min(1)
  .max(64)
  .overwrite(readName)
  .optional()
  .meta({ description: 'A tenant; of use to somebody who sees all of them' })

const reads = { tag: 'supervisor', access: 'supervisor:read', method: 'get' } as const
const steers = {
  tag: 'supervisor',
  access: 'supervisor:write',
  method: 'post',
  params: WorkerParams,
  answers: { 200: WorkerDetail },
  problems: ['NOT_FOUND', 'INVALID_STATE_TRANSITION'],
} as const

export const SUPERVISOR_ROUTES = {
  listWorkers: {
    ...reads,
    path: '/supervisor/workers',
    operation: 'listWorkers',
    summary: 'List workers',
    description:
      'A worker is the supervised execution of one job: made with it, and over with it. Newest first.',
    query: z.strictObject({ ...listQuery, workspace_id: tenant, status: WorkerStatus.optional() }),
    answers: { 200: WorkerList },
    problems: [],
  },
  getWorker: {
    ...reads,
    path: '/supervisor/workers/{worker_id}',
    operation: 'getWorker',
    summary: 'Show one worker',
    description: 'With its history of states, who changed them and why, and what it uses.',
    params: WorkerParams,
    answers: { 200: WorkerDetail },
    problems: ['NOT_FOUND'],
  },
  pauseWorker: {
    ...steers,
    path: '/supervisor/workers/{worker_id}/pause',
    operation: 'pauseWorker',
    summary: 'Pause a worker',
    description:
      'What it is at work with comes to its end, and nothing follows until it is resumed; its job stays RUNNING and keeps its places. For plans, feedback, masterplans, submitted jobs and builds that are their own root, which then take no advance either: whatever else there is goes on and waits with the one above it.',
    body: SteerBody,
    bodyOptional: true,
  },
  resumeWorker: {
    ...steers,
    path: '/supervisor/workers/{worker_id}/resume',
    operation: 'resumeWorker',
    summary: 'Let a paused worker go on',
    description: 'It begins what it would have begun when it was paused.',
    body: SteerBody,
    bodyOptional: true,
  },
  terminateWorker: {
    ...steers,
    path: '/supervisor/workers/{worker_id}/terminate',
    operation: 'terminateWorker',
    summary: 'End a worker for good',
    description:
      'Its run ends, its job is CANCELED with every open one below it, and their places are free, all at once. A reason is asked for: whoever follows the job is told it.',
    body: TerminateBody,
  },
  getSupervisorMetrics: {
    ...reads,
    path: '/supervisor/metrics',
    operation: 'getSupervisorMetrics',
    summary: 'Count what has run',
    description:
      'Every move of every machine, how long states last, and how often requests were repeated or refused.',
    query: z.strictObject({ workspace_id: tenant }),
    answers: { 200: SupervisorMetrics },
    problems: [],
  },
} as const satisfies Record<string, Route>
