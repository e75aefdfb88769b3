import type { AssignmentSeed } from '../../seed.ts'
import type { Term } from '../../term.ts'

/** A timed classic quiz behind a lockdown browser: nothing one plans with help. */
export function mapQuiz(term: Term): AssignmentSeed {
  return {
    id: 5108n,
    name: 'Map quiz: rivers, docks and waterworks',
    description:
      '<p>Twenty places on three blank maps, 25 minutes, one attempt, closed book. You may start at any time between 8:00 am and 10:00 pm. The list of places is on the last page of the reader.</p>',
    dueAt: term.at(12, '22:00'),
    unlockAt: term.at(-1, '08:00'),
    lockAt: term.at(12, '22:00'),
    updatedAt: term.at(-9, '12:00'),
    points: 20,
    submissionTypes: ['online_quiz'],
    attempts: 1,
    quiz: { id: 8708n, timeLimitMinutes: 25 },
    lockdownBrowser: true,
  }
}

/** A New Quizzes assignment: an external tool that says so only in a flag. */
export function readingCheck(term: Term, origin: string): AssignmentSeed {
  return {
    id: 5113n,
    name: 'Reading check 6',
    description: '',
    dueAt: term.at(5, '09:45'),
    updatedAt: term.at(-4, '07:55'),
    points: 5,
    submissionTypes: ['external_tool'],
    attempts: 2,
    externalTool: { url: `${origin.replace('http:', 'https:')}/lti/launch/quiz/113`, newQuiz: true },
  }
}
