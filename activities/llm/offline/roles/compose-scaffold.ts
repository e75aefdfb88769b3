import type { Requirement } from '../../../../contract/requirements.ts'
import { readComponent } from '../../../roles/component.ts'
import { foldWords } from '../../../roles/guard/known-words.ts'
import { toLine } from '../../../roles/lines.ts'
import { sayEarlier } from '../../../roles/say-earlier.ts'
import { formatAmount, type Amount } from '../../../roles/scaffold/amount.ts'
import type { CameBack, Demand, Scaffold, Section } from '../../../roles/scaffold/scaffold.ts'
import { formatWork } from '../draft/effort.ts'
import { sayDue } from './arrange.ts'
import type { Bench } from './bench.ts'
import { composeCode } from './compose-code.ts'
import { part, type Form, type PartPlan } from './forms/form.ts'
import { createSayDemand, placeByTopic } from './place-demands.ts'
import type { Prepared } from './prepare.ts'
import { shareBudget } from './share-budget.ts'
import { listCriteria } from './success-criteria.ts'
import { askLanguage, tellUse } from './tell-use.ts'
import { withoutRepeats } from './without-repeats.ts'

/** A part of a scaffold as it is planned, with its share and, where somebody named them, the requirements met in it. */
export interface PlannedPart extends PartPlan {
  readonly amount: Amount | null
  readonly requirement_ids: readonly string[]
}

const MADE_BY_RULES =
  'Made by rules and not by a model: a checklist of what the instructions ask of you, not an understanding of it. Nothing here is meant to be handed in: the work is yours.'
const MADE_BY_MODEL =
  'Made with a language model and checked by code against the sources. Nothing here is meant to be handed in: the work is yours.'

const MOST_OPEN = 12
const LONGEST_LINE = 400
const LONGEST_FACT = 800

/** The parts of the plan that stands, each with what its form knows of it; those of the form where there is no plan. */
export function planParts({ bench, parts, whole }: Prepared): readonly PlannedPart[] {
  const planned = bench.input.results.planning?.implementation_plan.components.map(readComponent)
  const components = planned ?? shareBudget(parts, whole)
  const known = new Map(parts.map((each) => [each.name.toLowerCase(), each]))
  return components.map(({ name, amount, purpose }) => {
    const form = known.get(name.toLowerCase())
    const plan =
      form ??
      part(name, purpose, {
        asks: ['What has to be in it, and where do the sources say so?', 'How do you see that it is done?'],
        slots: ['In key words', 'Source and page'],
      })
    return { ...plan, name, purpose: purpose === '' ? plan.purpose : purpose, amount, requirement_ids: [] }
  })
}

/** Puts each requirement into the part it is named for, else into the first that takes its topic; the rest holds for all. */
function placeDemands(
  parts: readonly PlannedPart[],
  own: readonly Requirement[],
  fits: Form['fits'],
): { readonly of: (name: string) => readonly Requirement[]; readonly left: readonly Requirement[] } {
  const homes = new Map<string, string>()
  for (const { name, requirement_ids } of parts)
    for (const id of requirement_ids) if (!homes.has(id)) homes.set(id, name)
  const { placed, left } = placeByTopic(
    parts,
    own.filter(({ id }) => !homes.has(id)),
    fits,
  )
  const named = Map.groupBy(own, ({ id }) => homes.get(id))
  return { of: (name) => [...(named.get(name) ?? []), ...(placed.get(name) ?? [])], left }
}

/** A description without the list at its end and the words that lead to it: each item is a demand in its place. */
function withoutList(description: string): string {
  const [told = ''] = description.split(/\n\s*[-*] /)
  return told.replace(/(?<=^|[.!?\n]\s*)[^.!?\n]*:\s*$/, '').trim()
}

function listFacts(bench: Bench): Scaffold['facts'] {
  const { subject, assignment } = bench.input
  const minutes = subject.estimated_minutes
  const facts: readonly (readonly [string, string | null])[] = [
    ['Assignment', assignment?.title ?? null],
    ['Part of', subject.milestone],
    ['You make', subject.deliverable],
    // A card of a risk says in its parts what its description says.
    ['How', subject.task_type === 'settle_risk' ? null : withoutList(subject.description)],
    ['Estimated', minutes === null ? null : `about ${formatWork(minutes)}`],
    ['Aim', subject.aim],
    ['All of it due', sayDue(bench)],
  ]
  return facts.flatMap(([label, value]) =>
    value === null || value.trim() === '' ? [] : [{ label, value: toLine(value, LONGEST_FACT) }],
  )
}

