import { fileLink } from '../../brief.ts'
import type { AssignmentSeed, CourseContext } from '../../seed.ts'
import type { Term } from '../../term.ts'
import { PDF } from '../media-types.ts'

const HANDOUT_ID = 7006n

/** "See attached." and nothing else: the whole task is in the handout. */
export function streamSurvey({ origin }: CourseContext, courseId: bigint, term: Term): AssignmentSeed {
  const handout = fileLink(origin, courseId, HANDOUT_ID, 'Stream survey handout.pdf')
  return {
    id: 5106n,
    name: 'Stream survey',
    description: `<p>See attached.</p><p>${handout}</p>`,
    dueAt: term.at(18, '17:00'),
    updatedAt: term.at(-10, '15:45'),
    points: 80,
    submissionTypes: ['online_upload'],
    files: [
      {
        id: HANDOUT_ID,
        displayName: 'Stream survey handout.pdf',
        contentType: PDF,
        source: 'stream-survey.pdf',
        updatedAt: term.at(-10, '15:40'),
      },
    ],
  }
}
