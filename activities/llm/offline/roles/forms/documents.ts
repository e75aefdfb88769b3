import type { Requirement } from '../../../../../contract/requirements.ts'
import type { Grid } from '../../../../roles/scaffold/scaffold.ts'
import type { Bench } from '../bench.ts'
import { readLengthOfEach } from '../read-length.ts'
import { blankRow, part, several, type Form, type PartPlan } from './form.ts'

const DOCS = /\breadme\b|\b\w+\.md\b|\bdocument(?:ation|s)?\b/i
const NAMED = /\b(?:readme|[\w-]+\.md)\b/iu
// "NOTES.md: 800 words: design, people, time spent": what stands behind the last colon.
const LISTED = /^[^:]*\b(?:readme|[\w-]+\.md)\b[^:]*:(?:[^:]*:)? (?<list>[^:.]+)\.?$/iu
const TABLE = /\btable\b[^:]*: (?<columns>[^:.]+)\.?$/iu
const RUNS = /\bhow to (?:build|run|start|use|install)\b|\breadme\b/iu
const LONGEST_ITEM = 60
const MOST_COLUMNS = 6
const ROWS = 5

/** The items of a list in one sentence: `a, b and c`. */
function itemsOf(list: string): readonly string[] {
  const items = list
    .split(/[,;]|(?<!\b(?:before|after|above|below|from|with|in|to)),? and (?=[^,;]*$)/u)
    .map((item) => item.trim())
    .filter((item) => /\p{L}/u.test(item))
  return items.length > 1 && items.every((item) => item.length <= LONGEST_ITEM) ? items : []
}

/** What is asked of the documents, whichever task it was given to. */
function askedOf({ input, own }: Bench): readonly Requirement[] {
  const all = new Map([...own, ...input.requirements].map((one) => [one.id, one]))
  return [...all.values()].filter(({ statement, modality }) => modality !== 'may' && NAMED.test(statement))
}

const whatItDoes = part('What it does', 'Tell a stranger in two sentences what it is for.', {
  asks: ['Who uses it, and for what?'],
  slots: ['For whom', 'What it does not do'],
  takes: ['content', 'abstract'],
})
const howToRun = part('How to build and run it', 'Let somebody start it from an empty folder.', {
  asks: ['Which versions does it need?', 'Which command builds, runs, tests it?'],
  slots: ['Needs', 'Build', 'Run', 'Test'],
  takes: ['setup', 'tool', 'tests', 'docs'],
})
const design = part('Design', 'Say why it is built as it is.', {
  asks: ['Which decision would a reader question?', 'Which other way did you leave, and why?'],
  slots: ['Decision', 'Instead of', 'Because'],
  weight: 2,
  takes: ['design', 'structure', 'figures', 'analysis', 'length'],
})
const unfinished = part('What is not finished', 'Name known faults before somebody finds them.', {
  asks: ['Which case of your table fails?', 'What would you do next?'],
  slots: ['Known fault', 'Next'],
  takes: ['code', 'deliverable'],
})
const people = part('People and help', 'Declare whom and what you used.', {
  asks: ['Whom did you talk to?', 'Which tools and which code of others did you use?'],
  slots: ['People', 'Tools'],
  takes: ['collaboration', 'policy', 'citations'],
})
const diagram = part('Diagram', 'Draw it so that it can be read alone.', {
  asks: [
    'What does each box and each arrow stand for?',
    'Which sizes or places have to be written beside them?',
  ],
  slots: ['Shows', 'Written beside'],
})

const BY_ITEM: readonly (readonly [RegExp, (name: string) => PartPlan])[] = [
  [/\bdesign\b|\barchitecture\b/iu, () => design],
  [/\bpeople\b|\bhelp\b|\bcollaborat/iu, () => people],
  [/\bknown (?:bugs|faults|issues)\b|\blimitations?\b|\bnot (?:finished|working)\b/iu, () => unfinished],
  [/\b(?:build|run|install|usage)\b/iu, () => howToRun],
  [
    /\btime\b|\bhours\b/iu,
    (name) =>
      part(name, 'Note it while you work, not at the end.', {
        asks: ['Which part took longer than you thought?'],
        slots: ['In all', 'Longest part, and why'],
      }),
  ],
  [
    /\bproof\b|\bargument\b|\bjustif|\bwhy\b/iu,
    (name) =>
      part(name, 'Go through it step by step.', {
        asks: ['What holds before and after each step?', 'What is left if it stops between two of them?'],
        slots: ['Step', 'Holds after it', 'If it stops here'],
      }),
  ],
]

function partOfItem(item: string): PartPlan {
  const name = item.charAt(0).toUpperCase() + item.slice(1).replaceAll(/[:()]/gu, '')
  const make = BY_ITEM.find(([sign]) => sign.test(item))?.[1]
  return make === undefined
    ? part(name, 'The instructions ask for it here.', {
        asks: ['What has to be in it, and where do the instructions say so?'],
        slots: ['In key words', 'Shown by'],
      })
    : make(name)
}

/** Parts the instructions list for a document; none where they list none. */
function listedParts(asked: readonly Requirement[]): readonly PartPlan[] {
  // What is listed behind a table are its columns.
  const plain = asked.filter(({ statement }) => !TABLE.test(statement))
  const items = plain.flatMap(({ statement }) => itemsOf(LISTED.exec(statement)?.groups?.['list'] ?? ''))
  const parts = items.map(partOfItem)
  return [...new Map(parts.map((one) => [one.name, one])).values()]
}

function partsOf(bench: Bench): readonly PartPlan[] {
  const asked = askedOf(bench)
  const listed = listedParts(asked)
  if (listed.length === 0) return [whatItDoes, howToRun, design, unfinished, people]
  const drawn = asked.some(({ statement }) => /\bdiagram\b/iu.test(statement)) ? [diagram] : []
  const run = asked.some(({ statement }) => RUNS.test(statement)) ? [howToRun] : []
  const all = [...listed, ...drawn, ...run.filter((one) => !listed.includes(one))]
  const [first, ...others] = all
  return first === undefined ? all : [{ ...first, takes: ['docs', 'length', ...first.takes] }, ...others]
}

/** A table the instructions want in a document, with the columns they name. */
function askedTable(bench: Bench): Grid | null {
  for (const { statement, quantities } of askedOf(bench)) {
    const columns = itemsOf(TABLE.exec(statement)?.groups?.['columns'] ?? '').slice(0, MOST_COLUMNS)
    const rows =
      quantities.find(({ unit }) => /^(?:measurements|rows|entries|runs)$/iu.test(unit))?.value ?? ROWS
    if (columns.length > 1)
      return {
        caption: 'The table that is asked for',
        columns,
        rows: several(Math.min(rows, ROWS * 2), () => blankRow(columns.length)),
      }
  }
  return null
}

/** Documents of a program: what the instructions ask of them, else what somebody needs who has never seen it. */
export const documents: Form = {
  id: 'documents',
  name: 'Documentation sheet',
  use: 'Note commands and facts here while you work. Try them in an empty folder before you write them up.',
  counts: 'words',
  parts: (bench) => {
    const isCounted = readLengthOfEach(bench.input.requirements, DOCS) !== null
    return partsOf(bench).map((one) => ({
      ...one,
      weight: !isCounted || one.name === people.name || one.name === diagram.name ? 0 : one.weight || 1,
    }))
  },
  grid: askedTable,
}
