import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import type { Requirement } from '../../../../contract/requirements.ts'
import { formatFullMoment, inZone } from '../text/zone.ts'
import type { Grounded } from './grounded.ts'

const SUBMISSION_WORDS: Readonly<Record<string, string>> = {
  online_upload: 'file upload',
  online_text_entry: 'text entered in Canvas',
  online_url: 'web address',
  media_recording: 'media recording',
  student_annotation: 'annotated document',
  discussion_topic: 'posts in the discussion',
  external_tool: 'external tool',
  on_paper: 'on paper',
}

/** `1 point`, `20 points`. */
export function formatPoints(points: number): string {
  return points === 1 ? '1 point' : `${points} points`
}

/** A fact of Canvas that the plan says itself, so that a requirement read from it is not said again. */
export type CanvasFact = 'points' | 'types' | `at ${string}`

/** The fact of Canvas a requirement was read from, or null when it comes from a text. */
export function canvasFactOf(
  { kind, evidence }: Requirement,
  { assignment }: CanvasContext,
): CanvasFact | null {
  const quotes = evidence.map(({ quote }) => quote)
  const times = [assignment.due_at, ...assignment.checkpoints.map(({ due_at }) => due_at)]
  const at = times.find((time) => time !== null && quotes.every((quote) => quote.includes(time)))
  if (at !== undefined && at !== null) return `at ${at}`
  if (kind === 'grading' && quotes.every((quote) => quote.startsWith('Points:'))) return 'points'
  return kind === 'submission' && quotes.every((quote) => quote.startsWith('Accepted file types:'))
    ? 'types'
    : null
}

/** Requirement ids by the fact of Canvas they were read from. */
export type CanvasFacts = ReadonlyMap<CanvasFact | null, readonly Requirement[]>

function line(text: string, facts: CanvasFacts, fact: CanvasFact | null = null): Grounded {
  return { text, from: fact === null ? [] : (facts.get(fact) ?? []).map(({ id }) => id) }
}

/** The dates Canvas gives, one line each. */
export function dateLines(
  { assignment }: CanvasContext,
  zone: string,
  facts: CanvasFacts,
): readonly Grounded[] {
  const dated = (says: string, iso: string | null) =>
    iso === null ? [] : [line(`${says} ${formatFullMoment(inZone(iso, zone))}.`, facts, `at ${iso}`)]
  return [
    ...dated('Due', assignment.due_at),
    ...assignment.checkpoints.flatMap(({ tag, due_at }) =>
      dated(`Canvas checkpoint “${tag.replaceAll('_', ' ')}” due`, due_at),
    ),
    ...dated('Canvas accepts work from', assignment.unlock_at),
    ...dated('Canvas closes', assignment.lock_at),
  ]
}

/** How Canvas takes the work: form, file types, attempts, group. */
export function submissionLines({ assignment }: CanvasContext, facts: CanvasFacts): readonly Grounded[] {
  const forms = assignment.submission_types.flatMap((type) => SUBMISSION_WORDS[type] ?? [])
  const types = assignment.allowed_extensions.map((extension) => `.${extension.replace(/^\./, '')}`)
  const attempts = assignment.allowed_attempts
  return [
    ...(forms.length > 0 ? [line(`Hand in as: ${forms.join(' or ')}.`, facts)] : []),
    ...(types.length > 0 ? [line(`File types Canvas accepts: ${types.join(', ')}.`, facts, 'types')] : []),
    ...(attempts !== null
      ? [line(`Attempts Canvas allows: ${attempts}; hand in no more often than that.`, facts)]
      : []),
    ...(assignment.group
      ? [line('This is group work in Canvas: one of you hands in for the whole group.', facts)]
      : []),
  ]
}

/** What the work is worth, when Canvas says so. */
export function pointsLines({ assignment }: CanvasContext, facts: CanvasFacts): readonly Grounded[] {
  const points = assignment.points_possible
  return points === null ? [] : [line(`Worth ${formatPoints(points)} in Canvas.`, facts, 'points')]
}
