import { z } from 'zod'

import { Slug } from './primitives.ts'
import { findCircularTasks } from './execution/task-graph.ts'

const Line = z.string().min(1).max(2_000)

/** Effort as minutes or hours, e.g. `90m`, `2h`. */
export const Effort = z.string().regex(/^[1-9]\d{0,3}[mh]$/, 'must be an effort such as 90m or 2h')

export const PlanTask = z.strictObject({
  id: Slug,
  title: Line,
  description: Line,
  deliverable: z.string().max(2_000),
  done_definition: Line,
  estimated_effort: Effort,
  depends_on: z.array(Slug),
})

export const PlanMilestone = z.strictObject({
  id: Slug,
  title: Line,
  purpose: Line,
  acceptance_criteria: z.array(Line),
  due_strategy: Line,
  order: z
    .int()
    .min(1)
    .meta({ override: { type: 'integer', minimum: 1 } }),
  tasks: z.array(PlanTask),
})

const PlanShape = z.strictObject({
  assignment_summary: z.strictObject({
    title: Line,
    objective: Line,
    success_definition: Line,
    hard_constraints: z.array(Line),
    grading_signals: z.array(Line),
  }),
  milestones: z.array(PlanMilestone).min(1),
  risks: z.array(z.strictObject({ risk: Line, impact: Line, mitigation: Line })),
  submission_strategy: z.strictObject({
    final_checklist: z.array(Line),
    quality_bar: Line,
    common_failure_modes: z.array(Line),
  }),
})

export type Plan = z.infer<typeof PlanShape>
export type PlanMilestone = z.infer<typeof PlanMilestone>
export type PlanTask = z.infer<typeof PlanTask>

function repeated(ids: readonly string[]): readonly string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index)
}

/** What makes a plan of the right shape still unfit: doubled ids, unknown dependencies, circles. One sentence each. */
export function findPlanFaults(plan: Pick<Plan, 'milestones'>): readonly string[] {
  const tasks = plan.milestones.flatMap((milestone) => milestone.tasks)
  const known = new Set(tasks.map((task) => task.id))
  const faults = [
    ...repeated(tasks.map((task) => task.id)).map((id) => `task id ${id} is used twice`),
    ...repeated(plan.milestones.map((milestone) => milestone.id)).map(
      (id) => `milestone id ${id} is used twice`,
    ),
    ...tasks.flatMap((task) =>
      task.depends_on
        .filter((need) => !known.has(need))
        .map((need) => `task ${task.id} depends on unknown task ${need}`),
    ),
  ]
  const circle = findCircularTasks(tasks)
  return circle.length > 0 ? [...faults, `circular dependencies between ${circle.join(', ')}`] : faults
}

/** The plan a student gets: these keys and no others, dependencies known and free of circles. */
export const Plan = PlanShape.superRefine((plan, context) => {
  for (const message of findPlanFaults(plan))
    context.addIssue({ code: 'custom', message, path: ['milestones'] })
}).meta({ id: 'Plan' })
