import { readLengthOfEach } from '../read-length.ts'
import type { Bench } from '../bench.ts'
import { between, part, several, type Form, type PartPlan } from './form.ts'

const MOST_SLOTS = 12

const countSources = ({ size }: Bench): number => between(2, size.sources, MOST_SLOTS)

const sourcePart = (number: number): PartPlan =>
  part(`Source ${number}`, 'Complete its reference before you read on.', {
    slots: [
      'Author and title',
      'Published where and when, pages',
      'Link or DOI',
      'Kind: primary, peer-reviewed or other',
      'What it lets you show',
    ],
  })

/** Finding, judging and listing sources: a slot for each one asked for. */
export const sources: Form = {
  id: 'sources',
  name: 'Source list',
  use: 'Fill in the reference at once when you find a source, and keep one or two to spare.',
  counts: null,
  judged: true,
  parts: (bench) => [
    part('Search', 'Know the words you search with.', {
      asks: ['Which three words name your question?', 'Which words would an opponent use?'],
      slots: ['Search words', 'Places searched'],
      takes: ['tool', 'process', 'question'],
    }),
    part('Judge', 'Drop what the instructions do not accept.', {
      asks: [
        'Who wrote it, for whom, and when?',
        'Which source disagrees with the others?',
        'What kind of source is still missing?',
      ],
      slots: ['Dropped, and why'],
      takes: ['source', 'sources', 'data', 'method', 'citations'],
    }),
    ...several(countSources(bench), sourcePart),
  ],
}

/** An annotated bibliography: an entry for each source, with what its annotation has to answer. */
export const annotations: Form = {
  id: 'annotations',
  name: 'Annotated entries',
  use: 'Fill in the fields first. Answer the questions in key words; the annotation itself you write in a document of your own.',
  counts: 'words',
  judged: true,
  parts: (bench) => {
    const each = readLengthOfEach(bench.input.requirements, /\bannotat\w+|\bentr(?:y|ies)\b|\beach source\b/i)
    return [
      part('Order and style', 'Have every entry in the same form.', {
        asks: [
          'Which style, and which order of entries?',
          'Which details does the style want that you lack?',
        ],
        slots: ['Style', 'Order'],
        takes: ['citations', 'format', 'structure', 'source', 'sources'],
      }),
      ...several(countSources(bench), (number) => ({
        ...sourcePart(number),
        purpose: 'Say what it argues, how far it can be trusted, and what it does for your question.',
        asks: [
          'What does it claim, and on what evidence?',
          'What can it not show?',
          'How does it differ from the source before?',
        ],
        weight: each === null && bench.words === null ? 0 : 1,
        takes: number === 1 ? (['annotations', 'content', 'analysis', 'length'] as const) : [],
      })),
    ]
  },
}

/** Reading notes: a block for each text, with copied words kept apart from one's own. */
export const notes: Form = {
  id: 'notes',
  name: 'Notes',
  use: 'Use a block for each text you read. Write your own words and copied words in different lines, copied ones with their page.',
  counts: null,
  parts: (bench) => [
    part('Before you read', 'Read with a question, not from the first line to the last.', {
      asks: ['What do you want to know from these texts?', 'What do you expect them to say?'],
      slots: ['My question', 'What I expect'],
      takes: ['question', 'content', 'process'],
    }),
    ...several(between(2, bench.size.sources, 8), (number) =>
      part(`Text ${number}`, 'Note what it adds to your question.', {
        asks: ['What is its main point, in your own words?', 'Where do you doubt it?'],
        slots: [
          'Reference',
          'Main point, my words',
          'Copied words, with page',
          'Bears on my question how',
          'Doubt',
        ],
        takes: number === 1 ? ['annotations', 'analysis', 'sources', 'source', 'data', 'citations'] : [],
      }),
    ),
    part('Side by side', 'See where the texts meet.', {
      asks: ['Which two texts disagree, and about what?', 'What does none of them say?'],
      slots: ['They agree on', 'They differ on', 'Still missing'],
    }),
  ],
}
