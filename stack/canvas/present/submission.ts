import type { User } from '../people.ts'
import type { AssignmentSeed, CourseSeed } from '../seed.ts'
import { isoUtc } from '../term.ts'
import { dueFor } from './due.ts'

/** The caller's own Submission object: in the sandbox nobody has handed in yet. */
export function presentSubmission(
  course: CourseSeed,
  assignment: AssignmentSeed,
  user: User,
  origin: string,
  now: Date,
) {
  const due = dueFor(assignment, user)
  return {
    id: assignment.id * 100n + (user.id % 100n),
    assignment_id: assignment.id,
    user_id: user.id,
    body: null,
    url: null,
    grade: null,
    score: null,
    submitted_at: null,
    submission_type: null,
    workflow_state: 'unsubmitted',
    grade_matches_current_submission: true,
    graded_at: null,
    grader_id: null,
    attempt: null,
    cached_due_date: due === null ? null : isoUtc(due),
    excused: null,
    late: false,
    missing: due !== null && due.toJSDate() < now,
    seconds_late: 0,
    late_policy_status: null,
    points_deducted: null,
    extra_attempts: null,
    posted_at: null,
    preview_url: `${origin}/courses/${course.id}/assignments/${assignment.id}/submissions/${user.id}?preview=1&version=0`,
  }
}
