import { brief, fileLink } from '../../brief.ts'
import type { AssignmentSeed, CourseContext } from '../../seed.ts'
import type { Term } from '../../term.ts'
import { PDF } from '../media-types.ts'

const REPORT_ID = 7010n
const EXAMPLE_ID = 7011n

/** A full text beside a PDF that opens only with a password, and a second one that is still unpublished. */
export function codeReview({ origin }: CourseContext, courseId: bigint, term: Term): AssignmentSeed {
  return {
    id: 5110n,
    name: 'Code review memo: ringbuf',
    description: brief(import.meta.url, 'code-review.html', {
      report: fileLink(origin, courseId, REPORT_ID, 'Incident report (protected).pdf'),
      example: fileLink(origin, courseId, EXAMPLE_ID, 'Example memo.pdf'),
    }),
    dueAt: term.at(13, '17:00'),
    updatedAt: term.at(-7, '11:25'),
    points: 60,
    submissionTypes: ['online_upload'],
    allowedExtensions: ['pdf'],
    files: [
      {
        id: REPORT_ID,
        displayName: 'Incident report (protected).pdf',
        contentType: PDF,
        source: 'incident-report-protected.pdf',
        updatedAt: term.at(-7, '11:20'),
      },
      {
        id: EXAMPLE_ID,
        displayName: 'Example memo.pdf',
        contentType: PDF,
        source: 'reading-a-mortality-table.pdf',
        updatedAt: term.at(-7, '11:21'),
        locked: true,
      },
    ],
  }
}
