import type { GenreTemplate, MilestoneTemplate, Occasion, TaskTemplate } from './template.ts'

type Tasks = readonly TaskTemplate[]

/** Dependencies without those another dependency already waits for. */
function withoutDetours(tasks: Tasks): (task: TaskTemplate) => TaskTemplate {
  const direct = new Map(tasks.map(({ id, after }) => [id, after]))
  const behind = (id: string): readonly string[] =>
    (direct.get(id) ?? []).flatMap((need) => [need, ...behind(need)])
  return (task) => {
    const implied = new Set(task.after.flatMap(behind))
    return { ...task, after: task.after.filter((id) => !implied.has(id)) }
  }
}

/** The milestones of a template with only the tasks this occasion calls for; dependencies skip what is left out. */
export function selectTasks(template: GenreTemplate, occasion: Occasion): readonly MilestoneTemplate[] {
  const wanted = (task: TaskTemplate) => task.when?.(occasion) ?? true
  const all = template.milestones.flatMap(({ tasks }) => tasks)
  const kept = new Set(all.filter(wanted).map(({ id }) => id))
  const left = new Map(all.filter(({ id }) => !kept.has(id)).map(({ id, after }) => [id, after]))
  const bridge = (id: string): readonly string[] =>
    kept.has(id) ? [id] : (left.get(id) ?? []).flatMap(bridge)

  const bridged = (task: TaskTemplate) => ({ ...task, after: [...new Set(task.after.flatMap(bridge))] })
  const simplify = withoutDetours(all.filter(wanted).map(bridged))
  return template.milestones
    .map((milestone) => ({
      ...milestone,
      tasks: milestone.tasks.filter(wanted).map((task) => simplify(bridged(task))),
    }))
    .filter(({ tasks }) => tasks.length > 0)
}
