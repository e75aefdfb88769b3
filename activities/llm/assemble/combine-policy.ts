import type { AiPolicy, Evidence } from '../../../contract/requirements.ts'
import { mentionsAi } from '../offline/distill/ai-policy/name-ai.ts'
import { readUses } from '../offline/distill/ai-policy/uses.ts'
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

const EDITING = 4

/** A model's reading of the rule on AI, with the words it gave for it as far as they stand in a document. */
export interface SaidPolicy {
  readonly level: ModelLevel
  readonly quoted: readonly Evidence[]
}

/** The words that may carry a model's reading: at least one names AI, and none is a course's where the assignment rules itself. */
function carryingWords(rules: AiPolicy, quoted: readonly Evidence[], isCourse: (id: string) => boolean) {
  const isSettled = rules.evidence.some(({ document_id }) => !isCourse(document_id))
  const heard = quoted.filter(({ document_id }) => !isSettled || !isCourse(document_id))
  return heard.some(({ quote }) => mentionsAi(quote)) ? heard : []
}

/** What is permitted beside a stricter level, null without one: nothing the rules forbid, feedback only by its name. */
function permitsOf(
  { permits }: AiPolicy,
  level: number | null,
  quoted: readonly Evidence[],
): Pick<AiPolicy, 'permits'> {
  const isUnnamed = level === EDITING && !quoted.some(({ quote }) => readUses(quote).has('feedback'))
  if (isUnnamed) return { permits: { plan: permits?.plan ?? true, feedback: false } }
  return permits === undefined ? {} : { permits }
}

/**
 * What the course allows of AI tools as rules and a model read it: the stricter reading is obeyed, its words first.
 * A model's reading counts only with words of a document that speak of AI, and the assignment's own rule stays above
 * its course's.
 */
export function combinePolicy(
  rules: AiPolicy,
  said: SaidPolicy,
  isCourse: (document_id: string) => boolean,
): AiPolicy {
  const quoted = carryingWords(rules, said.quoted, isCourse)
  const level = quoted.length === 0 ? null : LEVELS[said.level]
  if (level === null) return rules
  const isStricter = rules.level === null || level < rules.level
  const [deciding, others] = isStricter ? [quoted, rules.evidence] : [rules.evidence, quoted]
  return {
    level: isStricter ? level : rules.level,
    ...permitsOf(rules, isStricter ? level : null, quoted),
    evidence: [...deciding, ...others.filter((other) => !isAmong(other, deciding))],
  }
}

/** Whether words stand in others, as one sentence of a passage does. */
function isAmong({ document_id, start, end }: Evidence, others: readonly Evidence[]): boolean {
  return others.some(
    (other) =>
      other.document_id === document_id &&
      (other.start ?? 0) <= (start ?? 0) &&
      (end ?? 0) <= (other.end ?? 0),
  )
}
