import type { GenreTemplate, TaskTemplate } from '../template.ts'
import { closing } from './closing.ts'
import { AFTER_OPENING, OPENING } from './opening.ts'

const collect: readonly TaskTemplate[] = [
  {
    id: 'search-sources',
    title: 'Search for sources',
    what: 'Search the library catalogue and databases; save full reference details at once, and keep more than you need.',
    deliverable: 'A list of candidates with reference details',
    done: 'You have more candidates than you need, of the kinds the instructions accept.',
    minutes: ({ sources }) => 25 + sources * 10,
    after: ['choose-topic'],
    takes: ['sources', 'data'],
  },
  {
    id: 'choose-sources',
    title: 'Choose the sources',
    what: 'Check author, place of publication, date and relevance of each candidate; drop what does not hold.',
    deliverable: 'The final list of sources',
    done: 'Each source meets the instructions, and together they show more than a single side.',
    minutes: ({ sources }) => 10 + sources * 6,
    after: ['search-sources'],
    takes: ['method'],
  },
]

const annotate: readonly TaskTemplate[] = [
  {
    id: 'set-up-entries',
    title: 'Set up the entries in the required style',
    what: 'Enter the reference of each source in the required style and order, before you annotate.',
    deliverable: 'A document with every reference in place',
    done: 'Every entry follows the style guide to the comma, in the required order.',
    minutes: ({ sources }) => 15 + sources * 5,
    after: ['choose-sources'],
    takes: ['citations', 'format', 'structure'],
  },
  {
    id: 'read-sources',
    title: 'Read the sources and take notes',
    what: 'For each source note claim, evidence, audience and limits in your own words.',
    deliverable: 'Notes for each source',
    done: 'For each source you can answer every question the annotation has to answer.',
    minutes: ({ sources }) => 15 + sources * 25,
    after: ['choose-sources'],
    takes: ['analysis'],
  },
  {
    id: 'draft-annotations',
    title: 'Draft the annotations',
    what: 'Write each annotation from your notes, with the source closed; then check it against the source.',
    deliverable: 'A draft of every annotation',
    done: 'Each annotation has every part the instructions ask for and keeps the length.',
    minutes: ({ sources, items }) => 15 + sources * 25 + items * 3,
    after: ['set-up-entries', 'read-sources'],
    takes: ['annotations', 'content', 'deliverable', 'length', 'process'],
  },
]

/** An annotated bibliography: topic, search, then entries and reading side by side. */
export const bibliography: GenreTemplate = {
  main: 'draft-annotations',
  usual: { words: 1_000, sources: 6 },
  success: 'Every entry is correct in style and every annotation says what the source offers your question',
  failureModes: [
    'Copying the abstract instead of writing an annotation.',
    'Summaries that never say whether or how the source helps.',
    'Trusting a citation generator without checking its output.',
  ],
  risk: {
    risk: 'A source turns out unsuitable after you have read it.',
    impact: 'You search again late.',
    mitigation: 'Keep spare candidates on the list until every annotation is drafted.',
  },
  milestones: [
    {
      id: 'understand',
      title: 'Understand the task',
      purpose: 'Start small: know what an entry must contain and what your topic is.',
      tasks: [
        ...OPENING,
        {
          id: 'choose-topic',
          title: 'Settle topic and search words',
          what: 'Write the question your sources should serve, and a list of words to search for.',
          deliverable: 'Your question and a list of search words',
          done: 'A first search with these words brings useful results.',
          minutes: () => 25,
          after: AFTER_OPENING,
          takes: ['question', 'tool'],
        },
      ],
    },
    {
      id: 'collect',
      title: 'Collect sources',
      purpose: 'Have sources worth reading before you read.',
      tasks: collect,
    },
    {
      id: 'annotate',
      title: 'Read and annotate',
      purpose: 'Say what each source offers, in your own words.',
      tasks: annotate,
    },
    {
      id: 'revise',
      title: 'Revise',
      purpose: 'Make every entry right to the comma.',
      tasks: [
        {
          id: 'revise-annotations',
          title: 'Revise the annotations',
          what: 'Compare each annotation with the instructions: are all parts there, and is it your own wording?',
          deliverable: 'Revised annotations',
          done: 'For each rubric criterion you can point to the places that serve it.',
          minutes: ({ sources }) => 15 + sources * 6,
          after: ['draft-annotations'],
          takes: [],
        },
        {
          id: 'check-entries',
          title: 'Check every entry and proofread',
          what: 'Compare each entry with the style guide, then read everything aloud.',
          deliverable: 'The finished bibliography',
          done: 'Order, indentation, italics and punctuation are right in every entry.',
          minutes: ({ sources }) => 15 + sources * 4,
          after: ['revise-annotations', 'set-up-entries'],
          takes: ['language'],
        },
      ],
    },
    closing(['check-entries']),
  ],
}
