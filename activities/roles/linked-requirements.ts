import type { DerivedTask } from '../../contract/masterplan/derived-plan.ts'
import { nameOf } from '../../contract/masterplan/derive-phases.ts'
import type { ModelSteps } from '../llm/port.ts'

type Draft = ModelSteps['draft']['output']
type Task = Pick<DerivedTask, 'slug' | 'name' | 'task_type' | 'validation'>

/** Where in the plan a task of its masterplan comes from, as beginnings of JSON pointers. */
function placesOf({ milestones, risks, submission_strategy }: Draft['plan'], task: Task): readonly string[] {
  if (task.task_type === 'settle_risk')
    return risks.flatMap(({ risk }, at) => (nameOf(risk) === task.name ? [`/risks/${at}/`] : []))
  if (task.task_type === 'final_check')
    return submission_strategy.final_checklist.flatMap((line, at) =>
      task.validation.some(({ text }) => text === line)
        ? [`/submission_strategy/final_checklist/${at}/`]
        : [],
    )
  return milestones.flatMap(({ tasks }, at) =>
    tasks.flatMap(({ id }, index) => (id === task.slug ? [`/milestones/${at}/tasks/${index}/`] : [])),
  )
}

/** Ids of the requirements that a task answers, a risk rests on or a check holds, as the draft says; empty where it does not. */
export function linkedRequirements({ plan, links }: Draft, task: Task): readonly string[] {
  const places = placesOf(plan, task)
  const own = links.filter(({ pointer }) => places.some((place) => `${pointer}/`.startsWith(place)))
  return [...new Set(own.flatMap(({ requirement_ids }) => requirement_ids))]
}
