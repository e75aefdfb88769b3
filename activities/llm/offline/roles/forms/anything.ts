import type { Requirement } from '../../../../../contract/requirements.ts'
import { isSeenAtTheEnd } from '../../draft/name-checks.ts'
import { topicsOf, type Topic } from '../../draft/topics.ts'
import { part, type Form, type PartPlan } from './form.ts'

const GROUPS: readonly (readonly [string, string, string, readonly Topic[]])[] = [
  [
    'What is there',
    'Every thing asked for exists.',
    'Where in your work is it?',
    [
      'deliverable',
      'content',
      'method',
      'process',
      'structure',
      'question',
      'analysis',
      'figures',
      'abstract',
      'outline',
    ],
  ],
  [
    'Length and form',
    'Counts and layout are as asked.',
    'Have you counted, or do you only believe it?',
    ['length', 'format', 'tool'],
  ],
  [
    'Sources',
    'Every borrowed idea names its origin.',
    'Which reference have you not opened again?',
    ['source', 'sources', 'citations'],
  ],
  [
    'Handing in',
    'The right file arrives in the right place.',
    'What do you see when you open what you handed in?',
    ['submission', 'deadline', 'grading'],
  ],
  [
    'Rules',
    'You have kept to what was agreed.',
    'What do you have to declare?',
    ['policy', 'collaboration', 'asking', 'lateness'],
  ],
]

const OF_OTHER_TASKS = new Set<Requirement['kind']>(['submission', 'format', 'tool'])

const isOfFinished = (requirement: Requirement): boolean =>
  isSeenAtTheEnd(requirement) && !OF_OTHER_TASKS.has(requirement.kind)

/** A list to go through: what is asked, grouped by how it is checked. */
export const checklist: Form = {
  id: 'checklist',
  name: 'Checklist',
  use: 'Go through it with the work open beside it, and tick a line only when you see it there. What is missing goes on a list first, then is mended.',
  counts: null,
  judged: true,
  alone: isOfFinished,
  parts: ({ own, isLinked }) => {
    const shownHere = isLinked ? own : own.filter(isOfFinished)
    const topics = new Set(shownHere.flatMap((requirement) => topicsOf(requirement)))
    const groups = GROUPS.filter(([, , , takes]) => takes.some((topic) => topics.has(topic)))
    const shown = groups.length === 0 ? GROUPS.slice(0, 1) : groups
    return shown.map(([name, purpose, ask, takes]): PartPlan =>
      part(name, purpose, { asks: [ask], slots: ['To be mended'], takes }),
    )
  },
}

/** Any other work: its parts, the hardest first. */
export const parts: Form = {
  id: 'parts',
  name: 'List of parts',
  use: 'Begin with the part you are least sure of. Tick a demand when you can point to the place that meets it.',
  counts: 'words',
  judged: true,
  parts: ({ words }) => [
    part('What it is for', 'Know who uses or reads it, and how they judge it.', {
      asks: ['Who is it for?', 'What will they do with it?'],
      slots: ['For whom', 'They want'],
      weight: words === null ? 0 : 1,
      takes: ['question', 'abstract'],
    }),
    part('The hardest part', 'Find out early whether it can be done.', {
      asks: ['Which part could make you start over?', 'What is the roughest version that would tell you?'],
      slots: ['Part', 'Roughest version', 'Ask, if stuck'],
      weight: words === null ? 0 : 2,
      takes: ['method', 'design', 'data', 'tool'],
    }),
    part('The other parts', 'Have each of them in a first version.', {
      asks: ['Which part depends on another?', 'Which carries most weight?'],
      slots: ['Part, and what it needs', 'Part, and what it needs', 'Part, and what it needs'],
      weight: words === null ? 0 : 3,
      takes: [
        'content',
        'deliverable',
        'structure',
        'code',
        'figures',
        'analysis',
        'process',
        'sources',
        'source',
      ],
    }),
    part('Bringing it together', 'Look at it as its reader.', {
      asks: ['What is missing, and what is too much?', 'What would you show first?'],
      slots: ['Missing', 'Too much'],
      weight: words === null ? 0 : 1,
      takes: ['language', 'citations', 'delivery', 'format', 'length'],
    }),
  ],
}
