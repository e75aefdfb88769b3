import type { Requirement } from '../../../../../contract/requirements.ts'
import { clip } from '../../draft/grounded.ts'
import { asLine } from '../../draft/restate.ts'
import type { Bench } from '../bench.ts'
import { joinChoices } from '../join-choices.ts'
import { isConduct, isShownByRunning } from '../shown-by-running.ts'
import { blankRow, part, type Form } from './form.ts'

const MOST_ROWS = 40

const isOfTheWork = (requirement: Requirement): boolean => !isConduct(requirement)

// Every behaviour has its row, whichever task makes it.
const behaviours = ({ input }: Bench): readonly string[] =>
  joinChoices(input.requirements)
    .filter(isShownByRunning)
    .slice(0, MOST_ROWS)
    .map((requirement) => clip(asLine(requirement), 200))

/** A table of cases: for each behaviour an ordinary, an odd and a wrong input. */
export const cases: Form = {
  id: 'cases',
  name: 'Table of cases',
  use: 'Fill a row before you write the code for it. Where you cannot say what should come out, ask.',
  counts: null,
  fits: isShownByRunning,
  parts: () => [
    part('Ordinary', 'Take an input as most users give it.', {
      asks: ['Which single example would you show in class?'],
      takes: ['content', 'code', 'deliverable', 'method', 'data'],
    }),
    part('Odd', 'Go to the edges.', {
      asks: ['What is the smallest, the largest, the empty input?', 'What stands exactly on a limit?'],
      takes: ['tests', 'analysis'],
    }),
    part('Wrong', 'Decide what happens then.', {
      asks: ['What does the user see?', 'What must stay as it was?'],
      takes: ['question'],
    }),
  ],
  grid: (bench) => {
    const columns = [
      'Behaviour',
      'Ordinary input',
      'Comes out',
      'Odd input',
      'Comes out',
      'Wrong input',
      'Comes out',
    ]
    const rows = behaviours(bench).map((text) => [text, ...blankRow(columns.length - 1)])
    return { caption: 'Cases', columns, rows: [...rows, blankRow(columns.length)] }
  },
}

/** The design of a program: parts, data, failures. */
export const design: Form = {
  id: 'design',
  name: 'Design sheet',
  use: 'Draw it first, then fill in the table. A part you cannot name in three words is two parts.',
  counts: null,
  judged: true,
  parts: () => [
    part('Parts', 'Give each part one thing to answer for.', {
      asks: ['Which part knows what the others must not know?', 'Which part could be replaced alone?'],
      slots: ['Parts'],
      takes: ['design', 'structure', 'outline', 'code'],
    }),
    part('Data', 'Know what passes between the parts.', {
      asks: ['What goes in, what is kept, what comes out?', 'Which order of steps matters?'],
      slots: ['In', 'Kept', 'Out'],
      takes: ['data', 'content', 'deliverable'],
    }),
    part('Failures', 'Decide where each failure is noticed.', {
      asks: ['What can go wrong outside your program?', 'In which state does it leave the data?'],
      slots: ['Failure, noticed where, told how'],
      takes: ['method', 'tests', 'analysis'],
    }),
  ],
  grid: () => {
    const columns = ['Part', 'Answers for', 'Gets', 'Gives', 'Cases it handles']
    return { caption: 'Parts', columns, rows: [1, 2, 3, 4, 5, 6].map(() => blankRow(columns.length)) }
  },
}

/** Source code: what the brief names, declared and left open, with its demands where they are met. */
export const code: Form = {
  id: 'code',
  name: 'Code scaffold',
  use: 'Run after each part and keep a version that runs.',
  stubs: 'Copy what you need into files of your own. Nothing here works: every body is yours to write.',
  counts: null,
  fits: isOfTheWork,
  code: true,
  parts: () => [
    part('Smallest run', 'Have something that starts and ends before it does anything.', {
      asks: ['What is the least that shows one result?', 'How do you start it?'],
      takes: ['setup', 'tool'],
    }),
    part('Behaviour', 'Meet one demand at a time, each with its case.', {
      asks: ['Which demand carries most weight?', 'Which case shows that it is met?'],
      takes: [
        'code',
        'content',
        'deliverable',
        'method',
        'data',
        'analysis',
        'design',
        'process',
        'question',
      ],
    }),
    part('Errors and limits', 'Decide what happens at the edges and beyond.', {
      asks: ['What does a wrong input do?', 'What is printed where, and with which exit code?'],
      takes: ['length', 'figures'],
    }),
    part('Tests', 'Show each thing that is asked with a run that can fail.', {
      asks: ['Which test breaks when you leave this part out?', 'What is random, and is its seed printed?'],
      takes: ['tests'],
    }),
    part('For readers', 'Leave it so that somebody else can go on.', {
      asks: [
        'Which name needs a second look?',
        'What do you have to tell a reader that the code does not say?',
      ],
      takes: ['docs', 'language', 'format', 'citations', 'structure'],
    }),
  ],
}

/** Tests: a stub, or a row to fill in words, for each thing that has to be shown. */
export const tests: Form = {
  id: 'tests',
  name: 'Test scaffold',
  use: 'Write one test at a time and watch it break before you make it work.',
  stubs: 'The stubs use no framework: move them into the one of your course.',
  counts: null,
  fits: isOfTheWork,
  code: true,
  parts: () => [
    part('Ordinary cases', 'Show that what is asked works.', {
      asks: ['Which row of your table of cases is this?', 'What exactly is compared?'],
      takes: ['tests', 'code', 'content', 'deliverable', 'method'],
    }),
    part('Edge cases', 'Show what happens at every limit.', {
      asks: ['Empty, one, largest, one more than that: which of them apply?'],
      takes: ['analysis', 'length', 'data'],
    }),
    part('Error cases', 'Show that failing is done as asked.', {
      asks: ['What is told, where, and with which exit code?', 'What must not have changed?'],
      takes: ['question', 'process'],
    }),
    part('Hostile cases', 'Show that odd names, huge inputs and broken files do no harm.', {
      asks: ['What would you send to break it?', 'Which limit stops it?'],
      takes: ['design'],
    }),
  ],
}
