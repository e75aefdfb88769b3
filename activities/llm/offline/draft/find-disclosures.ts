import type { AiPolicy, Evidence, Requirement } from '../../../../contract/requirements.ts'
import { findDisclosure } from '../distill/ai-policy/conditions.ts'
import { mentionsAi, nameAlike, nameReferred } from '../distill/ai-policy/name-ai.ts'

// "Such a tool" means AI within a few sentences of its name.
const NEAR_CHARACTERS = 1_000

function standsBehind({ document_id, start }: Evidence, other: Evidence): boolean {
  if (document_id !== other.document_id || start === null || other.start === null) return false
  return other.start <= start && start - other.start <= NEAR_CHARACTERS
}

/** The ids of the rules of conduct that ask the student to cite, declare or describe the use of AI. */
export function findDisclosures(
  requirements: readonly Requirement[],
  { evidence }: AiPolicy,
): ReadonlySet<string> {
  const rules = requirements.filter(({ kind }) => kind === 'policy')
  const naming = [...evidence, ...rules.flatMap((rule) => rule.evidence)].filter(({ quote }) =>
    mentionsAi(quote),
  )
  const discloses = ({ statement, evidence: [own] }: Requirement): boolean => {
    const told = nameAlike(statement)
    if (/\bAI\b/u.test(told)) return findDisclosure(told) !== null
    if (own === undefined || !naming.some((other) => standsBehind(own, other))) return false
    const referred = nameReferred(told)
    return /\bAI\b/u.test(referred) && findDisclosure(referred) !== null
  }
  return new Set(rules.filter(discloses).map(({ id }) => id))
}
