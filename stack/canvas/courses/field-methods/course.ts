import { JONAS, MAYA } from '../../people.ts'
import type { CourseContext, CourseSeed } from '../../seed.ts'
import { Term } from '../../term.ts'
import { streamSurvey } from './stream-survey.ts'

const ID = 2104n
const ZONE = 'America/New_York'

/** A course with an empty syllabus: what it thinks of AI is unknown. */
export function fieldMethods(context: CourseContext): CourseSeed {
  const term = new Term(context.now, ZONE)
  return {
    id: ID,
    name: 'Environmental Field Methods',
    code: 'ENVS 120',
    timeZone: ZONE,
    syllabus: null,
    students: [MAYA.id, JONAS.id],
    assignments: [streamSurvey(context, ID, term)],
    pages: [],
    modules: [],
  }
}
