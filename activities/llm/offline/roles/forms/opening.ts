import { clip } from '../../draft/grounded.ts'
import { asLine } from '../../draft/restate.ts'
import type { Bench, Genre } from '../bench.ts'
import { blankRow, part, several, type Form } from './form.ts'

const SHORT = 160

/** Reading the instructions: every demand with a place for where it stands and what it means. */
export const reading: Form = {
  id: 'reading',
  name: 'Reading sheet',
  use: 'Keep the instructions beside this sheet. Tick a line when you have found its place and could say it in your own words.',
  counts: null,
  judged: true,
  parts: () => [
    part('What to make', 'Know the thing itself before its details.', {
      asks: ['What do you hand in, in your own words?', 'What would make it a different assignment?'],
      slots: ['In my own words', 'Where it says so'],
      takes: [
        'deliverable',
        'content',
        'question',
        'analysis',
        'code',
        'figures',
        'method',
        'data',
        'design',
      ],
    }),
    part('How much and in what form', 'Find every count and every rule of form.', {
      asks: [
        'Which of these is counted or checked by a machine?',
        'Which layout do you set up on the first day?',
      ],
      slots: ['Length', 'Form', 'Sources'],
      takes: [
        'length',
        'format',
        'structure',
        'source',
        'citations',
        'sources',
        'tool',
        'outline',
        'abstract',
      ],
    }),
    part('How it is judged', 'Know what the readers look at.', {
      asks: ['Which criterion can you already meet, and which is new to you?'],
      slots: ['Counts most', 'New to me'],
      takes: ['grading'],
    }),
    part('When and where it goes', 'Find every date, also those on the way.', {
      asks: ['Which date comes first?', 'What happens to late work?'],
      slots: ['Dates on the way', 'Handed in where and how'],
      takes: ['deadline', 'submission', 'lateness', 'process', 'drafting', 'peer_review', 'replies'],
    }),
    part('Rules of conduct', 'Know what you may use and with whom you may work.', {
      asks: ['What may you use, and what do you have to declare?'],
      slots: ['Allowed', 'To be declared'],
      takes: ['policy', 'collaboration', 'asking', 'reading'],
    }),
  ],
}

const openMatters = ({ input }: Bench): readonly string[] => [
  ...(input.assignment?.open_questions ?? []),
  ...(input.results.discovery?.ambiguities ?? []),
]

/** Asking the instructor: the open questions, each with a place for its answer. */
export const questions: Form = {
  id: 'questions',
  name: 'Questions to ask',
  use: 'Choose the questions whose answers change what you do, and put them into a message of your own. Write the answers into the table.',
  counts: null,
  parts: () => [
    part('Before you ask', 'Ask only what the sheet does not say.', {
      asks: ['Where have you looked already?', 'What do you do until the answer comes?'],
      slots: ['Looked in', 'Until then I'],
      takes: ['asking'],
    }),
    part('Whom and when', 'Know where the answer will arrive.', {
      asks: ['Who can decide this?', 'When do you look for the answer?'],
      slots: ['To', 'Sent on', 'Look again on'],
      takes: ['process', 'collaboration'],
    }),
  ],
  grid: (bench) => {
    const columns = ['Question', 'Asked on', 'Answer', 'What it changes']
    const rows = [...new Set(openMatters(bench))].map((text) => [clip(text, SHORT * 2), '', '', ''])
    return { caption: 'Questions and answers', columns, rows: [...rows, blankRow(4), blankRow(4)] }
  },
}

// Where something is built or measured, an option is a tool or a way and not a subject to read about.
const isPractical = (genre: Genre): boolean => genre === 'programming' || genre === 'lab_report'

/** Choosing: the options side by side. */
export const choice: Form = {
  id: 'choice',
  name: 'Choice',
  use: 'Spend the same few minutes on every option before you compare them, then choose and give your reason.',
  counts: null,
  parts: ({ genre }) => [
    part('Compare', 'See what each option would cost and give.', {
      asks: [
        isPractical(genre)
          ? 'Which of them have you worked with, and what would you have to learn for the others?'
          : 'For which option do you already have material?',
        'Which one would you still like in a week?',
      ],
      slots: ['Drawn to', 'Afraid of'],
      takes: ['content', 'question', 'sources', 'source'],
    }),
    part('Decide', 'Choose once, so that the work can begin.', {
      asks: ['Which reason would convince a friend?', 'What would make you choose again?'],
      slots: ['My choice', 'My reason', 'Not the others, because'],
      takes: ['process'],
    }),
  ],
  grid: ({ input, genre }) => {
    const grouped = input.requirements.filter(({ alternative_group }) => alternative_group !== null)
    const options = grouped.map((requirement) => [clip(asLine(requirement), SHORT), '', '', '', ''])
    const columns = [
      'Option',
      'What interests me',
      isPractical(genre) ? 'What I know of it' : 'Material at hand',
      'What it asks of me',
      'How much I like it',
    ]
    const rows = options.length === 0 ? several(3, () => blankRow(columns.length)) : options
    return { caption: 'The options side by side', columns, rows }
  },
}

/** A group agreeing on who does what. */
export const sharing: Form = {
  id: 'sharing',
  name: 'Who does what',
  use: 'Fill it in together, and leave no row without a name and a date.',
  counts: null,
  parts: () => [
    part('How you work', 'Agree on the rules before there is a reason to.', {
      asks: ['Where is the work kept?', 'What do you do when somebody falls silent?'],
      slots: ['Place', 'Next meeting', 'If somebody is late'],
      takes: ['collaboration', 'process', 'tool'],
    }),
  ],
  grid: ({ size }) => {
    const columns = ['Task', 'Who', 'By when', 'Depends on', 'Done']
    const rows = several(Math.min(12, 4 + Math.ceil(size.items / 4)), () => blankRow(columns.length))
    return { caption: 'Tasks and names', columns, rows }
  },
}
