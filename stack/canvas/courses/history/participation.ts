import type { AssignmentSeed } from '../../seed.ts'
import type { Term } from '../../term.ts'

/** A row of the gradebook and nothing else: no description, no attachment, no date. */
export function participation(term: Term): AssignmentSeed {
  return {
    id: 5112n,
    name: 'Participation, second half',
    description: null,
    dueAt: null,
    updatedAt: term.at(-50, '10:00'),
    points: null,
    gradingType: 'pass_fail',
    submissionTypes: ['none'],
  }
}
