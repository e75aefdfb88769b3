import { DateTime } from 'luxon'

import type { CanvasAttachment, CanvasContext } from '../contract/canvas-context.ts'
import { isQuiz } from './refuse-unplannable.ts'
import type { CanvasAssignment, CanvasCourse } from './schemas.ts'

interface Gathered {
  readonly origin: string
  readonly courseId: string
  readonly assignment: CanvasAssignment
  readonly course: CanvasCourse
  readonly userTimeZone: string | null
  readonly discussionMessage: string | null
  readonly attachments: CanvasAttachment[]
}

/** Brings what Canvas said into the one shape that planning reads: times in UTC, no key absent, nothing more. */
export function normaliseContext(gathered: Gathered): CanvasContext {
  const { assignment, course, userTimeZone } = gathered
  return {
    assignment: normaliseAssignment(gathered),
    rubric: normaliseRubric(assignment),
    course: {
      id: course.id,
      name: course.name ?? course.course_code ?? `Course ${course.id}`,
      code: course.course_code,
      time_zone: course.time_zone,
      syllabus_html: course.syllabus_body ?? null,
      user_time_zone: userTimeZone,
    },
  }
}

function normaliseAssignment(gathered: Gathered): CanvasContext['assignment'] {
  const { assignment, attachments, courseId, discussionMessage, origin } = gathered
  const attempts = assignment.allowed_attempts
  return {
    id: assignment.id,
    title: assignment.name ?? `Assignment ${assignment.id}`,
    description_html: assignment.description,
    due_at: utc(assignment.due_at),
    lock_at: utc(assignment.lock_at),
    unlock_at: utc(assignment.unlock_at),
    points_possible: assignment.points_possible,
    grading_type: assignment.grading_type,
    submission_types: assignment.submission_types ?? [],
    allowed_extensions: assignment.allowed_extensions ?? [],
    // Canvas says -1 for unlimited.
    allowed_attempts: attempts !== null && attempts >= 1 ? Math.floor(attempts) : null,
    group: assignment.group_category_id !== null,
    peer_reviews: assignment.peer_reviews ?? false,
    locked: assignment.locked_for_user ?? false,
    lock_explanation: assignment.lock_explanation,
    html_url:
      ownUrl(assignment.html_url, origin) ?? `${origin}/courses/${courseId}/assignments/${assignment.id}`,
    updated_at: utc(assignment.updated_at),
    checkpoints: (assignment.checkpoints ?? []).map(({ tag, due_at, points_possible }) => ({
      tag: tag ?? 'checkpoint',
      due_at: utc(due_at),
      points: points_possible,
    })),
    discussion_message_html: discussionMessage,
    quiz: isQuiz(assignment),
    annotatable_file_id: assignment.annotatable_attachment_id,
    attachments,
  }
}

function normaliseRubric({
  rubric,
  rubric_settings,
  use_rubric_for_grading,
}: CanvasAssignment): CanvasContext['rubric'] {
  if (rubric === null || rubric.length === 0) return null
  return {
    title: rubric_settings?.title ?? null,
    points_possible: rubric_settings?.points_possible ?? null,
    hide_points: rubric_settings?.hide_points ?? false,
    used_for_grading: use_rubric_for_grading ?? false,
    criteria: rubric.map((criterion, index) => ({
      id: criterion.id ?? `criterion-${index + 1}`,
      description: criterion.description ?? '',
      long_description: criterion.long_description,
      points: criterion.points,
      ratings: (criterion.ratings ?? []).map(({ description, long_description, points }) => ({
        description: description ?? '',
        long_description,
        points,
      })),
    })),
  }
}

/** Turns a time of Canvas, with Z, with an offset or a bare date, into UTC; null when it is none. */
export function utc(time: string | null): string | null {
  if (time === null) return null
  return DateTime.fromISO(time, { zone: 'utc' }).toUTC().toISO({ suppressMilliseconds: true })
}

function ownUrl(address: string | null, origin: string): string | null {
  const url = address === null ? null : URL.parse(address)
  return url !== null && url.origin === origin ? url.href : null
}
