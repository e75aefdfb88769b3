import type { Requirement } from '../../../../contract/requirements.ts'
import type { Brief, Choice } from './brief.ts'
import { isNamed, isSetting } from '../distill/rank-hard.ts'
import { dateLines, formatPoints, pointsLines, submissionLines } from './canvas-lines.ts'
import { clip, type Grounded, type GroundedPlan } from './grounded.ts'
import { joinDemands } from './join-demands.ts'
import { bindingLate } from './late-penalty.ts'
import { asLine, inOrderOfCost } from './restate.ts'
import { namesDay, type DatedWork } from './time-in-text.ts'
import { isDatedByWeek } from './week-dates.ts'

const CONFLICT_NOTE = '(Canvas says otherwise: this plan follows Canvas until you have asked.)'
const EARLIER_NOTE = '(Canvas says otherwise: this plan works towards this date until you have asked.)'

/** A requirement in its own words; where its date disagrees with Canvas it says which one the plan follows. */
export function restate({ dates, target }: Brief, requirement: Requirement): Grounded {
  const doubtful = dates.conflicts.find(({ date: { text } }) =>
    requirement.evidence.some(({ quote }) => quote.includes(text)),
  )
  const text = asLine(requirement)
  if (doubtful === undefined) return { text, from: [requirement.id] }
  const note = target?.text === doubtful.date.text ? EARLIER_NOTE : CONFLICT_NOTE
  return { text: `${text} ${note}`, from: [requirement.id] }
}

function restateChoice({ options }: Choice): Grounded {
  const room = Math.floor(1_800 / options.length)
  return {
    text: `Choose one of: ${options.map((option) => clip(asLine(option), room)).join(' / ')}`,
    from: options.map(({ id }) => id),
  }
}

const MOST_IN_A_LINE = 8

/** A setting as a part of a line, begun as its source begins it. */
function asPart(setting: Requirement): string {
  const said = asLine(setting).replace(/\.$/u, '')
  const begunSmall = /^\p{Ll}/u.test(setting.evidence[0]?.quote ?? '')
  return begunSmall ? `${said.charAt(0).toLowerCase()}${said.slice(1)}` : said
}

/** What sets the look, `Double-spaced; 12-point serif type.`, a few settings to a line. */
export function joinSettings(settings: readonly Requirement[]): readonly Grounded[] {
  const [first, ...others] = settings.slice(0, MOST_IN_A_LINE)
  if (first === undefined) return []
  const said = [asLine(first).replace(/\.$/u, ''), ...others.map(asPart)].join('; ')
  const line = { text: `${said}.`, from: [first, ...others].map(({ id }) => id) }
  return [line, ...joinSettings(settings.slice(MOST_IN_A_LINE))]
}

/** What is to be handed in, brought or shown on a day of its own before the work is due. */
function datedWork({ dates, requirements }: Brief): readonly (readonly [DatedWork, Requirement])[] {
  const binding = requirements.filter(({ modality }) => modality !== 'may' && modality !== 'should')
  return dates.interim.flatMap((work) => {
    const about = work.asks || !namesDay(work) ? undefined : binding.find((one) => one === work.about)
    return about === undefined ? [] : [[work, about] as const]
  })
}

/** The work in its own words, with the day in front where those leave it out. */
function restateDated(brief: Brief, [{ date }, about]: readonly [DatedWork, Requirement]): Grounded {
  const line = restate(brief, about)
  return line.text.includes(date.text) ? line : { ...line, text: `“${date.text}”: ${line.text}` }
}

const HANDING_IN = new Set<Requirement['kind']>(['deadline', 'submission'])

/** What binds, sorted by how it is told. */
interface Binding {
  /** What Canvas enforces, what is due on the way, late work, and the choice: each a line. */
  readonly opening: readonly Grounded[]
  /** The hard demands on the work itself, those that cost most first. */
  readonly demands: readonly Requirement[]
}

