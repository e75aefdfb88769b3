import { toSlug } from '../../../contract/slug.ts'
import type { Brief } from '../offline/draft/brief.ts'
import { weightOfPoints } from '../offline/draft/effort.ts'
import { OPENING } from '../offline/draft/genres/opening.ts'
import type { MilestoneTemplate, TaskTemplate } from '../offline/draft/template.ts'
import { findSubjects } from '../offline/draft/topics.ts'
import type { DraftAnswer } from '../prompts/draft/1.1.0.ts'

type Task = DraftAnswer['milestones'][number]['tasks'][number]

const CHOOSE = 'choose-option'
const ASK = 'ask-instructor'
const [SHORTEST, LONGEST] = [5, 480]

/** The task in which the student chooses between options, by the id the model gave it; undefined when it gave none. */
function chooser({ choices }: Brief, tasks: readonly Task[]): string | undefined {
  const options = new Set(choices.flatMap(({ options: all }) => all.map(({ id }) => id)))
  return tasks.find(({ requirement_ids }) => requirement_ids.some((id) => options.has(id)))?.id
}

/** Names of tasks as the plan has them: the choice has its own, and nothing else may bear those the rules know. */
function namesOf(brief: Brief, tasks: readonly Task[]): (id: string) => string {
  const choosing = chooser(brief, tasks)
  return (id) => {
    if (id === choosing) return CHOOSE
    const slug = toSlug(id)
    return slug === CHOOSE || slug === ASK ? `${slug}-yourself` : slug
  }
}

/** Tasks the rules add: asking what stands open, and choosing where the model planned no choice. */
function added({ occasion }: Brief, first: string, hasChoice: boolean): readonly TaskTemplate[] {
  const wanted = OPENING.filter(({ id }) => id === ASK || (id === CHOOSE && !hasChoice))
  return wanted.filter(({ when }) => when?.(occasion) ?? true).map((task) => ({ ...task, after: [first] }))
}

/**
 * The model's milestones as the templates the rules plan with: requirements, dates and counts are hung on them later.
 * What is wrong with ids or order is found when the plan is checked.
 */
export function readWayOfWorking(answer: DraftAnswer, brief: Brief): readonly MilestoneTemplate[] {
  const tasks = answer.milestones.flatMap((milestone) => milestone.tasks)
  const nameOf = namesOf(brief, tasks)
  // The rules weigh their usual times by the points; the model has seen the points already.
  const weight = weightOfPoints(brief.context.assignment.points_possible)
  const read = ({ id, title, what, deliverable, done, minutes, depends_on }: Task): TaskTemplate => ({
    id: nameOf(id),
    title,
    what,
    deliverable: deliverable.replace(/[.\s]+$/, ''),
    done,
    minutes: () => Math.min(Math.max(minutes, SHORTEST), LONGEST) / weight,
    after: [...new Set(depends_on.map(nameOf))],
    takes: findSubjects(`${title} ${what}`),
  })
  const extra = added(brief, nameOf(tasks[0]?.id ?? ''), chooser(brief, tasks) !== undefined)
  return answer.milestones.map((milestone, index) => {
    const [first, ...others] = milestone.tasks.map(read)
    const own = first === undefined ? [] : [first, ...(index === 0 ? extra : []), ...others]
    return { id: toSlug(milestone.id), title: milestone.title, purpose: milestone.purpose, tasks: own }
  })
}

/** The tasks of an answer in order, each with the id the plan gives it. */
export function nameTasks(answer: DraftAnswer, brief: Brief): readonly (Task & { readonly slug: string })[] {
  const tasks = answer.milestones.flatMap((milestone) => milestone.tasks)
  const nameOf = namesOf(brief, tasks)
  return tasks.map((task) => ({ ...task, slug: nameOf(task.id) }))
}
