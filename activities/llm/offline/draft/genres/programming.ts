import type { GenreTemplate, TaskTemplate } from '../template.ts'
import { closing } from './closing.ts'
import { AFTER_OPENING, OPENING } from './opening.ts'

const prepare: readonly TaskTemplate[] = [
  {
    id: 'list-cases',
    title: 'List inputs, outputs and edge cases',
    what: 'For each required behaviour write an example input and the expected output, the odd cases included.',
    deliverable: 'A table of cases',
    done: 'Every required behaviour has an ordinary case and an odd one.',
    minutes: ({ items }) => 20 + items * 2,
    after: AFTER_OPENING,
    takes: ['question'],
  },
  {
    id: 'sketch-design',
    title: 'Sketch the design',
    what: 'Draw the parts, what each is responsible for and what passes between them.',
    deliverable: 'A sketch of parts and data',
    done: 'For each case of your table you can point out which part handles it.',
    minutes: ({ items }) => 30 + items * 2,
    after: ['list-cases'],
    takes: ['design', 'outline', 'structure'],
  },
]

const build: readonly TaskTemplate[] = [
  {
    id: 'build-core',
    title: 'Build the smallest version that runs',
    what: 'Take the simplest case from start to end through your design, run it, and commit or save it.',
    deliverable: 'A program that handles the simplest case',
    done: 'The simplest case runs on your machine and gives the expected output.',
    minutes: ({ items }) => 60 + items * 3,
    after: ['sketch-design', 'set-up-tools'],
    takes: [],
  },
  {
    id: 'build-features',
    title: 'Build the required features in turn',
    what: 'Add a feature, run its cases, save, go to the next; the features with most weight come first.',
    deliverable: 'A program with every required feature',
    done: 'Every case of your table gives the expected output.',
    minutes: ({ items }) => 60 + items * 12,
    after: ['build-core'],
    takes: ['code', 'content', 'deliverable', 'method', 'data', 'analysis', 'process', 'length'],
  },
  {
    id: 'write-tests',
    title: 'Write tests beside the features',
    what: 'Turn your table of cases into tests that run with a single command.',
    deliverable: 'Tests that run with a single command',
    done: 'Every case of your table is a test, and all of them pass.',
    minutes: ({ items }) => 45 + items * 4,
    after: ['build-core'],
    takes: ['tests'],
  },
]

const finish: readonly TaskTemplate[] = [
  {
    id: 'tidy-code',
    title: 'Tidy the code',
    what: 'Remove dead lines, name things for what they are, split what is long; run the tests after each change.',
    deliverable: 'Readable code with passing tests',
    done: 'A classmate could follow it without you, and the tests still pass.',
    minutes: ({ items }) => 25 + items * 2,
    after: ['build-features', 'write-tests'],
    takes: ['language', 'format', 'citations'],
  },
  {
    id: 'write-documentation',
    title: 'Write how to build, run and use it',
    what: 'Write what the sheet asks of each document. Beyond that, write for somebody who has never seen your machine: what it does, how to start it, what is not finished.',
    deliverable: 'Instructions and the documents the sheet asks for',
    done: 'Somebody else can start the program from your instructions alone.',
    minutes: ({ items }) => 30 + items * 3,
    after: ['build-features'],
    takes: ['docs', 'abstract', 'figures'],
  },
  {
    id: 'try-clean-copy',
    title: 'Try a clean copy',
    what: 'Copy what you will hand in to an empty folder, or another machine, and follow your own instructions.',
    deliverable: 'The package you will hand in',
    done: 'The clean copy builds, runs and passes its tests.',
    minutes: () => 25,
    after: ['tidy-code', 'write-documentation'],
    takes: [],
  },
]

/** A programming assignment: cases and tools side by side, a running core, features beside tests. */
export const programming: GenreTemplate = {
  main: 'build-features',
  usual: {},
  success: 'The program does what the sheet asks, in the cases you listed and from a clean copy',
  failureModes: [
    'Code that runs only on your own machine.',
    'Names, output or files that differ slightly from what the sheet asks, so that automatic checks fail.',
    'Everything written before anything is run.',
  ],
  risk: {
    risk: 'A single stubborn error takes an evening.',
    impact: 'Later features are never reached.',
    mitigation: 'Save a running version after each feature, and ask for help after an hour stuck.',
  },
  milestones: [
    {
      id: 'understand',
      title: 'Understand the task and set up',
      purpose: 'Start small: know what the program must do and have something that runs.',
      tasks: [
        ...OPENING,
        {
          id: 'set-up-tools',
          title: 'Set up tools and an empty project',
          what: 'Install what is required, create the project with version control, and run a program that only prints a line.',
          deliverable: 'An empty project that runs',
          done: 'The required versions are installed and the empty project runs.',
          minutes: () => 30,
          after: ['choose-option'],
          takes: ['setup', 'tool', 'sources'],
        },
      ],
    },
    { id: 'prepare', title: 'Prepare', purpose: 'Decide what right means before you build.', tasks: prepare },
    {
      id: 'build',
      title: 'Build and test',
      purpose: 'Have a program that runs at every moment.',
      tasks: build,
    },
    {
      id: 'finish',
      title: 'Finish',
      purpose: 'Make it readable and runnable for somebody else.',
      tasks: finish,
    },
    closing(['try-clean-copy']),
  ],
}
