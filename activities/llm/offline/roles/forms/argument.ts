import type { Requirement } from '../../../../../contract/requirements.ts'
import type { Bench } from '../bench.ts'
import { between, part, several, type Form, type PartPlan } from './form.ts'

const OBJECTION = /\bcounter-?\s?argument|\bobjections?\b|\bposition\b|\bargu|\bthesis\b|\bopposing\b/i

/** Working out a question and an answer, before anything is written. */
export const question: Form = {
  id: 'question',
  name: 'Question and answer',
  use: 'Fill it in with a pencil, sleep on it, and change it. Nothing here has to be a finished sentence.',
  counts: null,
  judged: true,
  parts: () => [
    part('Your question', 'Narrow it until it can be answered in the length you have.', {
      asks: [
        'What would you like to find out?',
        'Who would answer it differently?',
        'What does it leave out?',
      ],
      slots: ['Question', 'It leaves out'],
      takes: ['question', 'content', 'deliverable', 'structure', 'length'],
    }),
    part('Your answer', 'Say what you believe now, so that reading can change it.', {
      asks: ['What do you claim?', 'Which words of it could be argued about?'],
      slots: ['Answer, for now', 'Because'],
      takes: ['analysis'],
    }),
    part('What speaks for it', 'Have evidence before you have sentences.', {
      asks: ['Which two pieces of evidence carry most?', 'Where are they found again?'],
      slots: ['Evidence, with page', 'Evidence, with page'],
      takes: ['source', 'sources', 'data'],
    }),
    part('What speaks against it', 'Find the strongest doubt yourself.', {
      asks: [
        'Who would disagree, and with which evidence?',
        'What would you reply?',
        'What would change your mind?',
      ],
      slots: ['Strongest objection', 'Reply, in key words'],
    }),
  ],
}

function mentions(requirements: readonly Requirement[], sign: RegExp): boolean {
  return requirements.some(({ statement }) => sign.test(statement))
}

/** How many points of so long a text a reader can follow. */
function countPoints(words: number): number {
  return between(2, words / 450, 6)
}

const slotsFor = (sources: number): readonly string[] => [
  'Point, in key words',
  ...several(sources, () => 'Source, page, and what it shows'),
  'Leads on to',
]

function pointParts(bench: Bench): readonly PartPlan[] {
  const { size, words } = bench
  const count = countPoints(words?.aim ?? size.words)
  // Every source that is asked for has a slot somewhere.
  const each = Math.max(1, Math.ceil(size.sources / count))
  return several(count, (number) =>
    part(`Point ${number}`, 'Carry one claim, with the evidence for it.', {
      asks: [
        'What do you claim here, and which part of your answer does it support?',
        'Which evidence would a doubter ask for?',
        number === 1 ? 'Why does this point come first?' : 'What does this point add to the one before?',
      ],
      slots: slotsFor(each),
      weight: 3,
      takes: number === 1 ? ['content', 'analysis', 'data', 'figures', 'source', 'sources', 'method'] : [],
    }),
  )
}

const objection: PartPlan = part(
  'Objection and reply',
  'Take the strongest doubt seriously, then answer it.',
  {
    asks: [
      'Who disagrees with you, and on what evidence?',
      'What do you grant, and what do you hold against it?',
    ],
    slots: ['Objection, with its source and page', 'Granted', 'Reply, with source and page'],
    weight: 2,
  },
)

/** The outline of an argument: questions for each part, slots for evidence, and a budget of words. */
export const outline: Form = {
  id: 'outline',
  name: 'Outline',
  use: 'Answer the questions in key words and fill the slots from your notes. The text itself you write in a document of your own, part by part within its budget.',
  counts: 'words',
  judged: true,
  parts: (bench) => [
    part('Opening', 'Lead to the question and to your answer.', {
      asks: [
        'What does a reader have to know before the question makes sense?',
        'Where do question and answer stand, and in which words of your own?',
      ],
      slots: ['Begins with', 'Question', 'Answer'],
      weight: 1.5,
      takes: ['question', 'abstract'],
    }),
    ...(bench.genre === 'research_paper'
      ? [
          part('What is known', 'Show what others found, and the gap you work in.', {
            asks: ['Which two or three works do you build on?', 'What do they leave open?'],
            slots: ['Source, page, and what it shows', 'Source, page, and what it shows', 'Gap'],
            weight: 2.5,
            takes: ['annotations'],
          }),
        ]
      : []),
    ...pointParts(bench),
    ...(mentions(bench.input.requirements, OBJECTION) || bench.genre === 'research_paper' ? [objection] : []),
    part('Close', 'Say what follows, without repeating.', {
      asks: [
        'What do you now know that the opening did not?',
        'What stays open?',
        'Why does it matter to a reader?',
      ],
      slots: ['What follows', 'Stays open'],
      weight: 1.5,
    }),
    part('References', 'Have every source in the list from the start.', {
      asks: ['Which style, and which details are still missing?'],
      slots: ['Style', 'Still missing'],
      takes: ['citations'],
    }),
  ],
}
