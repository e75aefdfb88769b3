import type { GenreTemplate, TaskTemplate } from '../template.ts'
import { closing } from './closing.ts'
import { AFTER_OPENING, OPENING } from './opening.ts'

const search: readonly TaskTemplate[] = [
  {
    id: 'narrow-question',
    title: 'Narrow the topic to a question',
    what: 'Skim an overview of the topic, write down several questions, and keep the one that can be answered with what you can find in the time you have.',
    deliverable: 'A research question in your own words',
    done: 'The question can be answered, and the answer is not known to you yet.',
    minutes: () => 45,
    after: [...AFTER_OPENING, 'note-first-ideas'],
    takes: ['question'],
  },
  {
    id: 'search-sources',
    title: 'Search for sources',
    what: 'List search words, search the library catalogue and databases, and ask a librarian if the first searches fail. Save full reference details at once.',
    deliverable: 'A list of candidates with reference details',
    done: 'You have more candidates than you need, of the kinds the instructions accept.',
    minutes: ({ sources }) => 40 + sources * 10,
    after: ['narrow-question'],
    takes: ['sources'],
  },
  {
    id: 'set-up-document',
    title: 'Set up document and reference list',
    what: 'Create the file with the required layout and a place, or a tool, for references.',
    deliverable: 'An empty document with the required layout and a reference list to fill',
    done: 'The layout follows the instructions, and adding a reference takes you a minute.',
    minutes: () => 20,
    after: ['read-instructions'],
    takes: ['tool', 'format'],
    when: ({ terse }) => !terse,
  },
]

const readAndPlan: readonly TaskTemplate[] = [
  {
    id: 'evaluate-sources',
    title: 'Choose the sources you trust',
    what: 'Check author, place of publication, date and evidence of each candidate; drop what does not hold.',
    deliverable: 'The chosen sources, each with a reason',
    done: 'Each source you keep meets the instructions and bears on your question.',
    minutes: ({ sources }) => 15 + sources * 6,
    after: ['search-sources'],
    takes: [],
  },
  {
    id: 'read-and-note',
    title: 'Read and take notes',
    what: 'For each source note claim, evidence, method and limits in your own words, with page numbers.',
    deliverable: 'Notes with page numbers, quotations marked as such',
    done: 'For each source you can say what it adds and where it disagrees with another.',
    minutes: ({ sources }) => 30 + sources * 30,
    after: ['evaluate-sources'],
    takes: ['annotations', 'data'],
  },
  {
    id: 'outline',
    title: 'Outline the paper',
    what: 'Order your findings by idea, not by source; put sources beside each point.',
    deliverable: 'An outline with sources beside each point',
    done: 'Every point answers part of your question, and every chosen source has a place.',
    minutes: ({ words }) => 30 + words / 60,
    after: ['read-and-note'],
    takes: ['outline', 'structure'],
  },
]

const write: readonly TaskTemplate[] = [
  {
    id: 'draft-background',
    title: 'Draft background and method',
    what: 'Write what is known about your question and how you went about answering it.',
    deliverable: 'A rough draft of the first sections',
    done: 'A reader new to the topic knows what is known, what is open, and how you work.',
    minutes: ({ words }) => 20 + words / 15,
    after: ['outline', 'set-up-document'],
    takes: ['method'],
  },
  {
    id: 'draft-analysis',
    title: 'Draft the analysis',
    what: 'Write the sections that answer your question; bring sources together, and place references as you go.',
    deliverable: 'A rough draft of the main sections',
    done: 'Every point of the outline has its paragraph and its sources.',
    minutes: ({ words, items }) => 40 + words / 9 + items * 5,
    after: ['outline', 'set-up-document'],
    takes: ['analysis', 'figures', 'content', 'deliverable', 'length', 'process'],
  },
  {
    id: 'draft-frame',
    title: 'Draft opening, close and summary',
    what: 'Write the beginning and the end when the middle stands, and a summary if one is asked for.',
    deliverable: 'A complete first draft',
    done: 'The draft reads from start to end, and the close answers the question of the opening.',
    minutes: ({ words }) => 20 + words / 50,
    after: ['draft-background', 'draft-analysis'],
    takes: ['abstract', 'drafting'],
  },
]

const revise: readonly TaskTemplate[] = [
  {
    id: 'revise-argument',
    title: 'Revise for argument and evidence',
    what: 'After a pause, check that each claim has evidence and that objections are met.',
    deliverable: 'A second draft',
    done: 'For each rubric criterion you can point to the place in your text that serves it.',
    minutes: ({ words }) => 30 + words / 25,
    after: ['draft-frame'],
    takes: ['peer_review'],
  },
  {
    id: 'check-citations',
    title: 'Check citations and references',
    what: 'Compare each citation with its source, and each entry with the required style.',
    deliverable: 'A reference list that matches the text',
    done: 'Each citation in the text is in the list, each entry of the list is in the text, all in the required style.',
    minutes: ({ sources }) => 20 + sources * 5,
    after: ['draft-background', 'draft-analysis'],
    takes: ['citations'],
  },
  {
    id: 'proofread',
    title: 'Format and proofread',
    what: 'Bring layout, headings and captions in order, then read aloud from start to end.',
    deliverable: 'The finished paper',
    done: 'Layout follows the instructions, and every sentence has been read aloud once.',
    minutes: ({ words }) => 20 + words / 60,
    after: ['revise-argument', 'check-citations'],
    takes: ['language', 'format'],
  },
]

/** A research paper: question, search and reading, sections in parallel, revision beside citations. */
export const researchPaper: GenreTemplate = {
  main: 'draft-analysis',
  usual: { words: 2_500, sources: 8 },
  success: 'The paper answers a question of your own from sources a reader can check',
  failureModes: [
    'A topic too broad for the length asked for.',
    'Reporting source after source instead of answering a question.',
    'Losing track of where an idea came from.',
  ],
  risk: {
    risk: 'Sources turn out hard to get or do not fit the question.',
    impact: 'The search eats the time for writing.',
    mitigation: 'Search early, order loans at once, and ask a librarian after the first failed search.',
  },
  milestones: [
    {
      id: 'understand',
      title: 'Understand the task',
      purpose: 'Start small: know what is asked and what interests you.',
      tasks: [...OPENING, noteInterests()],
    },
    {
      id: 'search',
      title: 'Find a question and sources',
      purpose: 'Have a question that can be answered with sources you can get.',
      tasks: search,
    },
    {
      id: 'read',
      title: 'Read and outline',
      purpose: 'Know what your sources say together before you write.',
      tasks: readAndPlan,
    },
    { id: 'write', title: 'Draft', purpose: 'Turn the outline into a complete first draft.', tasks: write },
    {
      id: 'revise',
      title: 'Revise',
      purpose: 'Make a draft into a paper that meets the rubric.',
      tasks: revise,
    },
    closing(['proofread']),
  ],
}

function noteInterests(): TaskTemplate {
  return {
    id: 'note-first-ideas',
    title: 'Note what interests you',
    what: 'Write down what you know, what you wonder and which course material bears on it.',
    deliverable: 'A page of rough notes for yourself',
    done: 'You have several directions to compare.',
    minutes: () => 20,
    after: ['read-instructions'],
    takes: [],
  }
}
