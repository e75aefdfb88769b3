import type { GenreTemplate, TaskTemplate } from '../template.ts'
import { closing } from './closing.ts'
import { AFTER_OPENING, OPENING } from './opening.ts'

const measure: readonly TaskTemplate[] = [
  {
    id: 'prepare-lab',
    title: 'Prepare for the measurements',
    what: 'Do what the instructions want done before you begin, get what you need, and know what is dangerous.',
    deliverable: 'What you need to begin: answers, equipment and rules',
    done: 'Nothing is missing that you are asked for before you begin, and you know the rules of safety.',
    minutes: ({ items }) => 30 + items * 2,
    after: AFTER_OPENING,
    takes: ['preparation', 'safety'],
    when: ({ prepares }) => prepares,
  },
  {
    id: 'take-measurements',
    title: 'Take the measurements',
    what: 'Measure as the instructions say, early enough that you can repeat it. Write values down with their units on the spot, and bring them into one table the same day.',
    deliverable: 'A record of each session, made on the spot',
    done: 'Every measurement the instructions ask for is recorded as they want it.',
    minutes: ({ items }) => 180 + items * 4,
    after: [...AFTER_OPENING, 'prepare-lab'],
    takes: ['measuring', 'safety'],
    when: ({ measures }) => measures,
  },
]

const data: readonly TaskTemplate[] = [
  {
    id: 'collect-data',
    title: 'Bring data and lab notes together',
    what: 'Collect measurements, units, uncertainties and what went differently from the plan; repeat or ask for what is missing.',
    deliverable: 'A table of all measurements with units',
    done: 'Every value has a unit and an origin, and nothing is missing.',
    minutes: ({ items }) => 35 + items * 4,
    after: AFTER_OPENING,
    takes: ['data'],
    when: ({ measures }) => !measures,
  },
  {
    id: 'draft-method',
    title: 'Draft the method section',
    what: 'Describe what was done, from your lab notes, so that somebody could repeat it.',
    deliverable: 'A draft of the method section',
    done: 'Somebody who was absent could repeat the work from it.',
    minutes: ({ words }) => 25 + words / 30,
    after: ['set-up-report', 'take-measurements'],
    takes: ['method'],
  },
  {
    id: 'analyse-data',
    title: 'Analyse the data',
    what: 'Do the calculations the sheet asks for, keep an example of each, and carry the uncertainties along.',
    deliverable: 'Calculated results with units and uncertainties',
    done: 'Each result can be traced back to the measurements.',
    minutes: ({ items }) => 60 + items * 6,
    after: ['collect-data', 'take-measurements'],
    takes: ['analysis', 'tool', 'data'],
  },
]

const write: readonly TaskTemplate[] = [
  {
    id: 'make-figures',
    title: 'Make figures and tables',
    what: 'Choose for each result the figure or table that shows it; label axes, units and captions.',
    deliverable: 'Labelled figures and tables',
    done: 'Each figure can be understood with its caption alone.',
    minutes: () => 50,
    after: ['analyse-data'],
    takes: ['figures'],
  },
  {
    id: 'draft-results',
    title: 'Draft results and discussion',
    what: 'Say what came out, then what it means: compare with what was expected, explain differences, name the limits.',
    deliverable: 'A draft of results and discussion',
    done: 'Each question of the sheet is answered with a result of yours.',
    minutes: ({ words, items }) => 40 + words / 9 + items * 4,
    after: ['make-figures'],
    takes: ['content', 'deliverable', 'length', 'question', 'process'],
  },
  {
    id: 'draft-frame',
    title: 'Draft introduction, conclusion and summary',
    what: 'Write purpose and background, what follows from the results, and a summary if one is asked for.',
    deliverable: 'A complete first draft',
    done: 'The conclusion answers the purpose named in the introduction.',
    minutes: ({ words }) => 30 + words / 25,
    after: ['draft-results', 'draft-method'],
    takes: ['abstract', 'sources', 'drafting'],
  },
]

const revise: readonly TaskTemplate[] = [
  {
    id: 'check-numbers',
    title: 'Check units, digits and calculations',
    what: 'Repeat a calculation of each kind by hand; check units, significant digits and that text, figures and tables agree.',
    deliverable: 'Checked results',
    done: 'Text, figures and tables give the same values with the same units.',
    minutes: () => 30,
    after: ['draft-results'],
    takes: [],
  },
  {
    id: 'check-citations',
    title: 'Check references',
    what: 'Compare each citation with its source and each entry with the required style.',
    deliverable: 'A reference list that matches the text',
    done: 'Each citation in the text is in the list, and the other way round.',
    minutes: ({ sources }) => 15 + sources * 5,
    after: ['draft-frame'],
    takes: ['citations'],
  },
  {
    id: 'proofread',
    title: 'Format and proofread',
    what: 'Bring headings, numbering and captions in order, then read aloud from start to end.',
    deliverable: 'The finished report',
    done: 'For each rubric criterion you can point to the place that serves it.',
    minutes: ({ words }) => 20 + words / 50,
    after: ['check-numbers', 'check-citations'],
    takes: ['language', 'format'],
  },
]

/** A lab report: method written while data are analysed, figures before results, frame last. */
export const labReport: GenreTemplate = {
  main: 'draft-results',
  usual: { words: 1_500, sources: 3 },
  success: 'A reader could repeat the work, trace each result, and see what it means',
  failureModes: [
    'Results without units or uncertainties.',
    'Figures that the text never mentions.',
    'A discussion that repeats the results instead of explaining them.',
  ],
  risk: {
    risk: 'A measurement is missing or makes no sense.',
    impact: 'The analysis stops, and the lab may be closed by then.',
    mitigation: 'Look through the data first; ask your partners or the assistant at once.',
  },
  milestones: [
    {
      id: 'understand',
      title: 'Understand the task',
      purpose: 'Start small: know which sections and results are asked for.',
      tasks: [
        ...OPENING,
        {
          id: 'set-up-report',
          title: 'Set up the report with its headings',
          what: 'Create the file with the required layout and an empty heading for each section asked for.',
          deliverable: 'An empty report with its headings',
          done: 'Every section the sheet asks for has its heading.',
          minutes: () => 20,
          after: ['read-instructions'],
          takes: ['structure', 'outline'],
        },
      ],
    },
    {
      id: 'measure',
      title: 'Prepare and measure',
      purpose: 'Come prepared, and have your own values while there is time to repeat one.',
      tasks: measure,
    },
    {
      id: 'data',
      title: 'Analyse and describe',
      purpose: 'Have results you trust, and the method while you remember it.',
      tasks: data,
    },
    { id: 'write', title: 'Draft', purpose: 'Say what came out and what it means.', tasks: write },
    { id: 'revise', title: 'Revise', purpose: 'Make every value and every reference right.', tasks: revise },
    closing(['proofread']),
  ],
}
