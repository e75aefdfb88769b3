import type { CanvasContext } from '../contract/canvas-context.ts'
import { cutSpans } from './evidence/cut-spans.ts'
import { findSuspicious } from './llm/offline/distill/find-suspicious.ts'

type Rubric = NonNullable<CanvasContext['rubric']>
type Criterion = Rubric['criteria'][number]

const FIRST_LETTER = 65
const LETTERS = 26
// What a line of text needs none of: control characters, and marks that hide letters or turn them around.
const UNPRINTABLE = /\p{Cc}+|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu

/** One line of Canvas without what is addressed to a machine in it; empty when nothing else is left. */
function quiet(line: string): string {
  const orders = findSuspicious(line)
  const left = cutSpans(line, orders)
    .replaceAll(UNPRINTABLE, (found) => (/\p{Cc}/u.test(found) ? ' ' : ''))
    .replaceAll(/\s+/g, ' ')
    .trim()
  // What joined an order to the words before it goes with it.
  return orders.length === 0 ? left : left.replace(/[\s.:;,–—-]+$/u, '')
}

function quietOrNull(line: string | null): string | null {
  return line === null ? null : quiet(line)
}

function quietCriterion(criterion: Criterion, index: number): Criterion {
  const description = quiet(criterion.description)
  const letter = String.fromCharCode(FIRST_LETTER + (index % LETTERS))
  return {
    ...criterion,
    // It counts for the grade, whatever else its words want.
    description:
      description === '' && criterion.description.trim() !== ''
        ? `Criterion ${letter} of the rubric`
        : description,
    long_description: quietOrNull(criterion.long_description),
    ratings: criterion.ratings.map((rating) => ({
      ...rating,
      description: quiet(rating.description),
      long_description: quietOrNull(rating.long_description),
    })),
  }
}

/**
 * The context as stages may use it: names, titles and rubric without what is addressed to a machine in them. The stored
 * context and the documents made of it keep every word, so that what was said can be reported and quoted.
 */
export function quietContext(context: CanvasContext): CanvasContext {
  const { assignment, course, rubric } = context
  return {
    assignment: {
      ...assignment,
      title: quiet(assignment.title),
      checkpoints: assignment.checkpoints.map((checkpoint) => ({
        ...checkpoint,
        tag: quiet(checkpoint.tag),
      })),
    },
    course: { ...course, name: quiet(course.name), code: quietOrNull(course.code) },
    rubric:
      rubric === null
        ? null
        : { ...rubric, title: quietOrNull(rubric.title), criteria: rubric.criteria.map(quietCriterion) },
  }
}
