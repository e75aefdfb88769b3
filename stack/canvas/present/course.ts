import type { User } from '../people.ts'
import type { CourseSeed } from '../seed.ts'

/** The Course object of Canvas; of a course that is over only its id is left. */
export function presentCourse(course: CourseSeed, user: User, origin: string, include: ReadonlySet<string>) {
  if (course.restrictedByDate === true) return { id: course.id, access_restricted_by_date: true }
  return {
    id: course.id,
    name: course.name,
    course_code: course.code,
    account_id: 1n,
    root_account_id: 1n,
    enrollment_term_id: 81n,
    workflow_state: 'available',
    time_zone: course.timeZone,
    start_at: null,
    end_at: null,
    is_public: false,
    default_view: 'modules',
    license: 'private',
    locale: null,
    apply_assignment_group_weights: true,
    hide_final_grades: false,
    restrict_enrollments_to_course_dates: false,
    storage_quota_mb: 500,
    calendar: { ics: `${origin}/feeds/calendars/course_${course.id}.ics` },
    enrollments: [
      {
        type: 'student',
        role: 'StudentEnrollment',
        role_id: 3n,
        user_id: user.id,
        enrollment_state: 'active',
      },
    ],
    ...(include.has('syllabus_body') ? { syllabus_body: course.syllabus } : {}),
    ...(include.has('permissions')
      ? { permissions: { create_announcement: false, create_discussion_topic: true } }
      : {}),
    ...(include.has('term') ? { term: { id: 81n, name: 'Current Term', start_at: null, end_at: null } } : {}),
  }
}
