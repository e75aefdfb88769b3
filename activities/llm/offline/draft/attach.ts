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

const NEXT_SENTENCE = 3
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

const startOf = ({ evidence }: Requirement): number => evidence[0]?.start ?? 0
const documentOf = ({ evidence }: Requirement): string => evidence[0]?.document_id ?? ''

function byPlace(one: Requirement, other: Requirement): number {
  return documentOf(one).localeCompare(documentOf(other)) || startOf(one) - startOf(other)
}

/** Whether a requirement that names no subject begins where another ends: as the next sentence, or clause of the same. */
function goesOn(before: Requirement | null, after: Requirement): before is Requirement {
  if (before === null || !saysLittle(after)) return false
  const end = before.evidence[0]?.end ?? -Infinity
  return documentOf(before) === documentOf(after) && Math.abs(startOf(after) - end) <= NEXT_SENTENCE
}

const NEXT_ITEM = 12

/** Whether a requirement is the next of a list of what is to be prepared: nothing but a number stands between them. */
function goesOnList(before: Requirement | null, after: Requirement): before is Requirement {
  if (before === null || (after.kind !== 'content' && after.kind !== 'length')) return false
  const ends = before.evidence.map(({ document_id, end }) =>
    document_id === documentOf(after) ? (end ?? 0) : 0,
  )
  const gap = startOf(after) - Math.max(...ends)
  return gap >= 0 && gap <= NEXT_ITEM
}

const A_NAME = /\b\p{Lu}{1,3}\d{1,3}\b/gu
const SHOWN: ReadonlySet<Requirement['kind']> = new Set(['process', 'deadline', 'collaboration'])

/** What is shown on the way, “the encoder (R1 to R3)”, by the part of the work whose demand it names last. */
function shownWith({ features }: Brief, { kind, statement }: Requirement): string | undefined {
  if (!SHOWN.has(kind)) return undefined
  const partOf = (name: string) =>
    features.find(({ requirements }) => requirements.some((one) => one.statement.startsWith(`${name}: `)))
  return statement
    .match(A_NAME)
    ?.map(partOf)
    .findLast((feature) => feature !== undefined)?.taskId
}

// "The answers must agree" belongs to the test the sentence before it describes.
function saysLittle({ kind, statement }: Requirement): boolean {
  return (kind === 'content' || kind === 'method') && findSubjects(statement).length === 0
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
    [...brief.features, ...brief.orders].flatMap(({ taskId, requirements }) =>
      requirements.map(({ id }) => [id, taskId]),
    ),
  )
  const testing = [
    ...tasks.filter(({ takes }) => takes.includes('tests')).map(({ id }) => id),
    ...brief.orders.filter(({ tests }) => tests).map(({ taskId }) => taskId),
  ]
  const preparing = tasks.find(({ takes }) => takes.includes('preparation'))?.id
  const placed = new Map<string, string>()
  const work = brief.requirements.filter(isWork)
  let before: Requirement | null = null
  for (const requirement of work.toSorted(byPlace)) {
    const beside: string | undefined = goesOn(before, requirement) ? placed.get(before.id) : undefined
    const home =
      built.get(requirement.id) ??
      shownWith(brief, requirement) ??
      placeOf.get(requirement.criterion_id ?? '') ??
      testing.find((id) => id === beside) ??
      (goesOnList(before, requirement) && placed.get(before.id) === preparing ? preparing : undefined) ??
      firstTaking(places, topicsOf(requirement)) ??
      main
    placed.set(requirement.id, home)
    before = requirement
  }
  const place = ({ id }: Requirement): string => placed.get(id) ?? main
  return {
    requirements: Map.groupBy(work, place),
    criteria: Map.groupBy(criteria, (criterion) => placeOf.get(criterion.id) ?? main),
  }
}
