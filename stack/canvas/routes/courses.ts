import { courseOf, includes, type Call } from '../call.ts'
import { list } from '../list.ts'
import { presentCourse } from '../present/course.ts'
import { json } from '../protocol/reply.ts'
import type { Route } from '../router.ts'

export const courseRoutes: readonly Route[] = [
  { pattern: '/api/v1/courses', scope: 'url:GET|/api/v1/courses', answer: listCourses },
  { pattern: '/api/v1/courses/:courseId', scope: 'url:GET|/api/v1/courses/:id', answer: showCourse },
]

function listCourses(call: Call) {
  const include = includes(call)
  // Permissions come with the single call only.
  const shown = new Set([...include].filter((name) => name !== 'permissions'))
  const mine = call.world.courses.filter((course) => course.students.includes(call.user.id))
  return list(
    call,
    mine.map((course) => presentCourse(course, call.user, call.origin, shown)),
  )
}

function showCourse(call: Call) {
  return json(presentCourse(courseOf(call), call.user, call.origin, includes(call)))
}
