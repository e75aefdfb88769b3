import type { RuleCheck } from '../../contract/feedback.ts'
import type { Quantity } from '../../contract/requirements.ts'
import { readQuantities } from '../llm/offline/distill/read-quantities.ts'
import { contentWords } from '../llm/offline/judge/content-words.ts'
import type { FeedbackInput } from '../llm/port.ts'

type Criterion = NonNullable<FeedbackInput['context']['rubric']>['criteria'][number]

/** What of a criterion is counted: the checks of its numbers, and whether it asks for nothing else. */
export interface CountedCriterion {
  readonly checks: readonly RuleCheck[]
  readonly isAll: boolean
}

// Words a criterion about numbers alone is made of.
const OF_COUNTS = new Set(
  contentWords(
    'word words count length page pages limit source sources reference references citation citations cited entry entries minimum maximum ' +
      'between essay paper report text work number numbers requirement requirements range within meets required include included including ' +
      'excluding bibliography footnotes captions list character characters slide slides size total counted',
  ),
)

const isSame = (a: Quantity, b: Quantity): boolean =>
  a.value === b.value && a.upper === b.upper && a.unit === b.unit

/** The checks that speak of a criterion: those of requirements that restate it or name the same number. */
export function countedOf(
  { id, description, long_description }: Criterion,
  { distilled, checks }: Pick<FeedbackInput, 'distilled' | 'checks'>,
): CountedCriterion {
  const text = `${description}. ${long_description ?? ''}`
  const named = readQuantities(text)
  const own = new Set(
    distilled.requirements
      .filter(
        ({ criterion_id, quantities }) =>
          criterion_id === id || quantities.some((one) => named.some((other) => isSame(one, other))),
      )
      .map((requirement) => requirement.id),
  )
  const found = checks.filter(({ requirement_id }) => own.has(requirement_id ?? ''))
  const isAll = named.length > 0 && contentWords(text).every((word) => OF_COUNTS.has(word))
  return { checks: found, isAll: isAll && found.length > 0 }
}

/** The first of the checks that the work falls short of. */
export function shortfallOf({ checks }: CountedCriterion): RuleCheck | undefined {
  return checks.find(({ outcome }) => outcome === 'not_met')
}
