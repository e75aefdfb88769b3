import type { Grant } from './protocol/access-tokens.ts'
import type { Seen } from './faults/fault.ts'
import type { Faults } from './faults/faults.ts'
import { parsePathId } from './protocol/path-ids.ts'
import { notFound, unauthorized } from './protocol/refusals.ts'
import type { Reply } from './protocol/reply.ts'
import type { AssignmentSeed, CourseSeed } from './seed.ts'
import type { FilePlace, World } from './world.ts'

/** One request on its way through a route. */
export interface Call {
  readonly world: World
  readonly user: Grant['user']
  readonly now: Date
  readonly origin: string
  readonly signFile: (versionId: bigint) => string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly faults: Faults
  readonly seen: Seen
  readonly maxPerPage: number
}

/** Leaves a handler early with an error reply of Canvas. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reply: Reply

  constructor(reply: Reply) {
    super(`refused with ${reply.status}`)
    this.reply = reply
  }
}

/** An id of the path; a malformed one is a 404, as in Canvas. */
export function idParam(call: Call, name: string): bigint {
  const id = parsePathId(call.params[name] ?? '')
  if (id === null) throw new Refusal(notFound())
  return id
}

/** The course of the path, if the caller may see it. */
export function courseOf(call: Call): CourseSeed {
  return openCourse(call, call.world.course(idParam(call, 'courseId')))
}

/** The assignment of the path, if the caller may see its course. */
export function assignmentOf(call: Call): AssignmentSeed & { readonly course: CourseSeed } {
  const course = courseOf(call)
  const id = idParam(call, 'assignmentId')
  const assignment = course.assignments.find((candidate) => candidate.id === id)
  if (assignment === undefined) throw new Refusal(notFound())
  return { ...assignment, course }
}

/** The file of the path, if it lies in the named course (when one is named) and the caller may see that. */
export function fileOf(call: Call): FilePlace {
  const place = call.world.file(idParam(call, 'fileId'))
  if (place === undefined) throw new Refusal(notFound())
  openCourse(call, place.course)
  if ('courseId' in call.params && idParam(call, 'courseId') !== place.course.id)
    throw new Refusal(notFound())
  return place
}

/** The include[] parameters, unless a developer key strips them. */
export function includes(call: Call): ReadonlySet<string> {
  const asked = call.query.getAll('include[]')
  if (asked.length === 0 || call.faults.take('strip-include', call.seen) !== null) return new Set()
  return new Set(asked)
}

function openCourse(call: Call, course: CourseSeed | undefined): CourseSeed {
  if (course === undefined) throw new Refusal(notFound())
  if (course.restrictedByDate === true || !course.students.includes(call.user.id)) {
    throw new Refusal(unauthorized(call.faults.take('permission-401', call.seen) === null ? 403 : 401))
  }
  return course
}
