import { MAYA } from '../../people.ts'
import type { CourseSeed } from '../../seed.ts'

/** A course of last year, of which Canvas shows its students only the id. */
export function ecology(): CourseSeed {
  return {
    id: 2105n,
    name: 'Introduction to Ecology',
    code: 'ENVS 101',
    timeZone: 'America/New_York',
    syllabus: null,
    students: [MAYA.id],
    restrictedByDate: true,
    assignments: [],
    pages: [],
    modules: [],
  }
}
