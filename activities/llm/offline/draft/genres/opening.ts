import type { TaskTemplate } from '../template.ts'

/** The tasks every assignment begins with: what has to be asked, the reading, the choice, the group. */
export const OPENING: readonly TaskTemplate[] = [
  {
    id: 'ask-instructor',
    title: 'Ask about what is unclear or contradictory',
    what: 'Send your instructor or assistant a short message, or look in the course announcements. Go on with the next task while you wait.',
    deliverable: 'A sent message, and later the answer noted beside the instructions',
    done: 'The question is sent, and you know when to look for the answer.',
    minutes: () => 10,
    after: [],
    takes: [],
    when: ({ conflicts }) => conflicts,
  },
  {
    id: 'read-instructions',
    title: 'Read the instructions and mark what you must do',
    what: 'Read every page with a pen or highlighter: mark what to make, how much, and when.',
    deliverable: 'Instructions with your marks',
    done: 'You can say in your own words what to hand in, and nothing in the constraints of this plan surprises you.',
    minutes: () => 15,
    after: [],
    takes: ['asking', 'reading', 'collaboration'],
  },
  {
    id: 'ask-instructor',
    title: 'Ask about what is unclear',
    what: 'Send your instructor or assistant a short message, or ask in class. Go on with the next task while you wait.',
    deliverable: 'A sent message, and later the answer noted beside the instructions',
    done: 'The question is sent, and you know when to look for the answer.',
    minutes: () => 10,
    after: ['read-instructions'],
    takes: [],
    when: ({ asks, conflicts }) => asks && !conflicts,
  },
  {
    id: 'choose-option',
    title: 'Choose between the options',
    what: 'Compare the options: which suits you, and what would each of them ask of you?',
    deliverable: 'Your choice, with a reason you believe',
    done: 'One option is chosen, and you know why not the others.',
    minutes: () => 20,
    after: ['read-instructions'],
    takes: ['choosing'],
    when: ({ choices }) => choices,
  },
  {
    id: 'agree-roles',
    title: 'Agree with your group who does what',
    what: 'Meet or write: share out the tasks below, choose where you keep the work, and set the next meeting.',
    deliverable: 'A list of who does which task by when',
    done: 'Every task of this plan has a name beside it, and everyone has agreed.',
    minutes: () => 30,
    after: ['read-instructions'],
    takes: ['collaboration'],
    when: ({ group, mayBeAlone }) => group && !mayBeAlone,
  },
  {
    id: 'agree-roles',
    title: 'Decide whether you work alone, and agree who does what',
    what: 'Choose whether you work alone. If you do not, share out the tasks below with the others, choose where you keep the work, and set the next meeting.',
    deliverable: 'A list of who does which task by when',
    done: 'You know with whom you work, and every task of this plan has a name beside it.',
    minutes: () => 20,
    after: ['read-instructions'],
    takes: ['collaboration'],
    when: ({ group, mayBeAlone }) => group && mayBeAlone,
  },
]

const BEGINNINGS = ['read-instructions', 'ask-instructor', 'choose-option', 'agree-roles']

/** What work on content waits for: the reading, and a choice or a group when there is one. */
export const AFTER_OPENING = BEGINNINGS.filter((id) => id !== 'ask-instructor')
