import { courseOf, idParam, Refusal, type Call } from '../call.ts'
import { dueFor } from '../present/due.ts'
import { presentLock } from '../present/lock.ts'
import { notFound } from '../protocol/refusals.ts'
import { json } from '../protocol/reply.ts'
import type { Route } from '../router.ts'
import { isoUtc } from '../term.ts'

export const quizRoutes: readonly Route[] = [
  {
    pattern: '/api/v1/courses/:courseId/quizzes/:quizId',
    scope: 'url:GET|/api/v1/courses/:course_id/quizzes/:id',
    answer: showQuiz,
  },
]

function showQuiz(call: Call) {
  const course = courseOf(call)
  const id = idParam(call, 'quizId')
  const assignment = course.assignments.find((candidate) => candidate.quiz?.id === id)
  if (assignment?.quiz === undefined) throw new Refusal(notFound())
  const due = dueFor(assignment, call.user)
  return json({
    id,
    title: assignment.name,
    description: assignment.description,
    html_url: `${call.origin}/courses/${course.id}/quizzes/${id}`,
    quiz_type: 'assignment',
    assignment_id: assignment.id,
    time_limit: assignment.quiz.timeLimitMinutes,
    allowed_attempts: assignment.attempts ?? -1,
    points_possible: assignment.points,
    due_at: due === null ? null : isoUtc(due),
    require_lockdown_browser: assignment.lockdownBrowser === true,
    published: true,
    ...presentLock(assignment, call.now),
  })
}
