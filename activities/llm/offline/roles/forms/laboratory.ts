import type { Bench } from '../bench.ts'
import { blankRow, part, several, type Form, type PartPlan } from './form.ts'

const NAMED_COLUMNS = /\bcolumns?(?:\s+(?:named|called|for))?\s*:?\s+(?<list>[\p{L}\p{N}_,; ()/°%-]{5,160})/iu
const TRIALS = /\b(?<count>two|three|four|five|\d)\s+(?:repeats|repetitions|trials|runs)\b/i
const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5 }

const saidOf = ({ own, input }: Bench): string =>
  [input.subject.description, ...own.map(({ statement }) => statement)].join('\n')

function trialColumns(bench: Bench): readonly string[] {
  const count = TRIALS.exec(saidOf(bench))?.groups?.['count']?.toLowerCase()
  const number = count === undefined ? 1 : (COUNTS[count] ?? Number(count))
  return number > 1 ? several(Math.min(number, 9), (trial) => `value_${trial}`) : ['value']
}

const REFERENCE = /\bsources?\b|\breferences?\b|\bbibliograph|\bcandidates\b/i
const REFERENCE_COLUMNS = ['author', 'title', 'published_in', 'year', 'pages', 'link', 'kind', 'shows']

/** The columns of a data file: those the brief names, else those of a reference, else those of a measurement. */
function dataColumns(bench: Bench): readonly string[] {
  const named = NAMED_COLUMNS.exec(saidOf(bench))?.groups?.['list']
  const columns = (named ?? '')
    .split(/[,;]|\band\b/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (columns.length > 1) return columns
  if (REFERENCE.test(bench.input.subject.deliverable)) return REFERENCE_COLUMNS
  return [
    'series',
    'condition',
    'quantity',
    ...trialColumns(bench),
    'unit',
    'uncertainty',
    'measured_on',
    'remark',
  ]
}

/** Measurements: columns for values with units and origin, and no value. */
export const measurements: Form = {
  id: 'measurements',
  name: 'Table of measurements',
  use: 'One row for one measurement. Enter a value with its unit and where it comes from, and correct nothing afterwards: remark it.',
  counts: null,
  parts: () => [
    part('Values', 'Have every value with its unit and uncertainty.', {
      asks: ['Which value has no unit yet?', 'Which uncertainty is read, and which is estimated?'],
      takes: ['data', 'method', 'content', 'tool'],
    }),
    part('Origin', 'Be able to go back to the page a value comes from.', {
      asks: ['Where is the raw value written down?', 'What went differently from the plan?'],
      takes: ['process', 'source', 'format'],
    }),
  ],
  grid: (bench) => {
    const columns = dataColumns(bench)
    return { caption: 'Measurements', columns, rows: several(12, () => blankRow(columns.length)) }
  },
}

/** Results: each with its way from the measurements. */
export const analysis: Form = {
  id: 'analysis',
  name: 'Results sheet',
  use: 'One row for each result the sheet asks for. Keep one calculation of each kind by hand.',
  counts: null,
  judged: true,
  parts: () => [
    part('Ways of calculating', 'Choose the way before you see the result.', {
      asks: ['Which formula, and where does it come from?', 'Which assumption does it make?'],
      slots: ['Formula', 'Assumption'],
      takes: ['analysis', 'method', 'tool'],
    }),
    part('Uncertainties', 'Carry them along from the first value.', {
      asks: ['Which contribution is largest?', 'Which could you make smaller?'],
      slots: ['Largest contribution', 'Could be reduced by'],
      takes: ['data'],
    }),
    part('Checks', 'Find a wrong result before your reader does.', {
      asks: ['Is the size right?', 'Do the units come out?', 'What does a second way give?'],
      slots: ['Checked by hand', 'Compared with'],
      takes: ['content', 'figures'],
    }),
  ],
  grid: () => {
    const columns = [
      'Result',
      'From which measurements',
      'Formula or method',
      'Value',
      'Unit',
      'Uncertainty',
      'Checked',
    ]
    return { caption: 'Results', columns, rows: several(8, () => blankRow(columns.length)) }
  },
}

/** Figures and tables: what each shows, before it is drawn. */
export const figures: Form = {
  id: 'figures',
  name: 'Figures and tables',
  use: 'Decide for each figure what a reader should see in it, then draw it.',
  counts: null,
  judged: true,
  parts: () => [
    part('What to show', 'Let each result have the figure that shows it best.', {
      asks: ['Which result has no figure yet?', 'Which figure could be left out?'],
      takes: ['figures', 'analysis', 'content', 'data'],
    }),
    part('How to read it', 'Let a figure be understood with its caption alone.', {
      asks: [
        'Are axes, units and uncertainties there?',
        'Does the caption say what is seen and under which conditions?',
      ],
      takes: ['format', 'citations'],
    }),
  ],
  grid: () => {
    const columns = [
      'No.',
      'Shows',
      'Axes or columns, with units',
      'Caption has to say',
      'Mentioned in the text at',
    ]
    return {
      caption: 'List of figures and tables',
      columns,
      rows: several(6, (n) => [`${n}`, ...blankRow(4)]),
    }
  },
}

/** A section of a report, by the names it goes under. */
interface ReportSection {
  readonly sign: RegExp
  /** Whether it stands in every report, or only where the brief names it. */
  readonly usual: boolean
  readonly plan: PartPlan
}

const SECTIONS: readonly ReportSection[] = [
  {
    sign: /\babstract\b|\bsummary\b/i,
    usual: false,
    plan: part('Abstract', 'Give aim, result and conclusion to somebody who reads nothing else.', {
      asks: ['Which single result, with its uncertainty?', 'What follows from it?'],
      slots: ['Aim', 'Result, value and unit', 'Conclusion'],
      takes: ['abstract'],
    }),
  },
  {
    sign: /\bintroduction\b|\bbackground\b/i,
    usual: true,
    plan: part('Introduction', 'Say what was to be found out, and why.', {
      asks: ['Which question or hypothesis?', 'What does a reader have to know first?'],
      slots: ['Question', 'Expected, because', 'Source, page, and what it shows'],
      weight: 2,
      takes: ['question', 'sources', 'source'],
    }),
  },
  {
    sign: /\btheory\b/i,
    usual: false,
    plan: part('Theory', 'Derive only what you use.', {
      asks: ['Which relation do your results rest on?', 'Which assumption enters it?'],
      slots: ['Relation', 'Assumption'],
      weight: 2,
    }),
  },
  {
    sign: /\bmethods?\b|\bprocedure\b|\bset-?up\b|\bapparatus\b/i,
    usual: true,
    plan: part('Method', 'Let somebody who was absent repeat it.', {
      asks: ['What was set, what was varied, what was read?', 'What went differently from the plan?'],
      slots: ['Set-up', 'Steps', 'Departed from the plan'],
      weight: 2,
      takes: ['method', 'tool'],
    }),
  },
  {
    sign: /\bresults?\b|\banalysis\b/i,
    usual: true,
    plan: part('Results', 'Say what came out, with units and uncertainties, and nothing of what it means.', {
      asks: ['Which figure or table shows which result?', 'Which result is missing?'],
      slots: ['Result, value, unit, uncertainty', 'Figure or table'],
      weight: 3,
      takes: ['analysis', 'data', 'figures'],
    }),
  },
  {
    sign: /\bdiscussion\b|\binterpret/i,
    usual: true,
    plan: part('Discussion', 'Say what the results mean and how far they can be trusted.', {
      asks: [
        'Does it agree with what was expected, within its uncertainty?',
        'Which error is largest, and in which direction does it push?',
        'What would you change?',
      ],
      slots: ['Compared with', 'Largest error', 'Would change'],
      weight: 3,
      takes: ['content', 'deliverable', 'length', 'process'],
    }),
  },
  {
    sign: /\bconclusions?\b/i,
    usual: false,
    plan: part('Conclusion', 'Answer the question of the introduction.', {
      asks: ['What is the answer, and how sure are you?'],
      slots: ['Answer'],
      weight: 1,
    }),
  },
  {
    sign: /\breferences?\b|\bbibliography\b|\bworks cited\b|\bcite/i,
    usual: true,
    plan: part('References', 'Have every source in the list from the start.', {
      asks: ['Which style, and which details are missing?'],
      slots: ['Source', 'Source', 'Still missing'],
      takes: ['citations'],
    }),
  },
  {
    sign: /\bappendi(?:x|ces)\b|\braw data\b/i,
    usual: false,
    plan: part('Appendix', 'Keep what a reader may want to check.', {
      asks: ['What has to be signed, scanned or attached?'],
      slots: ['Attached'],
    }),
  },
]

/** A report: the sections the brief names, in their order, with tables to fill and what each must answer. */
export const report: Form = {
  id: 'report',
  name: 'Report skeleton',
  use: 'Fill the slots from your notes and your results sheet, in key words and values. The text you write in a document of your own, section by section.',
  counts: 'words',
  judged: true,
  parts: ({ input }) => {
    const said = [
      input.subject.description,
      ...input.requirements.map(({ statement }) => statement),
      ...input.criteria.map(({ description }) => description),
    ].join('\n')
    return SECTIONS.filter(({ usual, sign }) => usual || sign.test(said)).map(({ plan }) => plan)
  },
  grid: () => {
    const columns = ['Quantity', 'Value', 'Unit', 'Uncertainty', 'From']
    return { caption: 'Values the text gives', columns, rows: several(6, () => blankRow(columns.length)) }
  },
}
