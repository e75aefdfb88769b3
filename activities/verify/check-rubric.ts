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
const SIGNAL = /^\/assignment_summary\/grading_signals\//
// Long criteria are shortened in a task; their beginning identifies them.
const NAME_LENGTH = 80

/** Every rubric criterion is named by a task and among the grading signals; points that do not add up are told. */
export function checkRubric({ context, strings }: Sources): readonly Finding[] {
  const { rubric, assignment } = context
  if (rubric === null) return []
  const tasks = fold(
    strings
      .filter(({ pointer }) => TASK.test(pointer))
      .map(({ text }) => text)
      .join('\n'),
  )
  const signals = fold(
    strings
      .filter(({ pointer }) => SIGNAL.test(pointer))
      .map(({ text }) => text)
      .join('\n'),
  )
  const missing = rubric.criteria.flatMap(({ description }): readonly Finding[] => {
    const name = fold(description).slice(0, NAME_LENGTH)
    const message = (where: string) => `The rubric criterion “${description}” is named by no ${where}.`
    return [
      ...(tasks.includes(name)
        ? []
        : [
            {
              code: 'CRITERION_NOT_COVERED' as const,
              pointer: '/milestones',
              severity: 'error' as const,
              message: message('task'),
            },
          ]),
      ...(signals.includes(name)
        ? []
        : [
            {
              code: 'CRITERION_NOT_COVERED' as const,
              pointer: '/assignment_summary/grading_signals',
              severity: 'error' as const,
              message: message('grading signal'),
            },
          ]),
    ]
  })
  const points = rubric.criteria.flatMap((criterion) => criterion.points ?? [])
  const total = points.reduce((sum, part) => sum + part, 0)
  const worth = assignment.points_possible
  if (points.length === 0 || worth === null || Math.abs(total - worth) < 0.01) return missing
  const message = `The rubric adds up to ${total} points, Canvas gives ${worth}.`
  return [
    ...missing,
    { code: 'RUBRIC_SUM_DIFFERS', pointer: '/assignment_summary/grading_signals', severity: 'info', message },
  ]
}
