import type { FeedbackInput } from '../port.ts'
import { markWords } from './mark-data.ts'
import { renderData } from './prompt.ts'

type Criterion = NonNullable<FeedbackInput['context']['rubric']>['criteria'][number]

/** The criteria of the rubric under the names a model knows them by. */
export function nameCriteria({ context }: Pick<FeedbackInput, 'context'>): ReadonlyMap<string, Criterion> {
  return new Map((context.rubric?.criteria ?? []).map((criterion, index) => [`K${index + 1}`, criterion]))
}

// Without points: what a level is worth is no concern of feedback.
function describeCriterion([name, { description, long_description, ratings }]: readonly [
  string,
  Criterion,
]): string {
  const levels = ratings.map((rating) =>
    [rating.description, rating.long_description].filter(Boolean).join(': '),
  )
  return JSON.stringify({ name, description, long_description, levels })
}

function listRequirements({ distilled }: FeedbackInput): string {
  return distilled.requirements
    .map(({ id, kind, modality, statement }) => JSON.stringify({ id, kind, modality, statement }))
    .join('\n')
}

function describeMilestone({ milestone }: FeedbackInput): string {
  if (milestone === null) return 'The whole work.'
  const { title, purpose, acceptance_criteria, tasks } = milestone
  return JSON.stringify({
    title,
    purpose,
    acceptance_criteria,
    tasks: tasks.map((task) => task.done_definition),
  })
}

function listChecks({ checks }: FeedbackInput): string {
  return checks
    .map(({ rule, outcome, observation }) => JSON.stringify({ rule, outcome, observation }))
    .join('\n')
}

/** What a piece of work is held against, then the work: what many share first, so that a provider may keep it. */
export function renderWork(given: FeedbackInput, mark: string): readonly string[] {
  const { context, distilled, submission } = given
  const about = { title: context.assignment.title, genre: distilled.genre, objective: distilled.objective }
  return [
    renderData(mark, 'ASSIGNMENT', JSON.stringify(about)),
    renderData(mark, 'REQUIREMENTS', listRequirements(given)),
    renderData(mark, 'RUBRIC', [...nameCriteria(given)].map(describeCriterion).join('\n')),
    renderData(mark, 'MILESTONE', describeMilestone(given)),
    renderData(mark, 'CHECKS', listChecks(given)),
    renderData(mark, 'WORK', markWords(submission.text)),
  ]
}
