import { DateTime } from 'luxon'

import { RunFailure } from '../contract/run-errors.ts'
import type { CanvasAssignment } from './schemas.ts'

/** True when an assignment is a quiz of either kind that Canvas has. */
export function isQuiz(assignment: CanvasAssignment): boolean {
  return (
    assignment.is_quiz_assignment === true ||
    assignment.is_quiz_lti_assignment === true ||
    assignment.quiz_id !== null ||
    (assignment.submission_types?.includes('online_quiz') ?? false)
  )
}

/** True when HTML holds nothing to read: no text, no image, nothing embedded and no link. */
export function isBlankHtml(html: string | null): boolean {
  return html === null || (!/<(?:img|iframe|a|embed|object)\b/i.test(html) && textOf(html) === '')
}

/**
 * Says why no plan can be made of an assignment, null when one can: it is a quiz or under a lockdown browser, or it is
 * locked and Canvas holds its description back. Dates are told in `timeZone` (IANA), UTC when null.
 */
export function refusePlanning(assignment: CanvasAssignment, timeZone: string | null): RunFailure | null {
  const title = `“${assignment.name ?? `Assignment ${assignment.id}`}”`
  if (assignment.require_lockdown_browser === true) {
    return notPlannable(`${title} is taken in a lockdown browser, so there is nothing to plan from outside.`)
  }
  if (isQuiz(assignment)) {
    return notPlannable(`${title} is a quiz. Waymark plans work you hand in and leaves quizzes to you.`)
  }
  if (assignment.locked_for_user !== true || !isBlankHtml(assignment.description)) return null
  return new RunFailure('ASSIGNMENT_LOCKED', lockedSentence(title, assignment, timeZone))
}

const notPlannable = (sentence: string): RunFailure =>
  new RunFailure(
    'NOT_PLANNABLE',
    `${sentence} Choose a written assignment, or ask your instructor for the study topics.`,
  )

function lockedSentence(title: string, assignment: CanvasAssignment, timeZone: string | null): string {
  const opens = sayDate(assignment.lock_info?.unlock_at ?? assignment.unlock_at, timeZone)
  const closed = sayDate(assignment.lock_info?.lock_at ?? null, timeZone)
  if (closed !== null && assignment.lock_info?.unlock_at == null) {
    return `${title} was closed on ${closed}, and Canvas no longer shows its instructions. Ask your instructor to open it.`
  }
  if (opens !== null) return `${title} is locked until ${opens}. Retry this stage after that.`
  return `${title} is locked. Open it in Canvas to see what unlocks it, then retry this stage.`
}

function sayDate(iso: string | null, timeZone: string | null): string | null {
  if (iso === null) return null
  const zone = timeZone ?? 'utc'
  const utc = DateTime.fromISO(iso, { zone: 'utc' })
  const local = utc.setZone(zone)
  const time = local.isValid ? local : utc
  return time.isValid ? `${time.toFormat('d LLLL yyyy, HH:mm', { locale: 'en' })} (${time.zoneName})` : null
}

function textOf(html: string): string {
  return html.replace(/<!--[^]*?-->|<[^>]*>|&nbsp;|&#160;|&#xA0;|\u00A0/gi, ' ').trim()
}
