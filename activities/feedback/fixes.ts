import type { Assessment, FeedbackPoint, RuleCheck } from '../../contract/feedback.ts'
import { cutText } from '../../contract/text.ts'

const LONGEST = 1_900

/** The rules of the assignment that the work breaks for certain: these and no others are required fixes. */
export function fixesOf(checks: readonly RuleCheck[]): readonly FeedbackPoint[] {
  return checks
    .filter(({ outcome, hard }) => outcome === 'not_met' && hard)
    .map(({ rule, observation, evidence }) => ({
      text: cutText(`${rule.replace(/[.\s]+$/u, '')}: ${observation}`, LONGEST),
      evidence,
    }))
}

/** Says that text addressed to a machine was found in the work and not followed. */
export function warnOfOrders({ suspicious }: Pick<Assessment, 'suspicious'>): readonly FeedbackPoint[] {
  const [first] = suspicious
  if (first === undefined) return []
  const words = first.quote.replaceAll(/\s+/gu, ' ').trim()
  return [
    {
      text: cutText(
        `Your text speaks to a machine (“${cutText(words, 120)}${words.length > 120 ? '…' : ''}”). It was not followed; take it out if you did not mean to hand it in.`,
        LONGEST,
      ),
      evidence: [...suspicious].slice(0, 3),
    },
  ]
}
