import type { DateTime } from 'luxon'

import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import type { Distilled, Requirement } from '../../../../contract/requirements.ts'
import type { ModelSteps } from '../../port.ts'
import { canvasFactOf, type CanvasFacts } from './canvas-lines.ts'
import { readDeadline, type Deadline } from './deadline.ts'
import { inZone, validZone, zoneOf } from '../text/zone.ts'
import { findDisclosures } from './find-disclosures.ts'
import { findFeatures, withFeatures, type Feature } from './features.ts'
import { foldParts } from './fold-parts.ts'
import { GENRES } from './genres/genres.ts'
import { findTarget, type Target, type Zones } from './moment-in-text.ts'
import { measureWork, type WorkSize } from './measure-work.ts'
import { withOrders, type KeptOrder } from './orders.ts'
import { readRejection, type Adjustment } from './rejection.ts'
import type { GenreTemplate, Occasion } from './template.ts'
import { sortTextDates, type TextDates } from './time-in-text.ts'
import { topicsOf } from './topics.ts'

/** Requirements of which one is to be chosen. */
export interface Choice {
  readonly group: string
  readonly options: readonly Requirement[]
}

/** Everything the plan is made from, read once. */
export interface Brief {
  readonly context: CanvasContext
  readonly distilled: Distilled
  readonly template: GenreTemplate
  /** Requirements that stand on their own: not one option of several, nor a fact Canvas states, nor part of another. */
  readonly requirements: readonly Requirement[]
  /** Ids that are told along with a requirement, by its id. */
  readonly toldBy: ReadonlyMap<string, readonly string[]>
  /** Parts of the work the brief itself sets apart, each with a task of its own. */
  readonly features: readonly Feature[]
  /** Orders of work the brief states, each with a task of its own. */
  readonly orders: readonly KeptOrder[]
  readonly canvasFacts: CanvasFacts
  /** Ids of the requirements that ask to say where AI was used. */
  readonly disclosures: ReadonlySet<string>
  readonly choices: readonly Choice[]
  readonly size: WorkSize
  readonly occasion: Occasion
  readonly zone: string
  readonly zones: Zones
  readonly now: DateTime
  readonly deadline: Deadline
  /** An earlier date for handing in that the text sets, which the plan works towards. */
  readonly target: Target | null
  readonly dates: TextDates
  /** What stays open beside the dates, which the plan settles or asks about itself. */
  readonly questions: readonly string[]
  readonly adjustment: Adjustment
}

function findChoices(requirements: readonly Requirement[]): readonly Choice[] {
  const grouped = Map.groupBy(requirements, ({ alternative_group }) => alternative_group)
  return [...grouped].flatMap(([group, options]) =>
    group !== null && options.length > 1 ? [{ group, options }] : [],
  )
}

/** The context as the student may see it: criteria without points where the instructor hides them. */
function withoutHiddenPoints(context: CanvasContext): CanvasContext {
  const { rubric } = context
  if (rubric === null || !rubric.hide_points) return context
  const criteria = rubric.criteria.map((criterion) => ({ ...criterion, points: null }))
  return { ...context, rubric: { ...rubric, points_possible: null, criteria } }
}

const ALONE =
  /\b(?:alone|individually|by yourself|on your own) or (?:with|in)\b|\b(?:pairs?|groups?|teams?|a partner) or (?:work )?(?:alone|individually|by yourself|on your own)\b/iu

/** Whether the instructions ask to prepare for measuring, and to measure: what no other task would rather take. */
function readLabWork(requirements: readonly Requirement[]): Pick<Occasion, 'prepares' | 'measures'> {
  const work = requirements.filter(({ kind }) => kind !== 'grading')
  const topics = new Set(work.map((one) => topicsOf(one)[0]))
  const prepares = topics.has('preparation')
  return { prepares, measures: topics.has('measuring') || (topics.has('safety') && !prepares) }
}

function isAboutDate(question: string, dates: Distilled['dates']): boolean {
  return dates.some(({ text }) => question.includes(text))
}

/** Reads what the plan is made from; two checkpoints make a discussion of any genre. */
export function readBrief(input: ModelSteps['draft']['input']): Brief {
  const { distilled, now, rejection_reason } = input
  const context = withoutHiddenPoints(input.context)
  const zone = zoneOf(context)
  const start = inZone(now, zone)
  const genre = GENRES[context.assignment.checkpoints.length > 0 ? 'discussion' : distilled.genre]
  const choices = findChoices(distilled.requirements)
  const chosen = new Set(choices.flatMap(({ options }) => options))
  const single = distilled.requirements.filter((requirement) => !chosen.has(requirement))
  const canvasFacts = Map.groupBy(single, (requirement) => canvasFactOf(requirement, context))
  const { requirements, toldBy } = foldParts(canvasFacts.get(null) ?? [])
  const named = findFeatures(requirements)
  const featured = withFeatures(genre, named)
  const { template, kept: orders } = withOrders(featured, requirements)
  const deadline = readDeadline(context, start, zone)
  const dates = sortTextDates(distilled.dates, [...requirements, ...chosen])
  const zones = { course: validZone(context.course.time_zone, zone), student: zone }
  const adjustment = readRejection(rejection_reason)
  const conflicts = dates.conflicts.length > 0
  const questions = distilled.open_questions.filter((question) => !isAboutDate(question, distilled.dates))
  return {
    context,
    distilled,
    template,
    requirements,
    toldBy,
    features: featured === genre ? [] : named,
    orders,
    canvasFacts,
    disclosures: findDisclosures(requirements, distilled.ai_policy),
    choices,
    size: measureWork([...requirements, ...chosen], template.usual),
    occasion: {
      conflicts,
      asks: conflicts || questions.length > 0 || deadline.kind === 'late' || deadline.kind === 'passed',
      choices: choices.length > 0,
      group: context.assignment.group,
      mayBeAlone: requirements.some(({ statement }) => ALONE.test(statement)),
      ...readLabWork(requirements),
      peerReviews: context.assignment.peer_reviews,
      terse: adjustment.terse,
    },
    zone,
    zones,
    now: start,
    deadline,
    target: findTarget(dates, deadline, start, zones),
    dates,
    questions,
    adjustment,
  }
}
