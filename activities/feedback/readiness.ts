import type { Advice, Assessment } from '../../contract/feedback.ts'

type Readiness = Advice['overall_readiness']

const ORDER: readonly Readiness[] = ['not_ready', 'almost_ready', 'ready']
// One rule that is broken may be one correction; two are a draft.
const MOST_BROKEN = 1
// And one count of which a quarter is not there is no correction.
const MOST_MISSING = 0.25

/**
 * How ready a piece of work is, by rule: never `ready` while a hard rule is broken or a criterion is not seen to be met,
 * `not_ready` when more than one hard rule is broken, one by far, or half of the criteria are not met.
 */
export function readinessOf({ checks, criteria }: Pick<Assessment, 'checks' | 'criteria'>): Readiness {
  const broken = checks.filter(({ hard, outcome }) => hard && outcome === 'not_met')
  const isFar = broken.some(({ missing = 0 }) => missing > MOST_MISSING)
  const unmet = criteria.filter(({ status }) => status === 'not_met').length
  if (isFar || broken.length > MOST_BROKEN || (unmet > 0 && unmet * 2 >= criteria.length)) return 'not_ready'
  const isMet = criteria.length > 0 && criteria.every(({ status }) => status === 'met')
  return broken.length === 0 && isMet ? 'ready' : 'almost_ready'
}

/** The lower of two: a model may see less readiness than the rules do, never more. */
export function lowerOf(a: Readiness, b: Readiness): Readiness {
  return ORDER[Math.min(ORDER.indexOf(a), ORDER.indexOf(b))] ?? 'not_ready'
}
