import { describePolicy } from '../../../../contract/ai-policy.ts'
import type { AiPolicy, Evidence } from '../../../../contract/requirements.ts'
import { cutText } from '../../../../contract/text.ts'

const OPENING = 'The rule on AI'
const LONGEST_QUOTE = 400

function quoted({ quote }: Evidence): string {
  return `“${cutText(quote.replaceAll(/\s+/g, ' ').trim(), LONGEST_QUOTE)}”`
}

/**
 * What a student should ask about AI: what an unclear rule allows, which is read in the strictest way that fits until
 * somebody has answered, or what words mean that the rules can place nowhere.
 */
export function askPolicy(
  { level, evidence }: AiPolicy,
  isUnclear: boolean,
  unplaced: readonly Evidence[],
): readonly string[] {
  const [deciding] = evidence
  if (isUnclear && deciding !== undefined)
    return [
      `${OPENING} can be read in more than one way: ${quoted(deciding)} This plan takes it in the strictest way that fits: ${describePolicy(level).label} What does it allow?`,
    ]
  const [first] = unplaced
  if (level !== null || first === undefined) return []
  return [`${OPENING} could not be read: ${quoted(first)} Ask your instructor what it allows for this work.`]
}

/** Whether an open question asks what the documents say about AI. */
export function isPolicyQuestion(question: string): boolean {
  return question.startsWith(OPENING)
}
