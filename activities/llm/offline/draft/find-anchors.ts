import type { DateTime } from 'luxon'

import type { Attachments } from './attach.ts'
import type { Brief } from './brief.ts'
import { formatFullMoment, inZone } from '../text/zone.ts'
import { clip } from './grounded.ts'
import { asLine } from './restate.ts'
import { finishBefore, type Anchor } from './schedule.ts'
import { momentOf } from './moment-in-text.ts'
import type { MilestoneTemplate, TaskTemplate } from './template.ts'
import { namesDay, type DatedWork } from './time-in-text.ts'
import { findSubjects } from './topics.ts'

/** A date the instructor has set for a task, the milestone it stands in, and the words that say so. */
export interface NamedAnchor extends Anchor {
  readonly milestone: number
  /** The date itself, to the last moment of it; the plan works towards an earlier one. */
  readonly due: DateTime
  /** What is said of it beside a date of the plan that lies before it, or behind it. */
  readonly because: (planned: DateTime) => string
}

const CHECKPOINT_MILESTONE: Readonly<Record<string, string>> = {
  reply_to_topic: 'post',
  reply_to_entry: 'reply',
}

// A quote this long says itself what it dates.
const SENTENCE = 30
const IN_TIME = "in time for your instructor's own date"
const COMES_FIRST = "your instructor's own date comes first"
const ASK_BY = 'with a date to ask by, if it concerns you'
// A stage of the work that no requirement topic names.
const DRAFT_STAGE = ['write', 'build', 'annotate', 'make', 'post']

/** A task and the milestone it stands in. */
interface Step {
  readonly milestone: number
  readonly milestoneId: string
  readonly task: TaskTemplate
}

function listSteps(milestones: readonly MilestoneTemplate[]): readonly Step[] {
  return milestones.flatMap(({ id, tasks }, milestone) =>
    tasks.map((task) => ({ milestone, milestoneId: id, task })),
  )
}

function byWords(quote: string, steps: readonly Step[]): number {
  if (/\bdraft\b|\bprototype\b/i.test(quote)) {
    return steps.findLastIndex(({ milestoneId }) => DRAFT_STAGE.includes(milestoneId))
  }
  for (const subject of findSubjects(quote)) {
    const found = steps.findIndex(({ task }) => task.takes.includes(subject))
    if (found >= 0) return found
  }
  return -1
}

/** The task a date belongs to: where its words point, else where the work it dates was hung; -1 when nowhere. */
function stepOf({ date, about }: DatedWork, steps: readonly Step[], attached: Attachments): number {
  const named = byWords(date.evidence.quote, steps)
  if (named >= 0 || about === null) return named
  return steps.findIndex(({ task }) => attached.requirements.get(task.id)?.includes(about))
}

function checkpointAnchors(brief: Brief, steps: readonly Step[]): readonly NamedAnchor[] {
  const { now, zone, context, adjustment } = brief
  return context.assignment.checkpoints.flatMap(({ tag, due_at }) => {
    const step = steps.findLastIndex(({ milestoneId }) => milestoneId === CHECKPOINT_MILESTONE[tag])
    const milestone = steps[step]?.milestone
    if (due_at === null || milestone === undefined) return []
    const due = inZone(due_at, zone)
    const says = `Canvas sets a date of its own for this part: ${formatFullMoment(due)}`
    const anchor = { step, milestone, due, firm: true }
    if (due <= now) return [{ ...anchor, at: due, because: () => `${says}, which has passed` }]
    return [{ ...anchor, at: finishBefore(due, now, adjustment.bufferFactor), because: () => says }]
  })
}

function sayInterim({ date, about, asks }: DatedWork, isInTime: boolean): string {
  const opening = asks ? ASK_BY : isInTime ? IN_TIME : COMES_FIRST
  const quote = date.evidence.quote
    .replaceAll(/\s+/g, ' ')
    .replace(/[.;,]+$/, '')
    .trim()
  const work = about === null ? '' : clip(asLine(about), 200).replace(/\.$/, '')
  if (work === '' || quote.length >= SENTENCE) return `${opening}: “${clip(quote, 240)}”`
  return work.includes(quote) ? `${opening}: ${work}` : `${opening}: “${quote}” for: ${work}`
}

/** Dates the instructor has set on the way, and those no task was found for. */
export interface Anchors {
  readonly placed: readonly NamedAnchor[]
  readonly loose: readonly string[]
}

/** Places the dates of checkpoints and of stages the instructor has dated on the tasks they belong to. */
export function findAnchors(
  brief: Brief,
  milestones: readonly MilestoneTemplate[],
  attached: Attachments,
): Anchors {
  const { now, zones, dates, adjustment } = brief
  const steps = listSteps(milestones)
  const placed = [...checkpointAnchors(brief, steps)]
  const loose: string[] = []
  for (const dated of dates.interim) {
    const due = momentOf(dated, zones)
    if (due <= now) continue
    const step = stepOf(dated, steps, attached)
    const milestone = steps[step]?.milestone ?? milestones.length
    const at = finishBefore(due, now, adjustment.bufferFactor)
    // What is told at the end with its own words and day is found there; a day without its work is not.
    if (milestone >= milestones.length - (namesDay(dated) ? 0 : 1)) loose.push(dated.date.text)
    else {
      const because = (planned: DateTime): string => sayInterim(dated, planned <= due)
      placed.push({ step, milestone, at, due, firm: false, because })
    }
  }
  return { placed: placed.toSorted((a, b) => a.at.toMillis() - b.at.toMillis()), loose }
}
