import type { AssignmentSeed, CourseSeed, CourseWriter, FileSeed } from './seed.ts'

export interface FilePlace {
  readonly course: CourseSeed
  readonly assignment: AssignmentSeed
  readonly file: FileSeed
}

/** All courses of one sandbox, with the look-ups its routes need. */
export class World {
  readonly courses: readonly CourseSeed[]
  readonly #courses: ReadonlyMap<bigint, CourseSeed>
  readonly #files: ReadonlyMap<bigint, FilePlace>

  constructor(courses: readonly CourseSeed[]) {
    this.courses = courses
    this.#courses = new Map(courses.map((course) => [course.id, course]))
    this.#files = new Map(courses.flatMap(filesOf))
  }

  course(id: bigint): CourseSeed | undefined {
    return this.#courses.get(id)
  }

  file(id: bigint): FilePlace | undefined {
    return this.#files.get(id)
  }
}

/** Writes the world down: every course, dated from `now`, linked to `origin`. */
export function createWorld(writers: readonly CourseWriter[], now: Date, origin: string): World {
  return new World(writers.map((write) => write({ now, origin })))
}

/** Every file under its id, and under the id of what may come in its place. */
function filesOf(course: CourseSeed): [bigint, FilePlace][] {
  return course.assignments.flatMap((assignment) =>
    (assignment.files ?? []).flatMap((file) => {
      const ids = file.replacement === undefined ? [file.id] : [file.id, file.replacement.id]
      return ids.map((id): [bigint, FilePlace] => [id, { course, assignment, file }])
    }),
  )
}
