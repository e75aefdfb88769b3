import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import type { Requirement } from '../../../../contract/requirements.ts'
import type { Brief } from './brief.ts'
import type { TaskTemplate } from './template.ts'
import { findSubjects, topicsOf, type Topic } from './topics.ts'

type Criterion = NonNullable<CanvasContext['rubric']>['criteria'][number]

/** What the plan hangs on each task: requirements to meet and criteria to serve, by task id. */
export interface Attachments {
  readonly requirements: ReadonlyMap<string, readonly Requirement[]>
  readonly criteria: ReadonlyMap<string, readonly Criterion[]>
}

// The opening is for understanding and the close for checking: a criterion is met in between.
const NO_PLACE_FOR_CRITERIA = new Set([
  'read-instructions',
  'ask-instructor',
  'choose-option',
  'agree-roles',
  'final-check',
  'hand-in',
  'set-up-document',
])

const CATCH_ALL = 'read-instructions'

function firstTaking(tasks: readonly TaskTemplate[], topics: readonly Topic[]): string | undefined {
  for (const topic of topics) {
    const task = tasks.find(({ takes }) => takes.includes(topic))
    if (task !== undefined) return task.id
  }
  return undefined
}

function taskOfCriterion(criterion: Criterion, tasks: readonly TaskTemplate[], main: string): string {
  const places = tasks.filter(({ id }) => !NO_PLACE_FOR_CRITERIA.has(id))
  const named = firstTaking(places, findSubjects(criterion.description))
  return named ?? firstTaking(places, findSubjects(criterion.long_description ?? '')) ?? main
}

// How it is graded stands among the grading signals; only a criterion is also something to meet.
function isWork({ kind, criterion_id }: Requirement): boolean {
  return kind !== 'grading' || criterion_id !== null
}

/** Finds a task for every requirement of the work and for every rubric criterion; what no task takes goes to the main one. */
export function attach(brief: Brief, tasks: readonly TaskTemplate[]): Attachments {
  const { main } = brief.template
  const criteria = brief.context.rubric?.criteria ?? []
  const placeOf = new Map(
    criteria.map((criterion) => [criterion.id, taskOfCriterion(criterion, tasks, main)]),
  )
  // Reading the instructions takes what no other task takes; a group's tasks come before it.
  const places = [
    ...tasks.filter(({ id }) => id !== CATCH_ALL),
    ...tasks.filter(({ id }) => id === CATCH_ALL),
  ]
  const built = new Map(
    brief.features.flatMap(({ taskId, requirements }) => requirements.map(({ id }) => [id, taskId])),
  )
  const place = (requirement: Requirement): string =>
    built.get(requirement.id) ??
    placeOf.get(requirement.criterion_id ?? '') ??
    firstTaking(places, topicsOf(requirement)) ??
    main
  return {
    requirements: Map.groupBy(brief.requirements.filter(isWork), place),
    criteria: Map.groupBy(criteria, (criterion) => placeOf.get(criterion.id) ?? main),
  }
}
