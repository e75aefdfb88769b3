import { describePolicy } from '../../../../contract/ai-policy.ts'
import type { Distilled, Evidence, Requirement } from '../../../../contract/requirements.ts'
import { mentionsAi } from '../distill/ai-policy/name-ai.ts'
import { isPolicyQuestion } from '../distill/ask-policy.ts'
import { clip, type GroundedRisk } from './grounded.ts'

const FREE = 5
const MOST_BESIDE = 3
const LONGEST_QUOTE = 400
const MISUSE = 'What goes beyond the rule may count as misconduct.'

function shares(one: Evidence, other: Evidence): boolean {
  return (
    one.document_id === other.document_id &&
    (one.start ?? 0) < (other.end ?? 0) &&
    (other.start ?? 0) < (one.end ?? 0)
  )
}

/** Rules of conduct that rest on the words the level of the policy rests on. */
function rulesBehind({ requirements }: Distilled, deciding: Evidence): readonly string[] {
  return requirements
    .filter(({ kind, evidence }) => kind === 'policy' && evidence.some((item) => shares(item, deciding)))
    .map(({ id }) => id)
}

interface Rule {
  readonly id: string
  readonly words: Evidence
}

/** Rules of conduct of one sort in other words than the deciding ones. */
function beside(
  { requirements }: Distilled,
  deciding: Evidence,
  isMeant: (requirement: Requirement) => boolean,
): readonly Rule[] {
  return requirements
    .filter((requirement) => requirement.kind === 'policy' && isMeant(requirement))
    .flatMap(({ id, evidence: [words] }) =>
      words === undefined || shares(words, deciding) ? [] : [{ id, words }],
    )
    .slice(0, MOST_BESIDE)
}

// A student who reads only the deciding words would think the rest forbidden, or allowed.
const isLeave = ({ modality, evidence }: Requirement): boolean =>
  modality === 'may' && evidence.some(({ quote }) => mentionsAi(quote))
const isBan = ({ modality, hard }: Requirement): boolean => modality === 'must_not' && hard

function quoted({ quote }: Evidence): string {
  return `“${clip(quote.replaceAll(/\s+/g, ' ').trim(), LONGEST_QUOTE)}”`
}

/**
 * What the documents say about AI tools, in every plan but one that may use them freely: how far they go with the words
 * of the source, those that allow or forbid something too, what is unclear about it, or that nothing is said.
 */
export function fromPolicy(distilled: Distilled): readonly GroundedRisk[] {
  const { level, evidence } = distilled.ai_policy
  const question = distilled.open_questions.find(isPolicyQuestion)
  if (question !== undefined)
    return [
      {
        risk: question,
        impact: MISUSE,
        mitigation: 'Ask your instructor before you use any AI tool, and keep the answer.',
      },
    ]
  const { label } = describePolicy(level)
  const [deciding] = evidence
  if (level === null || deciding === undefined)
    return [
      {
        risk: 'Nothing is said about AI tools in the documents of this assignment and its course.',
        impact: 'A use that your course does not want may count as misconduct.',
        mitigation: 'Ask your instructor before you use any AI tool, and keep the answer.',
      },
    ]
  if (level === FREE) return []
  const others = [...beside(distilled, deciding, isLeave), ...beside(distilled, deciding, isBan)]
  const quotes = [deciding, ...others.map(({ words }) => words)].map(quoted).join(' ')
  const behind = rulesBehind(distilled, deciding)
  // A line linked to some of its words only would be held against those alone.
  const from = behind.length === 0 ? [] : [...behind, ...others.map(({ id }) => id)]
  return [
    {
      risk: { text: `${label.replace(/\.$/u, '')}: ${quotes}`, from },
      impact: MISUSE,
      mitigation: 'Do everything else by yourself, and ask your instructor where you are not sure.',
    },
  ]
}
