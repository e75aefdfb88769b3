import { brief } from '../../brief.ts'
import type { AssignmentSeed } from '../../seed.ts'
import type { Term } from '../../term.ts'

/** Locked until nine days from now: until then Canvas shows no description. */
export function archiveVisit(term: Term): AssignmentSeed {
  return {
    id: 5107n,
    name: 'Archive visit report',
    description: brief(import.meta.url, 'archive-visit.html', {}),
    dueAt: term.at(30),
    unlockAt: term.at(9, '08:00'),
    updatedAt: term.at(-20, '10:10'),
    points: 50,
    submissionTypes: ['online_upload', 'online_text_entry'],
  }
}
