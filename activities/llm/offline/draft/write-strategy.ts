import type { Requirement } from '../../../../contract/requirements.ts'
import type { Brief } from './brief.ts'
import { clip, type Grounded, type GroundedPlan } from './grounded.ts'
import { asLine, inOrderOfCost } from './restate.ts'
import { nameCriterion } from './write-task.ts'
import { hardConstraints } from './write-summary.ts'

const AI_LEVELS = [
  '',
  'no AI',
  'ideas only',
  'allowed for some steps on the way, not for making what you hand in',
  'allowed for some parts, not for making what you hand in',
  'free use',
] as const

const WEB_ADDRESS = /https?:/i

/** The one place where the plan says how it was made. */
export const MADE_BY_RULES =
  'Made offline by rules: it lists what the sources say and does not understand them; read the sources yourself.'

function saysPolicy({ distilled }: Brief): (requirement: Requirement) => boolean {
  const quotes = distilled.ai_policy.evidence.map(({ quote }) => quote)
  return ({ evidence }) =>
    evidence.some((own) => quotes.some((quote) => own.quote.includes(quote) || quote.includes(own.quote)))
}

/** The rule on AI where missing it costs the work. */
function hardPolicy({ requirements }: Brief): readonly Requirement[] {
  return requirements.filter(({ kind, hard }) => kind === 'policy' && hard)
}

function policyLine(brief: Brief): Grounded {
  const { level, evidence } = brief.distilled.ai_policy
  const [rule] = hardPolicy(brief)
  if (rule !== undefined) {
    return {
      text: `AI tools: ${asLine(rule)} You have kept to it and can say what you used.`,
      from: [rule.id],
    }
  }
  const quote = (evidence.find(({ quote: words }) => !WEB_ADDRESS.test(words)) ?? evidence[0])?.quote
  if (quote === undefined) {
    return {
      text: 'AI tools: no rule about them was found in the instructions; ask before you use any.',
      from: [],
    }
  }
  const read = level === null ? '' : `, read here as ${AI_LEVELS[level] ?? ''}`
  return {
    text: `AI tools: “${clip(quote.replaceAll(/\s+/g, ' '), 600)}”${read}. You have kept to it and can say what you used.`,
    from: brief.requirements.filter(saysPolicy(brief)).map(({ id }) => id),
  }
}

const MOST_LINES = 25
const MOST_MORE = 4
const CHECKED_AT_THE_END = new Set<Requirement['kind']>(['submission', 'format', 'structure', 'deliverable'])
const CONDITION = /^(?:if|when|unless)\b/i

function soft(requirement: Requirement): Grounded {
  const line = asLine(requirement)
  return { text: requirement.modality === 'should' ? `Recommended: ${line}` : line, from: [requirement.id] }
}

/** A few demands that are easily forgotten at the end; the tasks carry the others. */
function moreLines({ requirements }: Brief, room: number): readonly Grounded[] {
  const late = requirements.filter(
    ({ hard, kind, modality, statement }) =>
      !hard &&
      !CONDITION.test(statement) &&
      modality !== 'may' &&
      modality !== 'should' &&
      CHECKED_AT_THE_END.has(kind),
  )
  return inOrderOfCost(late)
    .slice(0, Math.max(0, Math.min(MOST_MORE, room)))
    .map(soft)
}

function rubricLines({ context }: Brief): readonly string[] {
  return (context.rubric?.criteria ?? []).map((criterion) => {
    const name = nameCriterion({ ...criterion, description: clip(criterion.description, 300) })
    return `Rubric ${name}: you can show where your work serves it.`
  })
}

function firstQuote({ requirements }: Brief, id: string): string {
  const quote = requirements.find((requirement) => requirement.id === id)?.evidence[0]?.quote ?? ''
  return quote.replaceAll(/\s+/g, ' ')
}

/** The hard constraints without the rule on AI, which has a line of its own. */
function firstLines(brief: Brief): readonly Grounded[] {
  const { text, from: said } = policyLine(brief)
  // A duty to say that AI was used is told here only where its own words are.
  const told = new Set(
    said.filter((id) => !brief.disclosures.has(id) || text.includes(firstQuote(brief, id))),
  )
  return hardConstraints(brief).filter(({ from }) => from.length === 0 || !from.every((id) => told.has(id)))
}

/** The list to tick: what must hold, the rule on AI, the rubric, and what found no room in a task. */
function finalChecklist(brief: Brief, leftOver: readonly Requirement[]): readonly (string | Grounded)[] {
  const lines = [...firstLines(brief), policyLine(brief), ...rubricLines(brief)]
  const told = new Set([...hardConstraints(brief), policyLine(brief)].flatMap(({ from }) => from))
  const isNew = ({ from }: Grounded): boolean => !from.some((id) => told.has(id))
  const left = leftOver
    .filter(({ hard }) => !hard)
    .map(soft)
    .filter(isNew)
  const known = new Set(left.flatMap(({ from }) => from))
  const more = moreLines(brief, MOST_LINES - lines.length - left.length).filter(isNew)
  return [...lines, ...left, ...more.filter(({ from }) => !from.some((id) => known.has(id)))]
}

/** How to hand in: the list to tick, the bar, and how such work usually fails. */
export function writeStrategy(
  brief: Brief,
  leftOver: readonly Requirement[],
): GroundedPlan['submission_strategy'] {
  const length = brief.requirements.some(({ kind, hard }) => kind === 'length' && hard)
  const anonymous = brief.requirements.some(({ statement }) => /\banonym\w+/i.test(statement))
  return {
    final_checklist: finalChecklist(brief, leftOver),
    quality_bar: `Ready when every line of the checklist is ticked and you would explain each choice aloud. ${MADE_BY_RULES}`,
    common_failure_modes: [
      ...brief.template.failureModes,
      ...(length ? ['Counting the length only at the very end.'] : []),
      ...(anonymous ? ['Leaving your name in the file or its properties.'] : []),
      ...(brief.choices.length > 0
        ? ['Starting before the choice is made, or answering several options halfway.']
        : []),
    ],
  }
}
