import { describePolicy } from '../../../../contract/ai-policy.ts'
import type { AiPolicy } from '../../../../contract/requirements.ts'
import { cutText } from '../../../../contract/text.ts'

const LONGEST_QUOTE = 400

/** The question that a rule on AI leaves open, with the reading that is taken until it is answered: the strictest that fits. */
export function askPolicy({ level, evidence }: AiPolicy): string {
  const quote = cutText((evidence[0]?.quote ?? '').replaceAll(/\s+/g, ' '), LONGEST_QUOTE)
  return `The rule on AI can be read in more than one way: “${quote}” It is read here in the strictest way that fits: ${describePolicy(level).label} What does it allow?`
}
