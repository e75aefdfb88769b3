import { brief, fileLink } from '../../brief.ts'
import type { AssignmentSeed, CourseContext } from '../../seed.ts'
import type { Term } from '../../term.ts'
import { PDF } from '../media-types.ts'

const BRIEF_ID = 7002n

/** A programming project whose brief is a PDF of several pages; the instructor may replace it. */
export function project({ origin }: CourseContext, courseId: bigint, term: Term): AssignmentSeed {
  return {
    id: 5102n,
    name: 'Project 3: kvlog, a crash-safe key–value store',
    description: brief(import.meta.url, 'project.html', {
      brief: fileLink(origin, courseId, BRIEF_ID, 'Project 3 kvlog.pdf'),
    }),
    dueAt: term.at(23, '22:00'),
    updatedAt: term.at(-3, '17:40'),
    points: 150,
    submissionTypes: ['online_upload'],
    allowedExtensions: ['gz'],
    groupCategoryId: 601n,
    // One lab section for each override: too many for Canvas to list.
    sectionOverrides: 31,
    files: [
      {
        id: BRIEF_ID,
        displayName: 'Project 3 kvlog.pdf',
        contentType: PDF,
        source: 'kvlog-project.pdf',
        updatedAt: term.at(-3, '17:31'),
        replacement: { id: 7902n, source: 'kvlog-project-revised.pdf', updatedAt: term.at(0, '00:05') },
      },
    ],
  }
}
