import { brief } from '../../brief.ts'
import { JONAS, MAYA } from '../../people.ts'
import type { CourseContext, CourseSeed } from '../../seed.ts'
import { Term } from '../../term.ts'
import { labReport } from './lab-report.ts'
import { presentation } from './presentation.ts'

const ID = 2103n
const ZONE = 'Europe/Berlin'

/** A laboratory course taught in Berlin, on Berlin time. */
export function physics(context: CourseContext): CourseSeed {
  const term = new Term(context.now, ZONE)
  return {
    id: ID,
    name: 'Advanced Physics Laboratory (Berlin)',
    code: 'PHYS 230',
    timeZone: ZONE,
    syllabus: brief(import.meta.url, 'syllabus.html', {}),
    students: [MAYA.id, JONAS.id],
    assignments: [labReport(context, ID, term), presentation(term)],
    pages: [],
    modules: [],
  }
}
