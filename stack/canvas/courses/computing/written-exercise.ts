import { fileLink } from '../../brief.ts'
import type { AssignmentSeed, CourseContext } from '../../seed.ts'
import type { Term } from '../../term.ts'
import { PDF } from '../media-types.ts'

const SCAN_ID = 7009n

/** Its only instructions are a scan: pictures of pages without a layer of text. */
export function writtenExercise({ origin }: CourseContext, courseId: bigint, term: Term): AssignmentSeed {
  return {
    id: 5109n,
    name: 'Written exercise 5',
    description: `<p>${fileLink(origin, courseId, SCAN_ID, 'Exercise 5 (scan).pdf')}</p>`,
    dueAt: term.at(9, '13:00'),
    updatedAt: term.at(-1, '18:02'),
    points: 30,
    submissionTypes: ['on_paper'],
    files: [
      {
        id: SCAN_ID,
        displayName: 'Exercise 5 (scan).pdf',
        contentType: PDF,
        source: 'exercise-5-scan.pdf',
        updatedAt: term.at(-1, '18:00'),
      },
    ],
  }
}
