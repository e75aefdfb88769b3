import type { User } from '../people.ts'
import type { AssignmentSeed, CourseSeed } from '../seed.ts'
import { isoUtc } from '../term.ts'
import { dueFor, presentAllDates } from './due.ts'
import { presentLock } from './lock.ts'
import { presentRubric } from './rubric.ts'
import { presentSubmission } from './submission.ts'
import { presentCheckpoints, presentTopic } from './topic.ts'

export interface Viewer {
  readonly user: User
  readonly now: Date
  readonly origin: string
  readonly include: ReadonlySet<string>
}

/** The Assignment object of Canvas as one student sees it: her own dates, nothing of a locked description. */
export function presentAssignment(course: CourseSeed, assignment: AssignmentSeed, viewer: Viewer) {
  const lock = presentLock(assignment, viewer.now)
  const hidden =
    lock['locked_for_user'] === true &&
    assignment.unlockAt !== undefined &&
    viewer.now < assignment.unlockAt.toJSDate()
  const due = dueFor(assignment, viewer.user)
  return {
    id: assignment.id,
    course_id: course.id,
    name: assignment.name,
    description: hidden ? '' : assignment.description,
    due_at: due === null ? null : isoUtc(due),
    unlock_at: assignment.unlockAt === undefined ? null : isoUtc(assignment.unlockAt),
    lock_at: assignment.lockAt === undefined ? null : isoUtc(assignment.lockAt),
    created_at: isoUtc(assignment.updatedAt.minus({ days: 12 })),
    updated_at: isoUtc(assignment.updatedAt),
    points_possible: assignment.points,
    grading_type: assignment.gradingType ?? 'points',
    submission_types: assignment.submissionTypes,
    ...(assignment.allowedExtensions === undefined
      ? {}
      : { allowed_extensions: assignment.allowedExtensions }),
    allowed_attempts: assignment.attempts ?? -1,
    html_url: `${viewer.origin}/courses/${course.id}/assignments/${assignment.id}`,
    ...constants(assignment),
    ...lock,
    ...presentRubric(assignment.rubric),
    ...(hidden ? { has_sub_assignments: false } : presentCheckpoints(assignment)),
    ...elsewhere(course, assignment, viewer.origin),
    ...included(course, assignment, viewer),
  }
}

function constants(assignment: AssignmentSeed) {
  return {
    assignment_group_id: 4001n,
    grading_standard_id: null,
    position: 1,
    published: true,
    workflow_state: 'published',
    only_visible_to_overrides: false,
    visible_to_everyone: true,
    group_category_id: assignment.groupCategoryId ?? null,
    grade_group_students_individually: assignment.gradeIndividually === true,
    peer_reviews: assignment.peerReviews !== undefined,
    automatic_peer_reviews: assignment.peerReviews !== undefined,
    ...(assignment.peerReviews === undefined
      ? {}
      : {
          peer_review_count: assignment.peerReviews.count,
          peer_reviews_assign_at: isoUtc(assignment.peerReviews.assignAt),
        }),
    anonymous_grading: false,
    moderated_grading: false,
    omit_from_final_grade: false,
    annotatable_attachment_id: null,
    // True as soon as anybody in the class has handed in.
    has_submitted_submissions: true,
    in_closed_grading_period: false,
    is_quiz_assignment: assignment.quiz !== undefined,
    is_quiz_lti_assignment: assignment.externalTool?.newQuiz === true,
    require_lockdown_browser: assignment.lockdownBrowser === true,
    restrict_quantitative_data: false,
    hide_in_gradebook: false,
    post_to_sis: false,
    important_dates: false,
    muted: true,
    secure_params: `sandbox-${assignment.id}`,
  }
}

function elsewhere(course: CourseSeed, assignment: AssignmentSeed, origin: string): Record<string, unknown> {
  return {
    ...(assignment.topic === undefined
      ? {}
      : { discussion_topic: presentTopic(course, assignment, assignment.topic, origin) }),
    ...(assignment.quiz === undefined ? {} : { quiz_id: assignment.quiz.id }),
    ...(assignment.externalTool === undefined
      ? {}
      : { external_tool_tag_attributes: { url: assignment.externalTool.url, new_tab: false } }),
  }
}

function included(course: CourseSeed, assignment: AssignmentSeed, viewer: Viewer): Record<string, unknown> {
  return {
    ...(viewer.include.has('all_dates') ? presentAllDates(assignment, viewer.user) : {}),
    ...(viewer.include.has('can_submit')
      ? { can_submit: presentLock(assignment, viewer.now)['locked_for_user'] === false }
      : {}),
    ...(viewer.include.has('submission')
      ? { submission: presentSubmission(course, assignment, viewer.user, viewer.origin, viewer.now) }
      : {}),
  }
}
