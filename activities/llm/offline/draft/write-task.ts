import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import type { Requirement } from '../../../../contract/requirements.ts'
import type { Brief, Choice } from './brief.ts'
import { formatPoints } from './canvas-lines.ts'
import { formatEffort } from './effort.ts'
import { clip, type Grounded, type GroundedTask } from './grounded.ts'
import { asLine } from './restate.ts'
import type { TaskTemplate } from './template.ts'

type Criterion = NonNullable<CanvasContext['rubric']>['criteria'][number]

export interface TaskParts {
  readonly task: TaskTemplate
  readonly minutes: number
  readonly requirements: readonly Requirement[]
  readonly criteria: readonly Criterion[]
}

const MAX_STATEMENT = 400
const MAX_LIST = 1_500
const MOST_COUNTED = 6

/** Statements as a list, as many as fit a line of the plan, and how many of them those are. */
function listOf(statements: readonly string[]): { readonly text: string; readonly shown: number } {
  let text = ''
  for (const [shown, statement] of statements.entries()) {
    const line = `\n- ${clip(statement, MAX_STATEMENT)}`
    if (text.length + line.length > MAX_LIST)
      return { text: `${text}\n- and more: see the final checklist`, shown }
    text += line
  }
  return { text, shown: statements.length }
}

/** What a task says in its list: a requirement that only names a criterion is said in the definition of done. */
function namedOf(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.filter(({ kind, criterion_id }) => kind !== 'grading' || criterion_id === null)
}

/** The requirements of a task its description has no room for; the final checklist holds them. */
export function leftOver({ requirements }: TaskParts): readonly Requirement[] {
  const named = namedOf(requirements)
  return named.slice(listOf(named.map(asLine)).shown)
}

function openMatters({ questions, dates, deadline }: Brief): readonly string[] {
  return [
    ...dates.conflicts.map(
      ({ date: { text } }) => `Which date counts? The text says “${clip(text, 120)}”, Canvas says otherwise.`,
    ),
    ...(deadline.kind === 'late' || deadline.kind === 'passed'
      ? ['Is late work still accepted, and at what cost?']
      : []),
    ...questions,
  ]
}

function describeChoice({ options }: Choice): string {
  return `\nChoose one of:${listOf(options.map(asLine)).text}`
}

/** What a task says beyond its template, and the requirements that stand behind it. */
function describe(brief: Brief, { task, requirements }: TaskParts): Grounded {
  const ids = requirements.map(({ id }) => id)
  if (task.id === 'ask-instructor')
    return { text: `${task.what} Ask:${listOf(openMatters(brief)).text}`, from: ids }
  if (task.id === 'choose-option') {
    const options = brief.choices.flatMap((choice) => choice.options.map(({ id }) => id))
    return { text: task.what + brief.choices.map(describeChoice).join(''), from: [...ids, ...options] }
  }
  const named = namedOf(requirements)
  const asked = named.length > 0 ? `\nThe instructions ask here:${listOf(named.map(asLine)).text}` : ''
  return { text: task.what + asked, from: named.map(({ id }) => id) }
}

// Their figures say how work is graded or when, not how much of it there is.
const NOT_COUNTED = new Set<Requirement['kind']>(['grading', 'deadline', 'policy', 'submission'])

// What can be counted in a finished work; bytes and seconds are for its tests to measure.
const COUNTABLE =
  /^(?:words?|pages?|paragraphs?|sentences|characters|slides?|minutes?|sources?|articles?|books?|references?|citations?|titles|papers|texts|entries|annotations?|figures?|tables?|charts?|maps?|images?|examples?|quotations?|tests?|cases|findings|posts?|replies|people|questions|parts|sections|files?|visits|interviews|MB|GB|KB|%|percent|pt|inches)$/i
// Minutes that pass on the way are in no finished work.
const WAITS = /\bwait(?:ing)? (?:for )?(?:at least )?\d/iu
const BOUNDS = { exact: '', range: '', at_least: 'at least ', at_most: 'at most ', about: 'about ' } as const

const singular = (unit: string): string => unit.replace(/ies$/, 'y').replace(/(?<=ch|sh|x)es$|s$/, '')

/** Quantities to be counted, as the source writes them, each with its unit. */
export function countedOf(requirements: readonly Requirement[]): readonly string[] {
  const counted = requirements.filter(
    ({ hard, kind, statement }) => hard && !NOT_COUNTED.has(kind) && !WAITS.test(statement),
  )
  const quantities = counted
    .flatMap((requirement) => requirement.quantities)
    .filter(({ unit, text }) => COUNTABLE.test(unit) || (unit === '' && /\p{L}/u.test(text)))
  const said = quantities.map(({ text, unit, value, upper, bound }) => {
    const bounded = /^(?:at |no |about|up to|max|min|between)/i.test(text) ? '' : BOUNDS[bound]
    const named =
      unit === '' ||
      (unit === 'pt' && /point|pt/i.test(text)) ||
      text.toLowerCase().includes(unit.toLowerCase().replace(/e?s$/, ''))
    const one = value === 1 && upper === null
    return named ? `${bounded}${text.trim()}` : `${bounded}${text.trim()} ${one ? singular(unit) : unit}`
  })
  return [...new Set(said)]
}

/** `“Thesis” (20 points)`. */
export function nameCriterion({ description, points }: Criterion): string {
  return points === null ? `“${description}”` : `“${description}” (${formatPoints(points)})`
}

function defineDone({ task, requirements, criteria }: TaskParts): Grounded {
  const counted = countedOf(requirements).slice(0, MOST_COUNTED).join('; ')
  const rubric = criteria.map((criterion) =>
    nameCriterion({ ...criterion, description: clip(criterion.description, 160) }),
  )
  const restating = new Set(criteria.map(({ id }) => id))
  return {
    text: [
      task.done,
      ...(counted === '' ? [] : [`Counted against the instructions: ${counted}.`]),
      ...(rubric.length > 0 ? [`You can show where it serves the rubric: ${rubric.join(', ')}.`] : []),
    ].join(' '),
    from: requirements
      .filter(
        ({ hard, quantities, criterion_id }) =>
          (hard && quantities.length > 0) || restating.has(criterion_id ?? ''),
      )
      .map(({ id }) => id),
  }
}

/** A task of the plan: the template's words with the requirements and criteria that belong to it. */
export function writeTask(brief: Brief, parts: TaskParts): GroundedTask {
  const { task, minutes } = parts
  return {
    id: task.id,
    title: task.title,
    description: describe(brief, parts),
    deliverable: task.deliverable,
    done_definition: defineDone(parts),
    estimated_effort: formatEffort(minutes),
    depends_on: task.after,
  }
}
