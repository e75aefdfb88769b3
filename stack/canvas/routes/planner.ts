import type { DateTime } from 'luxon'
import { Refusal, type Call } from '../call.ts'
import { list } from '../list.ts'
import { dueFor } from '../present/due.ts'
import { badRequest } from '../protocol/refusals.ts'
import type { Route } from '../router.ts'
import type { AssignmentSeed, CourseSeed } from '../seed.ts'
import { isoUtc } from '../term.ts'

export const plannerRoutes: readonly Route[] = [
  { pattern: '/api/v1/planner/items', scope: 'url:GET|/api/v1/planner/items', answer: listPlannerItems },
]

function listPlannerItems(call: Call) {
  const from = boundary(call, 'start_date') ?? call.now.getTime()
  const until = boundary(call, 'end_date') ?? Number.POSITIVE_INFINITY
  const rows = call.world.courses
    .filter((course) => course.restrictedByDate !== true && course.students.includes(call.user.id))
    .flatMap((course) => course.assignments.flatMap((assignment) => entries(course, assignment, call)))
    .filter(({ due }) => due.toMillis() >= from && due.toMillis() <= until)
    .toSorted((a, b) => a.due.toMillis() - b.due.toMillis())
    .map(({ item }) => item)
  return list(call, rows, 'bookmarked')
}

/** Reads a date or a moment of the query, in milliseconds. */
function boundary(call: Call, name: string): number | null {
  const given = call.query.get(name)
  if (given === null) return null
  const time = Date.parse(given)
  if (Number.isNaN(time)) throw new Refusal(badRequest(`Invalid date or datetime for ${name}`))
  return time
}

/** One entry for each due date: a discussion with checkpoints has two. */
function entries(course: CourseSeed, assignment: AssignmentSeed, call: Call) {
  const checkpoints = assignment.topic?.checkpoints ?? []
  if (checkpoints.length > 0) {
    return checkpoints.map(({ dueAt, points, tag }) => ({
      due: dueAt,
      item: {
        ...plannerItem(course, assignment, dueAt, points),
        plannable_type: 'sub_assignment',
        sub_assignment_tag: tag,
      },
    }))
  }
  const due = dueFor(assignment, call.user)
  return due === null ? [] : [{ due, item: plannerItem(course, assignment, due, assignment.points) }]
}

function plannerItem(course: CourseSeed, assignment: AssignmentSeed, due: DateTime, points: number | null) {
  return {
    context_type: 'Course',
    course_id: course.id,
    context_name: course.name,
    plannable_id: assignment.quiz?.id ?? assignment.id,
    plannable_type: assignment.quiz === undefined ? 'assignment' : 'quiz',
    plannable_date: isoUtc(due),
    planner_override: null,
    new_activity: false,
    submissions: {
      submitted: false,
      excused: false,
      graded: false,
      late: false,
      missing: false,
      needs_grading: false,
      has_feedback: false,
    },
    plannable: {
      id: assignment.quiz?.id ?? assignment.id,
      title: assignment.name,
      points_possible: points,
      due_at: isoUtc(due),
      updated_at: isoUtc(assignment.updatedAt),
    },
    html_url: `/courses/${course.id}/assignments/${assignment.id}`,
  }
}
