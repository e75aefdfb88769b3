import type { Assessment, FeedbackPoint, RuleCheck } from '../../contract/feedback.ts'
import { cutText } from '../../contract/text.ts'
import { rulesForLater } from './scope.ts'

const LONGEST = 1_900
const LONGEST_LATER = 160

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

const MOST_LATER = 6

/** Names the rules of the whole assignment that a milestone was not held to; nothing where there are none. */
export function sayLater(checks: readonly RuleCheck[]): readonly FeedbackPoint[] {
  const later = rulesForLater(checks)
  const rules = [...new Set(later.map(({ rule }) => cutText(rule.replace(/[.\s]+$/u, ''), LONGEST_LATER)))]
  if (rules.length === 0) return []
  const more = rules.length > MOST_LATER ? `; and ${rules.length - MOST_LATER} more` : ''
  return [
    {
      text: `Not looked at yet, because this milestone does not ask for it: ${rules.slice(0, MOST_LATER).join('; ')}${more}. Send the whole work for these.`,
      evidence: [],
    },
  ]
}
