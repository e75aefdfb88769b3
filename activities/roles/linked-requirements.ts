import type { ModelSteps } from '../llm/port.ts'

/** Ids of the requirements that a task of a drafted plan answers, as the links of the draft say; empty where none do. */
export function linkedRequirements(
  { plan, links }: ModelSteps['draft']['output'],
  task_slug: string,
): readonly string[] {
  const pointers = plan.milestones.flatMap(({ tasks }, at) =>
    tasks.flatMap(({ id }, index) => (id === task_slug ? [`/milestones/${at}/tasks/${index}/`] : [])),
  )
  const own = links.filter(({ pointer }) => pointers.some((task) => pointer.startsWith(task)))
  return [...new Set(own.flatMap(({ requirement_ids }) => requirement_ids))]
}
