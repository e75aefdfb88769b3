import type { PhaseResult } from '../../../../contract/phase-results.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import type { Check } from '../../offline/roles/checks/check.ts'
import { searchArtefact } from '../../offline/roles/checks/check-places.ts'
import { concludeReview, findAll, type Aspect, type Findings } from '../../offline/roles/review.ts'
import type { ReviewAnswer } from '../../prompts/verification-overseer/1.0.0.ts'
import type { Assembled } from '../../providers/ask-model.ts'
import { createRoleBench } from './role-bench.ts'
import { issuesOf, keep, refuse, sift } from './sift.ts'

const MOST_CONCERNS = 8
const MOST_WORDS = 45

/** What the rules find, and a model's concerns beside it, each about words that stand in a file; one that blocks is a veto. */
export function assembleReview(
  answer: ReviewAnswer,
  input: RoleInput,
): Assembled<PhaseResult<'verification'>> {
  const { refusalOf } = createRoleBench(input)
  const files = input.files.map(searchArtefact)
  const concerns = sift('concerns', answer.concerns, MOST_CONCERNS, ({ aspect, quote, concern, blocks }) => {
    const why = refusalOf(concern, MOST_WORDS)
    if (why !== null) return refuse(why)
    if (quote.trim() === '' || !files.some(({ holds }) => holds(quote)))
      return refuse('its quote stands in no FILE, letter by letter')
    const check: Check = {
      criterion: 'A reader saw:',
      passed: !blocks,
      note: concern.trim(),
      covered: true,
    }
    return keep([aspect, check] as const)
  })
  const issues = issuesOf([concerns])
  if (issues !== null) return { ok: false, issues }
  const rules = findAll(input)
  const seen = (aspect: Aspect) => [
    ...rules[aspect],
    ...concerns.kept.flatMap(([of, check]) => (of === aspect ? [check] : [])),
  ]
  const findings: Findings = {
    security: seen('security'),
    performance: seen('performance'),
    architecture: seen('architecture'),
    documentation: seen('documentation'),
  }
  return { ok: true, output: concludeReview(input, findings) }
}
