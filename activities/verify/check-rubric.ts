import type { Finding } from './finding.ts'
import type { Sources } from './sources.ts'

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const TASK = /^\/milestones\/\d+\/tasks\/\d+\/(?:title|description|done_definition)$/
const SIGNALS = '/assignment_summary/grading_signals'
const SIGNAL = /^\/assignment_summary\/grading_signals\//
// Long criteria are shortened in a task; their beginning identifies them.
const NAME_LENGTH = 80

type Criterion = NonNullable<Sources['context']['rubric']>['criteria'][number]

/**
 * Rubric criteria that no task names, and those that no grading signal names. A name of one word is one only as Canvas
 * writes it: `discussion` in a sentence names no criterion “Discussion”.
 */
export function findUnnamed({ context, strings }: Sources): {
  readonly byTasks: readonly Criterion[]
  readonly bySignals: readonly Criterion[]
} {
  const criteria = context.rubric?.criteria ?? []
  const unnamed = (place: RegExp) => {
    const texts = strings.filter(({ pointer }) => place.test(pointer)).map(({ text }) => text)
    const said = texts.join('\n')
    const folded = fold(said)
    return criteria.filter(({ description }) => {
      const name = fold(description).slice(0, NAME_LENGTH)
      return name.includes(' ') ? !folded.includes(name) : !said.includes(description.trim())
    })
  }
  return { byTasks: unnamed(TASK), bySignals: unnamed(SIGNAL) }
}

function notCovered({ description }: Criterion, pointer: string, where: string): Finding {
  const message = `The rubric criterion “${description}” is named by no ${where}.`
  return { code: 'CRITERION_NOT_COVERED', pointer, severity: 'error', message }
}

/** Every rubric criterion is named by a task and among the grading signals; points that do not add up are told. */
export function checkRubric(sources: Sources): readonly Finding[] {
  const { rubric, assignment } = sources.context
  if (rubric === null) return []
  const { byTasks, bySignals } = findUnnamed(sources)
  const missing = [
    ...byTasks.map((criterion) => notCovered(criterion, '/milestones', 'task')),
    ...bySignals.map((criterion) => notCovered(criterion, SIGNALS, 'grading signal')),
  ]
  const points = rubric.criteria.flatMap((criterion) => criterion.points ?? [])
  const total = points.reduce((sum, part) => sum + part, 0)
  const worth = assignment.points_possible
  if (points.length === 0 || worth === null || Math.abs(total - worth) < 0.01) return missing
  const message = `The rubric adds up to ${total} points, Canvas gives ${worth}.`
  return [...missing, { code: 'RUBRIC_SUM_DIFFERS', pointer: SIGNALS, severity: 'info', message }]
}
