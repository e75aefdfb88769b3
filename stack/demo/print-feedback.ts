import type { FeedbackJob } from '../../contract/feedback-routes.ts'
import { wrapText } from './wrap-text.ts'

const STATUS = {
  met: 'met',
  partly_met: 'in part',
  not_met: 'not met',
  not_assessed: 'for people to judge',
} as const

const READINESS = {
  ready: 'Ready to hand in, as far as it can be told.',
  almost_ready: 'Almost ready.',
  not_ready: 'Not ready yet.',
} as const

const PARTS = [
  ['required_fixes', 'What has to change'],
  ['gaps', 'What is missing'],
  ['suggested_improvements', 'What could be clearer'],
  ['strengths', 'What works'],
  ['next_actions', 'What to do next'],
] as const

function printCriteria({ result }: FeedbackJob): readonly string[] {
  const scores = result?.scorecard.criterion_scores ?? []
  if (scores.length === 0) return []
  return [
    'Criterion by criterion',
    ...scores.flatMap(({ criterion, status, observation }) => [
      `  • ${criterion}: ${STATUS[status]}`,
      wrapText(observation, 6),
    ]),
    '',
  ]
}

/** Feedback as a student reads it in a terminal. */
export function printFeedback(job: FeedbackJob): string {
  const { result, error } = job
  if (result === null) return wrapText(error?.message ?? 'The feedback is not there yet.', 2)
  const parts = PARTS.flatMap(([part, title]) =>
    result[part].length === 0 ? [] : [title, ...result[part].map((line) => wrapText(line, 2, '• ')), ''],
  )
  return [READINESS[result.scorecard.overall_readiness], '', ...parts, ...printCriteria(job)]
    .join('\n')
    .trimEnd()
}
