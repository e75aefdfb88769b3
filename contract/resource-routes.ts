import { z } from 'zod'

import { Depth } from './jobs.ts'
import { Count, IsoTime, JobId, readName } from './primitives.ts'
import { RequestId } from './request-id.ts'
import type { Route } from './route.ts'

const MOST_AT_ONCE = 10

const TenantQuery = z.strictObject({
  workspace_id: z
    .string()
    .min(1)
    .max(64)
    .overwrite(readName)
    .optional()
    .meta({ description: 'A tenant; your own when unset. Another one needs a token for all of them' }),
})

export const AllocateBody = z
  .strictObject({
    job_id: JobId,
    depth: Depth,
    worker_count: z
      .int()
      .min(1)
      .max(MOST_AT_ONCE)
      .meta({ override: { type: 'integer', minimum: 1, maximum: MOST_AT_ONCE } }),
    allow_partial: z
      .boolean()
      .default(false)
      .meta({ description: 'Take what is free when that is less than asked for' }),
    request_id: RequestId,
  })
  .meta({ id: 'AllocateBody' })

export const ReleaseBody = z
  .strictObject({
    job_id: JobId,
    depth: Depth.optional().meta({ description: 'All depths when unset' }),
    request_id: RequestId,
  })
  .meta({ id: 'ReleaseBody' })

const Quotas = z
  .strictObject({
    quotas: z.array(z.strictObject({ depth: Depth, max_workers: Count, max_concurrent_jobs: Count })),
  })
  .meta({ id: 'Quotas' })

const Allocation = z
  .strictObject({
    id: z.string().regex(/^a_[0-9a-f]{12}$/),
    job_id: JobId,
    depth: Depth,
    worker_count: Count,
    requested: Count,
    granted: Count,
    allocated_at: IsoTime,
    released_at: IsoTime.nullable(),
  })
  .meta({ id: 'Allocation' })

const Released = z
  .strictObject({
    job_id: JobId,
    depth: Depth.nullable(),
    released: z.boolean(),
    released_count: Count.meta({ description: 'Workers' }),
    message: z.string(),
  })
  .meta({ id: 'Released' })

const Usage = z
  .strictObject({
    usage: z.array(
      z.strictObject({
        depth: Depth,
        allocated: Count.meta({ description: 'Workers' }),
        available: Count,
        allocated_workers: Count,
        max_workers: Count,
        active_jobs: Count.meta({ description: 'Jobs that hold workers' }),
        max_concurrent_jobs: Count,
        warning: z.boolean().meta({ description: 'From 80 percent on' }),
        critical: z.boolean().meta({ description: 'From 90 percent on' }),
      }),
    ),
  })
  .meta({ id: 'Usage' })

const reads = { tag: 'resources', access: 'resources:read', method: 'get', query: TenantQuery } as const
const writes = { tag: 'resources', access: 'resources:write', method: 'post' } as const

export const RESOURCE_ROUTES = {
  getQuotas: {
    ...reads,
    path: '/resources/quotas',
    operation: 'getQuotas',
    summary: 'Show the quotas',
    description: 'How many workers, and how many jobs that hold any, a tenant may have at each depth.',
    answers: { 200: Quotas },
    problems: ['NOT_FOUND'],
  },
  allocateResources: {
    ...writes,
    path: '/resources/allocate',
    operation: 'allocateResources',
    summary: 'Set workers aside for a job',
    description:
      'All that are asked for or none; with allow_partial as many as are free, if any. What a job holds adds up. It is given back by a release, and when the job ends.',
    body: AllocateBody,
    answers: { 201: Allocation },
    problems: ['NOT_FOUND', 'INSUFFICIENT_RESOURCES', 'INVALID_STATE_TRANSITION'],
  },
  releaseResources: {
    ...writes,
    path: '/resources/release',
    operation: 'releaseResources',
    summary: 'Give back what a job holds',
    description: 'All it holds at a depth, or at every depth.',
    body: ReleaseBody,
    answers: { 200: Released },
    problems: ['NOT_FOUND'],
  },
  getResourceUsage: {
    ...reads,
    path: '/resources/usage',
    operation: 'getResourceUsage',
    summary: 'Show what is in use',
    description: 'At each depth: what is held, what is free, and whether that is little.',
    answers: { 200: Usage },
    problems: ['NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
