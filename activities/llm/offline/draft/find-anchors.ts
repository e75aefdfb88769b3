import type { Attachments } from './attach.ts'
import type { Brief } from './brief.ts'
import { formatFullMoment, inZone } from './deadline.ts'
import { clip } from './grounded.ts'
import { asLine } from './restate.ts'
import { finishBefore, type Anchor } from './schedule.ts'
import type { MilestoneTemplate } from './template.ts'
import type { DatedWork } from './time-in-text.ts'
import { findSubjects } from './topics.ts'

/** A date the instructor has set for a milestone, and the words that say so. */
export interface NamedAnchor extends Anchor {
  readonly because: string
}

const CHECKPOINT_MILESTONE: Readonly<Record<string, string>> = {
  reply_to_topic: 'post',
  reply_to_entry: 'reply',
}

// A quote this long says itself what it dates.
const SENTENCE = 30
const COMES_FIRST = "your instructor's own date comes first"
// A stage of the work that no requirement topic names.
const DRAFT_STAGE = ['write', 'build', 'annotate', 'make', 'post']

function indexOfMilestone(milestones: readonly MilestoneTemplate[], ids: readonly string[]): number {
  return milestones.findIndex(({ id }) => ids.includes(id))
}

function byWords(quote: string, milestones: readonly MilestoneTemplate[]): number {
  if (/\bdraft\b|\bprototype\b/i.test(quote)) return indexOfMilestone(milestones, DRAFT_STAGE)
  for (const subject of findSubjects(quote)) {
    const found = milestones.findIndex(({ tasks }) => tasks.some(({ takes }) => takes.includes(subject)))
    if (found >= 0) return found
  }
  return -1
}

/** The milestone a date belongs to: where the work it dates was hung, else where its words point. */
function milestoneOf(
  { date, about }: DatedWork,
  milestones: readonly MilestoneTemplate[],
  attached: Attachments,
): number {
  const named = byWords(date.evidence.quote, milestones)
  if (named >= 0 || about === null) return named
  return milestones.findIndex(({ tasks }) =>
    tasks.some(({ id }) => attached.requirements.get(id)?.includes(about)),
  )
}

function checkpointAnchors(brief: Brief, milestones: readonly MilestoneTemplate[]): readonly NamedAnchor[] {
  const { now, zone, context, adjustment } = brief
  return context.assignment.checkpoints.flatMap(({ tag, due_at }) => {
    const milestone = indexOfMilestone(milestones, [CHECKPOINT_MILESTONE[tag] ?? ''])
    if (due_at === null || milestone < 0) return []
    const due = inZone(due_at, zone)
    const because = `Canvas sets a date of its own for this part: ${formatFullMoment(due)}`
    if (due <= now) return [{ milestone, at: due, firm: true, because: `${because}, which has passed` }]
    return [{ milestone, at: finishBefore(due, now, adjustment.bufferFactor), firm: true, because }]
  })
}

function sayInterim({ date, about }: DatedWork): string {
  const quote = date.evidence.quote
    .replaceAll(/\s+/g, ' ')
    .replace(/[.;,]+$/, '')
    .trim()
  const work = about === null ? '' : clip(asLine(about), 200).replace(/\.$/, '')
  if (work === '' || quote.length >= SENTENCE) return `${COMES_FIRST}: “${clip(quote, 240)}”`
  return work.includes(quote) ? `${COMES_FIRST}: ${work}` : `${COMES_FIRST}: “${quote}” for: ${work}`
}

/** Dates the instructor has set on the way, and those no milestone was found for. */
export interface Anchors {
  readonly placed: readonly NamedAnchor[]
  readonly loose: readonly string[]
}

/** Places the dates of checkpoints and of stages the instructor has dated on the milestones they belong to. */
export function findAnchors(
  brief: Brief,
  milestones: readonly MilestoneTemplate[],
  attached: Attachments,
): Anchors {
  const { now, zone, dates, adjustment } = brief
  const placed = [...checkpointAnchors(brief, milestones)]
  const loose: string[] = []
  for (const dated of dates.interim) {
    const due = inZone(dated.date.iso_date ?? '', zone).endOf('day')
    const milestone = milestoneOf(dated, milestones, attached)
    if (due <= now) continue
    if (milestone < 0 || milestone >= milestones.length - 1) loose.push(dated.date.text)
    else
      placed.push({
        milestone,
        at: finishBefore(due, now, adjustment.bufferFactor),
        firm: false,
        because: sayInterim(dated),
      })
  }
  return { placed: placed.toSorted((a, b) => a.at.toMillis() - b.at.toMillis()), loose }
}
