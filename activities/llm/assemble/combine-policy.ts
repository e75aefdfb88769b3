import type { AiPolicy, Evidence } from '../../../contract/requirements.ts'
import type { DistillAnswer } from '../prompts/distill/1.0.0.ts'

type ModelLevel = DistillAnswer['ai_policy']['level']

const LEVELS: { readonly [L in ModelLevel]: number | null } = {
  none_said: null,
  no_ai: 1,
  ideas: 2,
  outlining: 3,
  editing_and_feedback: 4,
  free: 5,
}

/**
 * What the course allows of AI tools as rules and a model read it: the stricter reading is obeyed, its words first.
 * A model's reading counts only with words that stand in a document.
 */
export function combinePolicy(rules: AiPolicy, said: ModelLevel, quoted: readonly Evidence[]): AiPolicy {
  const level = quoted.length === 0 ? null : LEVELS[said]
  if (level === null) return rules
  const isStricter = rules.level === null || level < rules.level
  const [deciding, others] = isStricter ? [quoted, rules.evidence] : [rules.evidence, quoted]
  return {
    level: isStricter ? level : rules.level,
    evidence: [...deciding, ...others.filter((other) => !isAmong(other, deciding))],
  }
}

function isAmong({ document_id, start }: Evidence, others: readonly Evidence[]): boolean {
  return others.some((other) => other.document_id === document_id && other.start === start)
}
