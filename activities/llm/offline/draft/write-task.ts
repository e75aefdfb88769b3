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

/** Statements as a list, as many as fit a line of the plan. */
function listOf(statements: readonly string[]): string {
  let list = ''
  for (const statement of statements) {
    const line = `\n- ${clip(statement, MAX_STATEMENT)}`
    if (list.length + line.length > MAX_LIST) return `${list}\n- and more: see the final checklist`
    list += line
  }
  return list
}

function openMatters({ questions, dates, deadline }: Brief): readonly string[] {
  return [
    ...dates.conflicts.map(
      ({ text }) => `Which date counts? The text says “${clip(text, 120)}”, Canvas says otherwise.`,
    ),
    ...(deadline.kind === 'late' || deadline.kind === 'passed'
      ? ['Is late work still accepted, and at what cost?']
      : []),
    ...questions,
  ]
}

function describeChoice({ options }: Choice): string {
  return `\nChoose one of:${listOf(options.map(asLine))}`
}

/** What a task says beyond its template, and the requirements that stand behind it. */
function describe(brief: Brief, { task, requirements }: TaskParts): Grounded {
  const ids = requirements.map(({ id }) => id)
  if (task.id === 'ask-instructor')
    return { text: `${task.what} Ask:${listOf(openMatters(brief))}`, from: ids }
  if (task.id === 'choose-option') {
    const options = brief.choices.flatMap((choice) => choice.options.map(({ id }) => id))
    return { text: task.what + brief.choices.map(describeChoice).join(''), from: [...ids, ...options] }
  }
  // A requirement that only names a criterion is said in the definition of done.
  const named = requirements.filter(({ kind, criterion_id }) => kind !== 'grading' || criterion_id === null)
  const asked = named.length > 0 ? `\nThe instructions ask here:${listOf(named.map(asLine))}` : ''
  return { text: task.what + asked, from: named.map(({ id }) => id) }
}

// Their figures say how work is graded or when, not how much of it there is.
const NOT_COUNTED = new Set<Requirement['kind']>(['grading', 'deadline', 'policy', 'submission'])

/** Quantities to be counted, as the source writes them, each with its unit. */
export function countedOf(requirements: readonly Requirement[]): readonly string[] {
  const counted = requirements.filter(({ hard, kind }) => hard && !NOT_COUNTED.has(kind))
  const quantities = counted.flatMap((requirement) => requirement.quantities)
  const said = quantities.map(({ text, unit, value, upper }) => {
    const named =
      unit === '' ||
      (unit === 'pt' && /point|pt/i.test(text)) ||
      text.toLowerCase().includes(unit.toLowerCase().replace(/e?s$/, ''))
    const one = value === 1 && upper === null
    return named ? text.trim() : `${text.trim()} ${one ? unit.replace(/(?<=ch|sh|x)es$|s$/, '') : unit}`
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
