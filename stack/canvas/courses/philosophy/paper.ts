import { brief } from '../../brief.ts'
import type { AssignmentSeed } from '../../seed.ts'
import type { Term } from '../../term.ts'

/** A paper in a course whose syllabus forbids AI, planning and outlines included. */
export function paper(term: Term): AssignmentSeed {
  return {
    id: 184_670_000_000_005_511n,
    name: 'Paper 1: Is testimony a basic source of knowledge?',
    description: brief(import.meta.url, 'paper.html', {}),
    dueAt: term.at(21, '18:00'),
    updatedAt: term.at(-12, '09:00'),
    points: 100,
    submissionTypes: ['online_upload'],
    allowedExtensions: ['pdf'],
    attempts: 1,
  }
}