function tellReturn({ input }: Bench): CameBack | null {
  const { sent_back } = input
  if (sent_back === null) return null
  return {
    reason: sent_back.reason,
    checks: sent_back.failed_checks.map(({ check, note }) => toLine(`${check}: ${note}`, LONGEST_LINE)),
  }
}

function listEarlier({ input }: Bench): readonly string[] {
  return sayEarlier(input.earlier).map((line) => toLine(line, LONGEST_LINE))
}

const rubricOf = ({ input }: Bench): readonly Demand[] =>
  input.criteria.map(({ description, long_description }) => ({
    text: toLine([description, long_description].filter(Boolean).join(': '), LONGEST_LINE),
    source: null,
    quote: null,
  }))

/** Criteria that no demand of the scaffold says already. */
function notYetSaid(criteria: readonly string[], demands: readonly Demand[]): readonly string[] {
  const said = ` ${demands.map(({ text }) => foldWords(text)).join(' | ')} `
  return criteria.filter((criterion) => {
    const words = foldWords(criterion)
    return words === '' || !said.includes(words)
  })
}

function sayTotal(parts: readonly PlannedPart[]): string | null {
  const amounts = parts.flatMap(({ amount }) => amount ?? [])
  const [first] = amounts
  if (first === undefined) return null
  const value = amounts.filter(({ unit }) => unit === first.unit).reduce((sum, each) => sum + each.value, 0)
  return formatAmount({ unit: first.unit, value })
}

/** Makes the scaffold of parts: each demand in its place, the rubric and what counts as done beside them. */
export function composeScaffold(
  { bench, form }: Prepared,
  parts: readonly PlannedPart[],
  by: 'rules' | 'model',
): Scaffold {
  const { input, own } = bench
  const { subject, results } = input
  const say = createSayDemand(bench)
  const { of, left } = placeDemands(parts, withoutRepeats(own), form.fits)
  const first = form.code === true ? askLanguage(bench) : null
  const sections = parts.map(({ name, purpose, asks, slots, amount }, index): Section => ({
    name,
    amount: amount === null ? null : formatAmount(amount),
    purpose,
    asks: index === 0 && first !== null ? [first, ...asks] : asks,
    demands: of(name).map(say),
    slots,
  }))
  const demands = left.map(say)
  const criteria = results.planning?.implementation_plan.success_criteria ?? listCriteria(bench)
  const unsaid = notYetSaid(criteria, [...demands, ...sections.flatMap((section) => section.demands)])
  const code = form.code === true ? composeCode(bench, form, criteria) : null
  const shown = new Set([...(code?.tests.map(({ shows }) => shows) ?? []), ...(code?.planned ?? [])])
  const ofMilestone = new Set(
    subject.validation.filter(({ of }) => of === 'acceptance_criterion').map(({ text }) => foldWords(text)),
  )
  const done = unsaid.filter((criterion) => !shown.has(criterion))
  const isBeside = (criterion: string) => subject.milestone !== null && ofMilestone.has(foldWords(criterion))
  return {
    title: toLine(subject.title, LONGEST_LINE),
    made_by: by === 'rules' ? MADE_BY_RULES : MADE_BY_MODEL,
    facts: listFacts(bench),
    use: tellUse(bench, form, code),
    came_back: tellReturn(bench),
    demands,
    rubric: form.judged === true ? rubricOf(bench) : [],
    sections,
    total: sayTotal(parts),
    grid: form.grid?.(bench) ?? null,
    code,
    criteria: done.filter((criterion) => !isBeside(criterion)),
    beside: done.filter(isBeside),
    open: (results.discovery?.ambiguities ?? input.assignment?.open_questions ?? []).slice(0, MOST_OPEN),
    earlier: listEarlier(bench),
  }
}
