import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import { formatFullMoment, inZone } from './deadline.ts'

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

/** The dates Canvas gives, one line each. */
export function dateLines({ assignment }: CanvasContext, zone: string): readonly string[] {
  const line = (says: string, iso: string | null) =>
    iso === null ? [] : [`${says} ${formatFullMoment(inZone(iso, zone))}.`]
  return [
    ...line('Due', assignment.due_at),
    ...assignment.checkpoints.flatMap(({ tag, due_at }) =>
      line(`Canvas checkpoint “${tag.replaceAll('_', ' ')}” due`, due_at),
    ),
    ...line('Canvas accepts work from', assignment.unlock_at),
    ...line('Canvas closes', assignment.lock_at),
  ]
}

/** How Canvas takes the work: form, file types, attempts, group. */
export function submissionLines({ assignment }: CanvasContext): readonly string[] {
  const forms = assignment.submission_types.flatMap((type) => SUBMISSION_WORDS[type] ?? [])
  const extensions = assignment.allowed_extensions.map((extension) => `.${extension.replace(/^\./, '')}`)
  const attempts = assignment.allowed_attempts
  return [
    ...(forms.length > 0 ? [`Hand in as: ${forms.join(' or ')}.`] : []),
    ...(extensions.length > 0 ? [`File types Canvas accepts: ${extensions.join(', ')}.`] : []),
    ...(attempts !== null ? [`Attempts Canvas allows: ${attempts}.`] : []),
    ...(assignment.group ? ['This is group work in Canvas.'] : []),
  ]
}
