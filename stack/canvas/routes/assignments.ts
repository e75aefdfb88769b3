import { assignmentOf, courseOf, idParam, includes, type Call } from '../call.ts'
import { list } from '../list.ts'
import { presentAssignment, type Viewer } from '../present/assignment.ts'
import { dueFor } from '../present/due.ts'
import { presentSubmission } from '../present/submission.ts'
import { unauthorized } from '../protocol/refusals.ts'
import { json } from '../protocol/reply.ts'
import type { Route } from '../router.ts'
import type { AssignmentSeed } from '../seed.ts'

export const assignmentRoutes: readonly Route[] = [
  {
    pattern: '/api/v1/courses/:courseId/assignments',
    scope: 'url:GET|/api/v1/courses/:course_id/assignments',
    tab: 'assignments',
    answer: listAssignments,
  },
  {
    pattern: '/api/v1/courses/:courseId/assignments/:assignmentId',
    scope: 'url:GET|/api/v1/courses/:course_id/assignments/:id',
    answer: showAssignment,
  },
  {
    pattern: '/api/v1/courses/:courseId/assignments/:assignmentId/submissions/:userId',
    scope: 'url:GET|/api/v1/courses/:course_id/assignments/:assignment_id/submissions/:user_id',
    answer: showOwnSubmission,
  },
]

function listAssignments(call: Call) {
  const course = courseOf(call)
  const include = includes(call)
  // can_submit comes with the single call only.
  const viewer: Viewer = { ...call, include: new Set([...include].filter((name) => name !== 'can_submit')) }
  const rows = course.assignments
    .filter((assignment) => inBucket(assignment, call))
    .toSorted(ordering(call))
    .map((assignment) => presentAssignment(course, assignment, viewer))
  return list(call, rows)
}

function showAssignment(call: Call) {
  const assignment = assignmentOf(call)
  return json(presentAssignment(assignment.course, assignment, { ...call, include: includes(call) }))
}

function showOwnSubmission(call: Call) {
  const assignment = assignmentOf(call)
  const whose = call.params['userId'] === 'self' ? call.user.id : idParam(call, 'userId')
  if (whose !== call.user.id) return unauthorized(403)
  const include = includes(call)
  return json({
    ...presentSubmission(assignment.course, assignment, call.user, call.origin, call.now),
    ...(include.has('submission_history') ? { submission_history: [] } : {}),
    ...(include.has('submission_comments') ? { submission_comments: [] } : {}),
    ...(include.has('rubric_assessment') ? { rubric_assessment: null } : {}),
  })
}

function inBucket(assignment: AssignmentSeed, call: Call): boolean {
  const due = dueFor(assignment, call.user)?.toJSDate() ?? null
  switch (call.query.get('bucket')) {
    case 'past':
    case 'overdue':
      return due !== null && due < call.now
    case 'undated':
      return due === null
    case 'upcoming':
    case 'future':
      return due === null || due >= call.now
    case 'ungraded':
    case 'unsubmitted':
    default:
      return true
  }
}

function ordering(call: Call): (a: AssignmentSeed, b: AssignmentSeed) => number {
  const due = (assignment: AssignmentSeed) =>
    dueFor(assignment, call.user)?.toMillis() ?? Number.MAX_SAFE_INTEGER
  switch (call.query.get('order_by')) {
    case 'name':
      return (a, b) => a.name.localeCompare(b.name, 'en')
    case 'due_at':
      return (a, b) => due(a) - due(b)
    case null:
    default:
      return () => 0
  }
}
