import type { Requirement } from '../../../../contract/requirements.ts'
import type { Brief } from './brief.ts'
import { clip, type Grounded, type GroundedPlan } from './grounded.ts'
import { asLabelled, asLine, inCheckingOrder } from './restate.ts'
import { nameCriterion } from './write-task.ts'
import { hardConstraints } from './write-summary.ts'

const AI_LEVELS = ['', 'no AI', 'ideas only', 'outlining', 'editing and feedback', 'free use'] as const

/** The one place where the plan says how it was made. */
export const MADE_BY_RULES =
  'Made offline by rules: it lists what the sources say and does not understand them; read the sources yourself.'

function saysPolicy({ distilled }: Brief): (requirement: Requirement) => boolean {
  const quotes = distilled.ai_policy.evidence.map(({ quote }) => quote)
  return ({ evidence }) =>
    evidence.some((own) => quotes.some((quote) => own.quote.includes(quote) || quote.includes(own.quote)))
}

function policyLine(brief: Brief): Grounded {
  const { level, evidence } = brief.distilled.ai_policy
  const quote = evidence[0]?.quote
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

function softLines({ requirements }: Brief): readonly Grounded[] {
  return inCheckingOrder(requirements)
    .filter(
      ({ hard, kind, modality }) => !hard && kind !== 'grading' && kind !== 'policy' && modality !== 'may',
    )
    .map((requirement) => ({
      text:
        requirement.modality === 'should' ? `Recommended: ${asLine(requirement)}` : asLabelled(requirement),
      from: [requirement.id],
    }))
}

function rubricLines({ context }: Brief): readonly string[] {
  return (context.rubric?.criteria ?? []).map((criterion) => {
    const name = nameCriterion({ ...criterion, description: clip(criterion.description, 300) })
    return `Rubric ${name}: you can show where your work serves it.`
  })
}

/** How to hand in: the list to tick, the bar, and how such work usually fails. */
export function writeStrategy(brief: Brief): GroundedPlan['submission_strategy'] {
  const length = brief.requirements.some(({ kind, hard }) => kind === 'length' && hard)
  const anonymous = brief.requirements.some(({ statement }) => /\banonym\w+/i.test(statement))
  return {
    final_checklist: [
      ...hardConstraints(brief, asLabelled),
      ...softLines(brief),
      policyLine(brief),
      ...rubricLines(brief),
    ],
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
