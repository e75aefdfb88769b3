import { brief } from '../../brief.ts'
import { JONAS, MAYA } from '../../people.ts'
import type { CourseContext, CourseSeed } from '../../seed.ts'
import { Term } from '../../term.ts'
import { archiveVisit } from './archive-visit.ts'
import { discussion } from './discussion.ts'
import { essay } from './essay.ts'
import { mapQuiz, readingCheck } from './map-quiz.ts'
import { participation } from './participation.ts'

const ID = 2101n
const ZONE = 'America/New_York'

/** A history course whose syllabus lets students outline with AI and draft without it. */
export function history(context: CourseContext): CourseSeed {
  const term = new Term(context.now, ZONE)
  return {
    id: ID,
    name: 'Cities and Public Health, 1800–1950',
    code: 'HIST 214',
    timeZone: ZONE,
    syllabus: brief(import.meta.url, 'syllabus.html', {}),
    students: [MAYA.id, JONAS.id],
    assignments: [
      essay(context, ID, term),
      discussion(term),
      archiveVisit(term),
      mapQuiz(term),
      participation(term),
      readingCheck(term, context.origin),
    ],
    pages: [
      {
        id: 9101n,
        slug: 'course-reader-primary-sources',
        title: 'Course reader: primary sources',
        body: brief(import.meta.url, 'reader.html', {}),
        updatedAt: term.at(-60, '11:00'),
      },
    ],
    modules: [
      {
        id: 401n,
        name: 'Module 2: Water',
        items: [
          { type: 'Page', slug: 'course-reader-primary-sources', title: 'Course reader: primary sources' },
          { type: 'File', contentId: 7001n, title: 'Reading a mortality table.pdf' },
          { type: 'Assignment', contentId: 5101n, title: 'Essay 2: Water, Blame and Reform' },
          { type: 'Discussion', contentId: 8805n, title: 'Discussion 4: Who is allowed to count?' },
          { type: 'Quiz', contentId: 8708n, title: 'Map quiz: rivers, docks and waterworks' },
          { type: 'Assignment', contentId: 5107n, title: 'Archive visit report' },
          { type: 'Assignment', contentId: 5113n, title: 'Reading check 6' },
        ],
      },
    ],
  }
}
