import type { Quantity, Requirement } from '../../contract/requirements.ts'
import type { Finding } from './finding.ts'
import { readNumbers, sameUse } from './read-numbers.ts'
import type { LinkedString, Sources } from './sources.ts'

const HARD = '/assignment_summary/hard_constraints'
// What a grade depends on may stand among the grading signals instead.
const GRADING = '/assignment_summary/grading_signals'
// Numbers are compared by value, but `one` is a pronoun more often than a number.
const ONE = /(?<![\p{L}\p{N}])(?:one|an?|single|1)(?![\p{L}\p{N}])/iu

function checkTargets({ links, strings, byId }: Sources): readonly Finding[] {
  const pointers = new Set(strings.map(({ pointer }) => pointer))
  return links.flatMap(({ pointer, requirement_ids }): readonly Finding[] => [
    ...(pointers.has(pointer)
      ? []
      : [
          {
            code: 'LINK_BROKEN' as const,
            pointer,
            severity: 'error' as const,
            message: 'A link points to a place the plan does not have.',
          },
        ]),
    ...requirement_ids
      .filter((id) => !byId.has(id))
      .map((id) => ({
        code: 'REQUIREMENT_UNKNOWN' as const,
        pointer,
        severity: 'error' as const,
        message: `A link names the requirement ${id}, which was never distilled.`,
      })),
  ])
}

/** The list a hard requirement has to stand in. */
export function homeOf({ kind }: Pick<Requirement, 'kind'>): string {
  return kind === 'grading' ? GRADING : HARD
}

function placesOf({ strings }: Sources, requirement: Requirement): readonly LinkedString[] {
  return strings.filter(({ requirements }) => requirements.includes(requirement))
}

function statedAt(places: readonly LinkedString[], requirement: Requirement): readonly LinkedString[] {
  const home = homeOf(requirement)
  return places.filter(({ pointer }) => pointer.startsWith(home) || pointer.startsWith(HARD))
}

/** Requirements no place of the plan answers, and hard ones that stand nowhere among the constraints. */
export function findMissing(sources: Sources): {
  readonly unplanned: readonly Requirement[]
  readonly unstated: readonly Requirement[]
} {
  const placed = sources.distilled.requirements.map((requirement) => ({
    requirement,
    places: placesOf(sources, requirement),
  }))
  const missing = (test: (one: (typeof placed)[number]) => boolean) =>
    placed.filter(test).map(({ requirement }) => requirement)
  return {
    unplanned: missing(({ places }) => places.length === 0),
    unstated: missing(
      ({ requirement, places }) =>
        requirement.hard && places.length > 0 && statedAt(places, requirement).length === 0,
    ),
  }
}

function checkQuantities(sources: Sources, requirement: Requirement): readonly Finding[] {
  const criteria = new Set(sources.context.rubric?.criteria.map(({ id }) => id))
  // The rubric is told as Canvas has it, points and all.
  if (requirement.kind === 'grading' && criteria.has(requirement.criterion_id ?? '')) return []
  const stated = statedAt(placesOf(sources, requirement), requirement)
  const [first] = stated
  if (!requirement.hard || first === undefined) return []
  const said = stated.flatMap(({ text }) => readNumbers(text))
  const saysOne = stated.some(({ text }) => ONE.test(text))
  const isLost = ({ text, value }: Quantity) =>
    value === 1 ? !saysOne : readNumbers(text).some((number) => !said.some((other) => sameUse(number, other)))
  return requirement.quantities.filter(isLost).map(({ text }) => ({
    code: 'QUANTITY_NOT_STATED',
    pointer: first.pointer,
    severity: 'error',
    message: `The constraint leaves out or changes “${text}”.`,
  }))
}

/** Every requirement has its place in the plan, and a hard one stands among the constraints with its numbers. */
function checkRequirements(sources: Sources): readonly Finding[] {
  const { unplanned, unstated } = findMissing(sources)
  return [
    ...unplanned.map(({ statement }): Finding => ({
      code: 'REQUIREMENT_NOT_PLANNED',
      pointer: '',
      severity: 'error',
      message: `No place of the plan answers: ${statement}`,
    })),
    ...unstated.map(({ statement }): Finding => ({
      code: 'HARD_REQUIREMENT_NOT_STATED',
      pointer: HARD,
      severity: 'error',
      message: `Missing among the hard constraints: ${statement}`,
    })),
    ...sources.distilled.requirements.flatMap((requirement) => checkQuantities(sources, requirement)),
  ]
}

/** A task without a requirement may still be work on the way; it is named, not blamed. */
function checkTasks({ plan, strings }: Sources): readonly Finding[] {
  const linked = strings.filter(({ requirements }) => requirements.length > 0)
  return plan.milestones.flatMap((milestone, index) =>
    milestone.tasks.flatMap((task, place): readonly Finding[] => {
      const pointer = `/milestones/${index}/tasks/${place}`
      if (linked.some((string) => string.pointer.startsWith(`${pointer}/`))) return []
      return [
        {
          code: 'TASK_WITHOUT_REQUIREMENT',
          pointer,
          severity: 'info',
          message: `“${task.title}” answers no requirement: work on the way.`,
        },
      ]
    }),
  )
}

/** Both ways between requirements and plan: nothing asked is left out, no link leads nowhere. */
export function checkLinks(sources: Sources): readonly Finding[] {
  return [...checkTargets(sources), ...checkRequirements(sources), ...checkTasks(sources)]
}
