import type { GenreTemplate, TaskTemplate } from '../template.ts'
import { closing } from './closing.ts'
import { AFTER_OPENING, OPENING } from './opening.ts'

const gather: readonly TaskTemplate[] = [
  {
    id: 'set-up-document',
    title: 'Set up the document',
    what: 'Create the file with the required layout now, so that nothing has to be reformatted at the end.',
    deliverable: 'An empty document with the required layout',
    done: 'The layout follows the instructions, and the file has a name you will find again.',
    minutes: () => 15,
    after: ['read-instructions'],
    takes: ['format', 'tool'],
    when: ({ terse }) => !terse,
  },
  {
    id: 'find-material',
    title: 'Find the material you will work with',
    what: 'Look through the assigned readings first, then the library; keep what bears on your question and note where it comes from.',
    deliverable: 'A list of material, each with full reference details',
    done: 'You have what the instructions ask for and a little to spare, each item findable again.',
    minutes: ({ sources }) => 20 + sources * 12,
    after: AFTER_OPENING,
    takes: ['sources', 'data'],
  },
  {
    id: 'take-notes',
    title: 'Read and take notes',
    what: 'Read with your question in mind. Note ideas in your own words, and mark copied words and page numbers at once.',
    deliverable: 'Notes with page numbers, quotations marked as such',
    done: 'For each text you can say what it contributes to your question.',
    minutes: ({ sources }) => 30 + sources * 25,
    after: ['find-material'],
    takes: ['annotations', 'analysis'],
  },
]

const write: readonly TaskTemplate[] = [
  {
    id: 'decide-position',
    title: 'Decide what you want to argue',
    what: 'Put your question and your answer into a sentence of your own; test it against the strongest objection you can find.',
    deliverable: 'Your question, your answer and the best objection to it',
    done: 'A friend could disagree with your answer, and you would know what to reply.',
    minutes: () => 30,
    after: ['note-first-ideas', 'take-notes'],
    takes: ['question'],
  },
  {
    id: 'outline',
    title: 'Outline the argument',
    what: 'Write a line for each paragraph: its point, and the evidence from your notes.',
    deliverable: 'An outline, each point with its evidence',
    done: 'Each line supports your answer, and each point has evidence beside it.',
    minutes: ({ words }) => 25 + words / 60,
    after: ['decide-position'],
    takes: ['outline', 'structure', 'process'],
  },
  {
    id: 'draft-body',
    title: 'Draft the body',
    what: 'Write the middle paragraphs from your outline without polishing; put the reference beside each borrowed idea as you go.',
    deliverable: 'A rough draft of the body',
    done: 'Every point of the outline has its paragraph.',
    minutes: ({ words, items }) => 30 + words / 6 + items * 5,
    after: ['outline', 'set-up-document'],
    takes: ['content', 'deliverable', 'length', 'method', 'figures'],
  },
  {
    id: 'draft-frame',
    title: 'Draft opening and close',
    what: 'Write the beginning and the end last, when you know what lies between: what is asked, why it matters, what follows.',
    deliverable: 'A complete first draft',
    done: 'Opening and close speak of the same question, and the draft reads from start to end.',
    minutes: ({ words }) => 20 + words / 50,
    after: ['draft-body'],
    takes: ['abstract', 'drafting'],
  },
]

const revise: readonly TaskTemplate[] = [
  {
    id: 'revise-argument',
    title: 'Revise the argument',
    what: 'After a pause, read your draft as a stranger: does each paragraph earn its place, and is each claim backed?',
    deliverable: 'A second draft',
    done: 'For each rubric criterion you can point to the place in your text that serves it.',
    minutes: ({ words }) => 30 + words / 25,
    after: ['draft-frame'],
    takes: ['peer_review'],
  },
  {
    id: 'check-citations',
    title: 'Check citations and references',
    what: 'Compare each borrowed idea with its reference, and each reference with the required style.',
    deliverable: 'A reference list that matches the text',
    done: 'Each citation in the text is in the list, each entry of the list is in the text, all in the required style.',
    minutes: ({ sources }) => 15 + sources * 5,
    after: ['draft-body'],
    takes: ['citations'],
  },
  {
    id: 'proofread',
    title: 'Proofread aloud',
    what: 'Read the text aloud, slowly, from paper or with another font; mend what you stumble over.',
    deliverable: 'The finished text',
    done: 'You have read every sentence aloud once and found nothing more to mend.',
    minutes: ({ words }) => 15 + words / 60,
    after: ['revise-argument', 'check-citations'],
    takes: ['language', 'format'],
  },
]

/** An essay: material and ideas side by side, then argument, draft, revision beside citations. */
export const essay: GenreTemplate = {
  main: 'draft-body',
  usual: { words: 1_200, sources: 3 },
  success:
    'The essay answers the question that was set with an argument of your own, backed by the material asked for',
  failureModes: [
    'Retelling the reading instead of arguing a point of your own.',
    'Starting to write before you know your answer, and running out of time to rebuild.',
    'Adding references at the end from memory.',
  ],
  risk: {
    risk: 'The argument changes while you draft, and the opening no longer fits.',
    impact: 'You rewrite late, when time is short.',
    mitigation: 'Finish the outline before you draft, and write opening and close last.',
  },
  milestones: [
    {
      id: 'understand',
      title: 'Understand the task',
      purpose: 'Start small: know what is asked and what you already think.',
      tasks: [
        ...OPENING,
        {
          id: 'note-first-ideas',
          title: 'Note your first ideas',
          what: 'Without looking anything up, write down what you already think, what you wonder, and what you would need to know.',
          deliverable: 'A page of rough notes for yourself',
          done: 'You have at least a question you would like to answer.',
          minutes: () => 20,
          after: AFTER_OPENING,
          takes: [],
        },
      ],
    },
    {
      id: 'gather',
      title: 'Gather material',
      purpose: 'Have evidence before you commit to an answer.',
      tasks: gather,
    },
    {
      id: 'write',
      title: 'Find the argument and draft',
      purpose: 'Turn notes into a complete first draft.',
      tasks: write,
    },
    {
      id: 'revise',
      title: 'Revise',
      purpose: 'Make a draft into a text that meets the rubric.',
      tasks: revise,
    },
    closing(['proofread']),
  ],
}
