import { z } from 'zod'

import { PlanMilestone, PlanTask } from './plan.ts'
import { Count, IsoTime } from './primitives.ts'
import { RequestId } from './request-id.ts'

export const MARK_STATES = ['todo', 'doing', 'done'] as const
export const MarkState = z.enum(MARK_STATES)

export const MarkBody = z.strictObject({ state: MarkState, request_id: RequestId }).meta({ id: 'MarkBody' })

const tally = { done_tasks: Count, total_tasks: Count }
const marked = {
  state: MarkState,
  updated_at: IsoTime.nullable().meta({ description: 'When it was marked last; null when it never was' }),
}

const TaskProgress = z.strictObject({ ...PlanTask.pick({ id: true, title: true }).shape, ...marked })

const MilestoneProgress = z.strictObject({
  ...PlanMilestone.pick({ id: true, title: true, order: true }).shape,
  ...marked,
  ...tally,
  tasks: z.array(TaskProgress),
})

/** How far a student is with the plan of one generation. */
export const PlanProgress = z
  .strictObject({
    generation: Count,
    version: Count.meta({
      override: { type: 'integer', minimum: 0 },
      description: 'Rises with every change',
    }),
    ...tally,
    milestones: z.array(MilestoneProgress),
  })
  .meta({ id: 'PlanProgress' })

export type MarkState = z.infer<typeof MarkState>
export type PlanProgress = z.infer<typeof PlanProgress>
export type MilestoneProgress = z.infer<typeof MilestoneProgress>
