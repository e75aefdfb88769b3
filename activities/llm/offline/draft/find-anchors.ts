import type { DateTime } from 'luxon'

import type { Brief } from './brief.ts'
import { formatFullMoment, inZone } from './deadline.ts'
import { clip } from './grounded.ts'
import { finishBefore, type Anchor } from './schedule.ts'
import type { MilestoneTemplate } from './template.ts'
import { findSubjects } from './topics.ts'

/** A date the instructor has set for a milestone, and the words that say so. */
export interface NamedAnchor extends Anchor {
  readonly because: string
}

const CHECKPOINT_MILESTONE: Readonly<Record<string, string>> = {
  reply_to_topic: 'post',
  reply_to_entry: 'reply',
}

// A stage of the work that no requirement topic names.
const DRAFT_STAGE = ['write', 'build', 'annotate', 'make', 'post']

function quoteAround(quote: string): string {
  return quote
    .replaceAll(/\s+/g, ' ')
    .replace(/[.;,]+$/, '')
    .trim()
}

function indexOfMilestone(milestones: readonly MilestoneTemplate[], ids: readonly string[]): number {
  return milestones.findIndex(({ id }) => ids.includes(id))
}

function milestoneOf(quote: string, milestones: readonly MilestoneTemplate[]): number {
  if (/\bdraft\b|\bprototype\b/i.test(quote)) return indexOfMilestone(milestones, DRAFT_STAGE)
  for (const subject of findSubjects(quote)) {
    const found = milestones.findIndex(({ tasks }) => tasks.some(({ takes }) => takes.includes(subject)))
    if (found >= 0) return found
  }
  return -1
}

/** Dates of checkpoints and of stages the instructor has dated, each on the milestone it belongs to. */
export function findAnchors(brief: Brief, milestones: readonly MilestoneTemplate[]): readonly NamedAnchor[] {
  const { now, zone, context, dates, adjustment } = brief
  const before = (deadline: DateTime) => finishBefore(deadline, now, adjustment.bufferFactor)

  const checkpoints = context.assignment.checkpoints.flatMap(({ tag, due_at }) => {
    const milestone = indexOfMilestone(milestones, [CHECKPOINT_MILESTONE[tag] ?? ''])
    if (due_at === null || milestone < 0) return []
    const due = inZone(due_at, zone)
    const because = `Canvas sets a date of its own for this part: ${formatFullMoment(due)}`
    return due > now
      ? [{ milestone, at: before(due), because }]
      : [{ milestone, at: due, because: `${because}, which has passed` }]
  })
  const interim = dates.interim.flatMap(({ iso_date, evidence }) => {
    const milestone = milestoneOf(evidence.quote, milestones)
    const due = inZone(iso_date ?? '', zone).endOf('day')
    if (milestone < 0 || due <= now) return []
    return [
      {
        milestone,
        at: before(due),
        because: `your instructor's own date comes first: “${clip(quoteAround(evidence.quote), 240)}”`,
      },
    ]
  })
  const taken = new Set<number>()
  return [...checkpoints, ...interim].filter(({ milestone }) => !taken.has(milestone) && taken.add(milestone))
}