/** What must not be missed, as far as it is read from Canvas or binds by its own words. */
export function readBinding(brief: Brief): Binding {
  const { context, zone, canvasFacts, disclosures, requirements } = brief
  const dated = datedWork(brief)
  const onDay = new Set(dated.map(([, about]) => about))
  const late = bindingLate(requirements).filter((one) => !onDay.has(one))
  const told = new Set([...onDay, ...late])
  const byWeek = requirements.filter((one) => isDatedByWeek(one) && !told.has(one))
  const apart = new Set([...told, ...byWeek])
  const hard = inOrderOfCost(
    requirements.filter(
      (one) => ((one.hard && one.kind !== 'grading') || disclosures.has(one.id)) && !apart.has(one),
    ),
  )
  const choices = brief.choices.filter(({ options }) => options.some((option) => option.hard))
  const lines = (list: readonly Requirement[]) => list.map((requirement) => restate(brief, requirement))
  const isHandedIn = (one: Requirement): boolean => HANDING_IN.has(one.kind) && !isNamed(one)
  return {
    opening: [
      ...dateLines(context, zone, canvasFacts),
      ...submissionLines(context, canvasFacts),
      ...lines(hard.filter(isHandedIn)),
      ...dated.map((work) => restateDated(brief, work)),
      ...lines(byWeek),
      ...lines(late),
      ...choices.map(restateChoice),
    ],
    demands: hard.filter((one) => !isHandedIn(one)),
  }
}

/** Demands their author has named, `R7: …`, a line for each section they stand in. */
export function joinNamed(brief: Brief, demands: readonly Requirement[]): readonly Grounded[] {
  const { features, requirements } = brief
  const asked = new Set(demands)
  const named = requirements.filter((one) => isNamed(one) && asked.has(one))
  const homes = new Map(features.flatMap(({ title, requirements: own }) => own.map(({ id }) => [id, title])))
  const sections = Map.groupBy(named, ({ id }) => homes.get(id) ?? '')
  return [...sections].flatMap(([title, own]) => joinDemands(title, own))
}

/** What must not be missed: what Canvas enforces, and the hard requirements in the words of the source; how it is graded stands apart. */
export function hardConstraints(brief: Brief): readonly Grounded[] {
  const { opening, demands } = readBinding(brief)
  return [
    ...opening,
    ...demands.filter((one) => !isSetting(one) && !isNamed(one)).map((one) => restate(brief, one)),
    ...joinNamed(brief, demands),
    ...joinSettings(demands.filter((one) => isSetting(one) && !isNamed(one))),
  ]
}

/** What the grade depends on: points and rubric as Canvas has them, then what the text says of grading. */
function gradingSignals({ context, requirements, canvasFacts }: Brief): readonly Grounded[] {
  const { rubric } = context
  const criteria = (rubric?.criteria ?? []).map((criterion) => ({
    text:
      criterion.points === null
        ? criterion.description
        : `${criterion.description}: ${formatPoints(criterion.points)}`,
    from: requirements.filter(({ criterion_id }) => criterion_id === criterion.id).map(({ id }) => id),
  }))
  const known = new Set(rubric?.criteria.map(({ id }) => id))
  const said = requirements.filter(
    ({ kind, criterion_id }) => kind === 'grading' && !known.has(criterion_id ?? ''),
  )
  return [
    ...pointsLines(context, canvasFacts),
    ...criteria,
    ...said.map((requirement) => ({ text: asLine(requirement), from: [requirement.id] })),
  ]
}

/** The head of the plan: what it is for, what success is, what binds and what counts. */
export function writeSummary(brief: Brief): GroundedPlan['assignment_summary'] {
  const rubric = (brief.context.rubric?.criteria.length ?? 0) > 0
  return {
    title: brief.context.assignment.title.trim() || 'Assignment without a title',
    objective: brief.distilled.objective,
    success_definition: `${brief.template.success}; every constraint of this plan is met${rubric ? ', and for each rubric criterion you can show where' : ''}.`,
    hard_constraints: hardConstraints(brief),
    grading_signals: gradingSignals(brief),
  }
}
