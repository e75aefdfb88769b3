import type { Requirement } from '../../../../contract/requirements.ts'
import type { Brief } from './brief.ts'
import { clip, type Grounded, type GroundedPlan } from './grounded.ts'
import { isNamed } from '../distill/rank-hard.ts'
import { joinDemands } from './join-demands.ts'
import { checkNameOf, isSeenAtTheEnd } from './name-checks.ts'
import { asLine, inOrderOfCost } from './restate.ts'
import type { Topic } from './topics.ts'
import { leftOver, nameCriterion, type TaskParts } from './write-task.ts'
import { joinNamed, joinSettings, readBinding, restate } from './write-summary.ts'

const AI_LEVELS = [
  '',
  'no AI',
  'ideas only',
  'allowed at most for some steps on the way, not for making what you hand in',
  'allowed at most for some parts, not for making what you hand in',
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
  return requirements.filter(
    ({ kind, hard, modality }) => kind === 'policy' && hard && modality === 'must_not',
  )
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

// They steer the handing in, and nobody can see them in the work.
const NO_CHECK = /^(?:Attempts Canvas allows: |This is group work in Canvas\.)/u

const soft = (requirement: Requirement): Grounded => {
  const line = asLine(requirement)
  return { text: requirement.modality === 'should' ? `Recommended: ${line}` : line, from: [requirement.id] }
}

const FEW = 6
// What is asked there is over when the work is finished: nobody can mend it then.
const OVER: readonly Topic[] = ['preparation', 'safety', 'measuring', 'choosing', 'reading', 'collaboration']

const isPassed = ({ task }: TaskParts): boolean => task.takes.some((topic) => OVER.includes(topic))

const isTesting = ({ orders }: Brief, { task }: TaskParts): boolean =>
  task.takes.includes('tests') || orders.some(({ taskId, tests }) => tests && taskId === task.id)

/** Demands on the work, what one look shows together in one line. */
function checkLines(
  brief: Brief,
  demands: readonly Requirement[],
  parts: readonly TaskParts[],
): readonly Grounded[] {
  const testing = new Set(
    parts.filter((part) => isTesting(brief, part)).flatMap(({ requirements }) => requirements),
  )
  const plain = demands.filter((one) => !isNamed(one))
  const byName = Map.groupBy(plain, (one) => (testing.has(one) ? 'Tests' : checkNameOf(one)))
  const conduct = byName.get('Conduct') ?? []
  byName.delete('Conduct')
  const lines = [...byName].flatMap(([name, own]) =>
    name === 'Layout' ? joinSettings(own) : joinDemands(name, own, FEW),
  )
  return [...lines, ...joinNamed(brief, demands), ...conduct.map((one) => restate(brief, one))]
}

/** The list to tick: what must hold, every other demand the finished work shows, the rule on AI and the rubric; each once. */
function finalChecklist(brief: Brief, parts: readonly TaskParts[]): readonly (string | Grounded)[] {
  const { opening, demands } = readBinding(brief)
  const policy = policyLine(brief)
  // A duty to say that AI was used is told here only where its own words are.
  const told = new Set(
    policy.from.filter((id) => !brief.disclosures.has(id) || policy.text.includes(firstQuote(brief, id))),
  )
  const first = opening.filter(
    ({ text, from }) => !NO_CHECK.test(text) && (from.length === 0 || !from.every((id) => told.has(id))),
  )
  const known = new Set([...first.flatMap(({ from }) => from), ...told])
  const hard = new Set(demands)
  const passed = new Set(parts.filter(isPassed).flatMap(({ requirements }) => requirements))
  const seen = inOrderOfCost(
    brief.requirements.filter(
      (one) => !known.has(one.id) && !passed.has(one) && (hard.has(one) || isSeenAtTheEnd(one)),
    ),
  )
  const said = new Set([...known, ...seen.map(({ id }) => id)])
  return [
    ...first,
    ...checkLines(brief, seen, parts),
    policy,
    ...parts
      .flatMap(leftOver)
      .filter(({ id }) => !said.has(id))
      .map(soft),
    ...rubricLines(brief),
  ]
}

/** How to hand in: the list to tick, the bar, and how such work usually fails. */
export function writeStrategy(
  brief: Brief,
  parts: readonly TaskParts[],
): GroundedPlan['submission_strategy'] {
  const length = brief.requirements.some(({ kind, hard }) => kind === 'length' && hard)
  const anonymous = brief.requirements.some(({ statement }) => /\banonym\w+/i.test(statement))
  return {
    final_checklist: finalChecklist(brief, parts),
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
