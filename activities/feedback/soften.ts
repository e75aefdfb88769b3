import type { RuleCheck } from '../../contract/feedback.ts'
import type { Requirement } from '../../contract/requirements.ts'

/** Of options one is to be chosen: a rule of one that is not met says nothing against another. */
export function softenOptions(
  checks: readonly RuleCheck[],
  requirements: readonly Requirement[],
): readonly RuleCheck[] {
  const options = new Set(
    requirements.filter(({ alternative_group }) => alternative_group !== null).map(({ id }) => id),
  )
  return checks.map((check) =>
    check.outcome === 'not_met' && options.has(check.requirement_id ?? '')
      ? {
          ...check,
          outcome: 'not_assessed',
          observation: `Only if you chose this option: ${check.observation}`,
        }
      : check,
  )
}

/** Words of a rule that is not every student's, or not every work's. */
const CONDITIONS: readonly RegExp[] = [
  /\b(?:if|when|whenever|unless|in case|should you)\s\p{L}/iu,
  /\b(?:where(?:ver)?|as) (?:applicable|appropriate|relevant|needed|necessary|possible|helpful|useful)\b/iu,
  /(?<!\bnot )\b(?:cite|document|list|reference|acknowledge|credit) (?:any|all) (?:\p{L}+ )?sources\b/iu,
  /^\W*any (?:\p{L}+ )?sources\b/iu,
  /^\W*(?:optional|for extra credit|(?:post)?graduate students?|undergraduates?|honou?rs students?|groups? of)\b/iu,
]
// "If the essay runs over 2,000 words" is a limit and no condition.
const SETS_A_LIMIT =
  /\b(?:if|when|whenever|unless) (?:it|they|(?:your|the|an?) \p{L}+) [^.;]{0,30}?\b(?:over|under|above|below|more|less|fewer|longer|shorter|exceeds?)\b/giu

/** What is asked for under a condition, or of some students alone, is no fault of work that may be outside it. */
export function softenConditions(checks: readonly RuleCheck[]): readonly RuleCheck[] {
  const isConditional = ({ rule }: RuleCheck) => {
    const rest = rule.replaceAll(SETS_A_LIMIT, '')
    return CONDITIONS.some((form) => form.test(rest))
  }
  return checks.map((check) =>
    check.outcome === 'not_met' && isConditional(check)
      ? {
          ...check,
          outcome: 'not_assessed',
          observation: `${check.observation} Whether the rule is meant for this work, you can tell.`,
        }
      : check,
  )
}

/**
 * Of two lengths of which the work keeps one, the other is of something else that is handed in beside it. An upper limit
 * says nothing of the kind about work that is too short, and is no praise of it: any short text keeps it.
 */
export function softenConflicts(
  checks: readonly RuleCheck[],
  requirements: readonly Requirement[],
): readonly RuleCheck[] {
  const limits = new Set(requirements.filter(isUpperLimit).map(({ id }) => id))
  const kept = checks.filter((check) => isOfLength(check) && check.outcome === 'met')
  const telling = kept.filter(({ requirement_id }) => !limits.has(requirement_id ?? ''))
  const isSoft = (check: RuleCheck): boolean =>
    isOfLength(check) &&
    check.outcome === 'not_met' &&
    (check.missing === undefined ? kept : telling).length > 0
  const isShort = checks.some(
    (check) =>
      isOfLength(check) && check.outcome === 'not_met' && check.missing !== undefined && !isSoft(check),
  )
  const told = isShort ? checks.filter((check) => !kept.includes(check) || telling.includes(check)) : checks
  return told.map((check) =>
    isSoft(check)
      ? {
          ...check,
          outcome: 'not_assessed',
          observation: `Another length is asked for too, and the work keeps that one. ${check.observation} Which of the two is this work's, you can tell.`,
        }
      : check,
  )
}

const isOfLength = ({ id }: RuleCheck): boolean => id.endsWith('-length')

function isUpperLimit({ modality, quantities }: Requirement): boolean {
  return modality === 'must_not' || quantities.every(({ bound }) => bound === 'at_most')
}

// What is said of many rules in the same words is no repeat.
const SAID_OF_MANY = /^(?:Not looked at yet|This length )/u

/** A rule that is stated twice is checked once; the hard one of the two is told. */
export function withoutRepeats(checks: readonly RuleCheck[]): readonly RuleCheck[] {
  const kept = new Map<string, RuleCheck>()
  for (const check of checks) {
    const name = SAID_OF_MANY.test(check.observation) ? check.id : check.id.slice(check.id.lastIndexOf('-'))
    const key = `${name}|${check.observation}`
    const before = kept.get(key)
    if (before === undefined || (check.hard && !before.hard)) kept.set(key, check)
  }
  return [...kept.values()]
}
