import { brief } from '../../brief.ts'
import { MAYA } from '../../people.ts'
import type { CourseContext, CourseSeed } from '../../seed.ts'
import { Term } from '../../term.ts'
import { codeReview } from './code-review.ts'
import { project } from './project.ts'
import { writtenExercise } from './written-exercise.ts'

const ID = 2102n
const ZONE = 'America/New_York'

/** A programming course: planning with AI is allowed, code from it is not. */
export function computing(context: CourseContext): CourseSeed {
  const term = new Term(context.now, ZONE)
  return {
    id: ID,
    name: 'Systems Programming',
    code: 'CSCI 240',
    timeZone: ZONE,
    syllabus: brief(import.meta.url, 'syllabus.html', {}),
    students: [MAYA.id],
    assignments: [
      project(context, ID, term),
      writtenExercise(context, ID, term),
      codeReview(context, ID, term),
    ],
    pages: [],
    modules: [
      {
        id: 402n,
        name: 'Project 3',
        items: [
          { type: 'SubHeader', title: 'Brief' },
          { type: 'File', contentId: 7002n, title: 'Project 3 kvlog.pdf' },
          { type: 'Assignment', contentId: 5102n, title: 'Project 3: kvlog, a crash-safe key–value store' },
          {
            type: 'ExternalUrl',
            url: 'https://www.sqlite.org/atomiccommit.html',
            title: 'How SQLite commits',
          },
        ],
      },
    ],
  }
}
