import { brief } from '../../brief.ts'
import type { AssignmentSeed, RubricSeed } from '../../seed.ts'
import { longDate, type Term } from '../../term.ts'

/**
 * A group presentation whose text and due_at disagree: the text wants the slides three days before the talk
 * at 18:00, Canvas says a week after that, at midnight.
 */
export function presentation(term: Term): AssignmentSeed {
  const talk = term.weekday(4, 16, '14:00')
  const slides = talk.minus({ days: 3 })
  return {
    id: 5104n,
    name: 'Group presentation: one source of error, seriously',
    description: brief(import.meta.url, 'presentation.html', {
      groupsBy: longDate(term.weekday(1, 5)),
      talkDay: longDate(talk),
      slidesDay: longDate(slides),
    }),
    dueAt: slides.plus({ days: 7 }).set({ hour: 23, minute: 59, second: 59 }),
    updatedAt: term.at(-6, '13:15'),
    points: 40,
    submissionTypes: ['online_upload'],
    allowedExtensions: ['pdf'],
    groupCategoryId: 602n,
    gradeIndividually: true,
    rubric: lastYears,
    peerReviews: { count: 3, assignAt: talk.plus({ hours: 4 }) },
  }
}

/** Attached for the comments only: it adds up to 36 points where the assignment has 40. */
const lastYears: RubricSeed = {
  id: 8104n,
  title: 'Presentation (copied from last year)',
  freeFormComments: true,
  usedForGrading: false,
  criteria: [
    { id: '_7711', points: 16, description: 'Physics', ratings: [] },
    { id: '_7712', points: 8, description: 'Figures and slides', ratings: [] },
    { id: '_7713', points: 6, description: 'Handout', ratings: [] },
    { id: '_7714', points: 6, description: 'Delivery', ratings: [] },
  ],
}
