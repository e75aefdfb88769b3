import type { CanvasContext } from '../contract/canvas-context.ts'

type Fact = readonly [label: string, value: string | number | null | undefined]

function lines(facts: readonly Fact[]): string {
  return facts
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n')
}

/** What Canvas itself knows of the assignment, as lines that can be quoted like any other document. */
export function describeFacts({ assignment, course }: CanvasContext): string {
  return lines([
    ['Title', assignment.title],
    ['Course', course.name],
    ['Due', assignment.due_at],
    ['Available from', assignment.unlock_at],
    ['Available until', assignment.lock_at],
    ...assignment.checkpoints.map((checkpoint): Fact => [`Due (${checkpoint.tag})`, checkpoint.due_at]),
    ['Points', assignment.points_possible],
    ['Grading', assignment.grading_type],
    ['Submission types', assignment.submission_types.join(', ')],
    ['Accepted file types', assignment.allowed_extensions.join(', ')],
    ['Allowed attempts', assignment.allowed_attempts],
    ['Group work', assignment.group ? 'yes' : null],
    ['Peer reviews', assignment.peer_reviews ? 'yes' : null],
  ])
}

/** The rubric as text, one criterion a paragraph with its ratings below; empty when there is none. */
export function describeRubric({ rubric }: CanvasContext): string {
  if (rubric === null) return ''
  return rubric.criteria
    .map(({ description, long_description, points, ratings }) => {
      const head = points === null ? description : `${description} (${points} points)`
      const levels = ratings.map((rating) => {
        const words = [rating.description, rating.long_description].filter(
          (part) => part !== null && part !== '',
        )
        return `- ${rating.points === null ? '' : `${rating.points}: `}${words.join('. ')}`
      })
      return [head, long_description ?? '', ...levels].filter((line) => line !== '').join('\n')
    })
    .join('\n\n')
}
