import type { Plan } from '../../../contract/plan.ts'

/** The plan with its milestones counted through and without dependencies on tasks that are unknown or come later. */
export function mendOrder(plan: Plan): Plan {
  const placeOf = new Map(plan.milestones.flatMap(({ tasks }) => tasks).map(({ id }, index) => [id, index]))
  const isBefore = (need: string, id: string) => (placeOf.get(need) ?? Infinity) < (placeOf.get(id) ?? -1)
  return {
    ...plan,
    milestones: plan.milestones.map((milestone, index) => ({
      ...milestone,
      order: index + 1,
      tasks: milestone.tasks.map((task) => ({
        ...task,
        depends_on: task.depends_on.filter((need) => isBefore(need, task.id)),
      })),
    })),
  }
}
