import type { GenreTemplate, TaskTemplate } from '../template.ts'
import { closing } from './closing.ts'
import { AFTER_OPENING, OPENING } from './opening.ts'

const prepare: readonly TaskTemplate[] = [
  {
    id: 'collect-material',
    title: 'Collect what you need',
    what: 'Look through course material first, then elsewhere; note where each thing comes from.',
    deliverable: 'Material with its origins',
    done: 'Each part on your list has what it needs.',
    minutes: ({ sources }) => 30 + sources * 12,
    after: [...AFTER_OPENING, 'list-parts'],
    takes: ['sources', 'data', 'annotations'],
  },
  {
    id: 'set-up-work',
    title: 'Set up file, folder and tools',
    what: 'Create what you will work in, with the required form, and save it where you will find it.',
    deliverable: 'An empty file or folder in the required form',
    done: 'You can start working without looking anything up.',
    minutes: () => 15,
    after: ['read-instructions'],
    takes: ['tool', 'format', 'structure'],
  },
]

const make: readonly TaskTemplate[] = [
  {
    id: 'make-hardest-part',
    title: 'Make a first version of the hardest part',
    what: 'Take the part you are least sure of and do it roughly, while there is time to ask.',
    deliverable: 'A rough first version of the hardest part',
    done: 'You know that the hardest part can be done, or what to ask.',
    minutes: ({ items }) => 40 + items * 5,
    after: ['collect-material', 'set-up-work'],
    takes: ['question', 'method', 'design'],
  },
  {
    id: 'make-other-parts',
    title: 'Make the other parts',
    what: 'Work through your list, the parts with most weight first, and tick what is done.',
    deliverable: 'A complete first version',
    done: 'Every part on your list exists, at least roughly.',
    minutes: ({ words, items }) => 45 + words / 9 + items * 8,
    after: ['collect-material', 'set-up-work'],
    takes: [
      'content',
      'deliverable',
      'length',
      'analysis',
      'code',
      'figures',
      'slides',
      'abstract',
      'process',
      'docs',
      'replies',
    ],
  },
]

const revise: readonly TaskTemplate[] = [
  {
    id: 'improve-parts',
    title: 'Compare with what is asked and improve',
    what: 'Hold the work beside the instructions and the rubric, and mend what falls short.',
    deliverable: 'An improved version',
    done: 'For each thing asked you can point to the place that serves it.',
    minutes: ({ items }) => 30 + items * 4,
    after: ['make-hardest-part', 'make-other-parts'],
    takes: ['tests', 'delivery'],
  },
  {
    id: 'proofread',
    title: 'Check form, origins and language',
    what: 'Check layout, file names and references, then read everything once aloud.',
    deliverable: 'The finished work',
    done: 'Form follows the instructions, and origins are named.',
    minutes: ({ words }) => 20 + words / 60,
    after: ['improve-parts'],
    takes: ['citations', 'language'],
  },
]

/** Any other assignment: list the parts, prepare, the hardest part beside the others, improve. */
export const general: GenreTemplate = {
  main: 'make-other-parts',
  usual: { words: 600, sources: 1 },
  success: 'Everything the instructions ask for is there, in the form they ask for',
  failureModes: [
    'A part of the instructions is overlooked.',
    'The hardest part is left to the end.',
    'The work is right but handed in in the wrong form.',
  ],
  risk: {
    risk: 'The work turns out larger than it looks.',
    impact: 'The last parts are rushed.',
    mitigation: 'List the parts on the first day and begin with the hardest.',
  },
  milestones: [
    {
      id: 'understand',
      title: 'Understand the task',
      purpose: 'Start small: know what is asked and of which parts it is made.',
      tasks: [
        ...OPENING,
        {
          id: 'list-parts',
          title: 'List the parts of the work',
          what: 'Write each thing you have to make or do on its own line, with what it depends on.',
          deliverable: 'A list of parts',
          done: 'Every mark you made in the instructions is on the list.',
          minutes: () => 20,
          after: ['read-instructions'],
          takes: ['outline'],
        },
      ],
    },
    { id: 'prepare', title: 'Prepare', purpose: 'Have everything at hand before you begin.', tasks: prepare },
    { id: 'make', title: 'Make', purpose: 'Bring every part to a first version.', tasks: make },
    { id: 'revise', title: 'Improve', purpose: 'Make a first version into finished work.', tasks: revise },
    closing(['proofread']),
  ],
}
