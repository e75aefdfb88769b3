import type { MilestoneTemplate, TaskTemplate } from '../template.ts'

/** The last milestone of every genre: check against the list, hand in, review others where it is asked. */
export function closing(after: readonly string[]): MilestoneTemplate {
  return {
    id: 'submit',
    title: 'Check and hand in',
    purpose: 'Hand in the right thing in the right form, with time left if the upload fails.',
    tasks: closingTasks(after),
  }
}

function closingTasks(after: readonly string[]): readonly TaskTemplate[] {
  return [
    {
      id: 'final-check',
      title: 'Go through the final checklist',
      what: 'Open the final checklist of this plan and tick every line with the finished work in front of you.',
      deliverable: 'A ticked checklist',
      done: 'Every line of the final checklist is ticked, or mended and then ticked.',
      minutes: () => 20,
      after: [...after, 'ask-instructor', 'agree-roles'],
      takes: ['policy'],
    },
    {
      id: 'hand-in',
      title: 'Hand in and look at what arrived',
      what: 'Hand in through Canvas, then open what you handed in and look at it once more.',
      deliverable: 'The confirmation Canvas shows',
      done: 'Canvas shows your work as handed in, and what you open there is the right version.',
      minutes: () => 10,
      after: ['final-check'],
      takes: ['submission', 'deadline', 'lateness'],
    },
    {
      id: 'write-peer-reviews',
      title: 'Write your peer reviews',
      what: 'Open the work assigned to you in Canvas and comment on what the instructions ask you to look at.',
      deliverable: 'Reviews handed in through Canvas',
      done: 'Canvas shows no review open for you.',
      minutes: () => 45,
      after: ['hand-in'],
      takes: ['peer_review'],
      when: ({ peerReviews }) => peerReviews,
    },
  ]
}
