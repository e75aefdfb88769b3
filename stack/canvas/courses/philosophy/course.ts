import { brief } from '../../brief.ts'
import { JONAS, MAYA } from '../../people.ts'
import type { CourseContext, CourseSeed } from '../../seed.ts'
import { Term } from '../../term.ts'
import { paper } from './paper.ts'

const ZONE = 'Europe/Berlin'

/** A course that lives on another shard: its ids are global ones, beyond 2^53. */
export function philosophy(context: CourseContext): CourseSeed {
  const term = new Term(context.now, ZONE)
  return {
    id: 184_670_000_000_002_203n,
    name: 'Knowledge, Testimony and Trust',
    code: 'PHIL 331',
    timeZone: ZONE,
    syllabus: brief(import.meta.url, 'syllabus.html', {}),
    students: [MAYA.id, JONAS.id],
    assignments: [paper(term)],
    pages: [],
    modules: [],
  }
}
