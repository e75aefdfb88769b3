import type { Requirement } from '../../../../contract/requirements.ts'
import { toSlug } from '../../../../contract/slug.ts'
import type { GenreTemplate, TaskTemplate } from './template.ts'
import { findSubjects, type Topic } from './topics.ts'

/** An order of work that the instructions state: one thing is made before another. */
export interface Order {
  readonly requirement: Requirement
  /** What is made first, without article. */
  readonly first: string
  readonly second: string
}

/** An order the usual way of working does not keep, with a task of its own for what comes first. */
export interface KeptOrder {
  readonly taskId: string
  /** What is met in it. */
  readonly requirements: readonly Requirement[]
  /** Whether what it makes are tests, so that what goes on about them belongs to it. */
  readonly tests: boolean
}

const MAKES =
  'write|make|draw|design|build|create|draft|outline|complete|finish|collect|measure|sketch|prepare|implement|code'
const THING = String.raw`(?:[\p{L}\d-]+ ){0,3}[\p{L}\d-]+`
const ARTICLE = '(?:the |your |an? |any |all (?:the |your )?)?'
const BEFORE = new RegExp(
  String.raw`^(?:please |always )?(?:${MAKES}) ${ARTICLE}(?<first>${THING}) before (?:you )?(?:(?:start |begin )?(?:${MAKES})(?:ing)? (?:on |with )?)?${ARTICLE}(?<second>${THING})$`,
  'iu',
)
// What names a thing of programs without saying which.
const GENERAL = new Set('code part program section work file feature anything'.split(' '))
const LONGEST_ID = 40

const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).filter((word) => !GENERAL.has(word))

/** The orders of work that requirements state, e.g. “Write the crash test before the recovery code”. */
export function readOrders(requirements: readonly Requirement[]): readonly Order[] {
  return requirements.flatMap((requirement) => {
    const { first, second } = BEFORE.exec(requirement.statement.replace(/\.$/, ''))?.groups ?? {}
    const isOrder = requirement.modality === 'must' || requirement.modality === 'should'
    return isOrder && first !== undefined && second !== undefined ? [{ requirement, first, second }] : []
  })
}

function taking(tasks: readonly TaskTemplate[], topics: readonly Topic[]): TaskTemplate | undefined {
  const topic = topics.find((each) => tasks.some(({ takes }) => takes.includes(each)))
  return topic === undefined ? undefined : tasks.find(({ takes }) => takes.includes(topic))
}

/** The task that makes a thing: the part of the brief it is named for, else the one that takes what it is about. */
function makerOf(thing: string, tasks: readonly TaskTemplate[]): TaskTemplate | undefined {
  const words = wordsOf(thing)
  const named = tasks.find(({ id, title }) => {
    const own = new Set(wordsOf(title))
    return id.startsWith('build-') && words.some((word) => own.has(word))
  })
  return named ?? taking(tasks, findSubjects(thing))
}

/** Whether a task waits for another, over however many between. */
function waitsFor(tasks: readonly TaskTemplate[], late: string, early: string): boolean {
  const after = tasks.find(({ id }) => id === late)?.after ?? []
  return after.includes(early) || after.some((id) => waitsFor(tasks, id, early))
}

/** What speaks of a thing by its whole name: “A crash test that kills the program”. */
function speaksOf(requirement: Requirement, thing: string): boolean {
  return wordsOf(thing).length > 0 && requirement.statement.toLowerCase().includes(thing.toLowerCase())
}

function firstTask({ first, second }: Order, id: string, waits: readonly string[]): TaskTemplate {
  return {
    id,
    title: `First the ${first}`,
    what: `The instructions want it before the ${second}: make it now, and see that it fails while the ${second} is missing.`,
    deliverable: `The ${first}, before the ${second}`,
    done: `It stands, and you have seen what it says while the ${second} is missing.`,
    minutes: () => 45,
    after: waits,
    takes: [],
  }
}

function insertBefore(template: GenreTemplate, task: TaskTemplate, next: TaskTemplate): GenreTemplate {
  return {
    ...template,
    milestones: template.milestones.map((milestone) => ({
      ...milestone,
      tasks: milestone.tasks.flatMap((each) =>
        each.id === next.id ? [task, { ...each, after: [task.id] }] : [each],
      ),
    })),
  }
}

/**
 * A template that keeps the orders of work the instructions state: where the usual way would make the first thing after
 * the other, or beside it, it is a task of its own that the other waits for. Orders of things no task makes stay demands.
 */
export function withOrders(
  template: GenreTemplate,
  requirements: readonly Requirement[],
): { readonly template: GenreTemplate; readonly kept: readonly KeptOrder[] } {
  let ordered = template
  const kept: KeptOrder[] = []
  for (const order of readOrders(requirements)) {
    const tasks = ordered.milestones.flatMap((milestone) => milestone.tasks)
    const maker = makerOf(order.first, tasks)
    const next = makerOf(order.second, tasks)
    const id = `first-${toSlug(order.first, LONGEST_ID)}`
    if (maker === undefined || next === undefined || tasks.some((task) => task.id === id)) continue
    if (waitsFor(tasks, next.id, maker.id)) continue
    ordered = insertBefore(ordered, firstTask(order, id, next.after), next)
    const own = requirements.filter((one) => one === order.requirement || speaksOf(one, order.first))
    kept.push({ taskId: id, requirements: own, tests: maker.takes.includes('tests') })
  }
  return { template: ordered, kept }
}
