import { brief, fileLink } from '../../brief.ts'
import { JONAS } from '../../people.ts'
import type { AssignmentSeed, CourseContext } from '../../seed.ts'
import type { Term } from '../../term.ts'
import { DOCX } from '../media-types.ts'

const GUIDE_ID = 7003n

/** A lab report whose guide is a DOCX with tables and footnotes; one student has two more days. */
export function labReport({ origin }: CourseContext, courseId: bigint, term: Term): AssignmentSeed {
  return {
    id: 5103n,
    name: 'Report 3: The Franck–Hertz experiment',
    description: brief(import.meta.url, 'lab-report.html', {
      origin,
      guide: fileLink(origin, courseId, GUIDE_ID, 'E4 Franck-Hertz guide.docx'),
    }),
    dueAt: term.at(19),
    updatedAt: term.at(-8, '08:20'),
    points: 60,
    submissionTypes: ['online_upload'],
    allowedExtensions: ['pdf', 'py', 'ipynb', 'm'],
    extensions: new Map([[JONAS.id, term.at(21)]]),
    files: [
      {
        id: GUIDE_ID,
        displayName: 'E4 Franck-Hertz guide.docx',
        contentType: DOCX,
        source: 'franck-hertz.docx',
        updatedAt: term.at(-30, '10:00'),
      },
    ],
  }
}
