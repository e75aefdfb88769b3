import type { Requirement } from '../../../../contract/requirements.ts'
import { readSentences } from '../text/language.ts'
import type { Block } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'
import { classifyKind, type Trade } from './classify-kind.ts'
import type { Finding } from './finding.ts'
import { DATE_WORDS } from './read-dates.ts'
import { readQuantities } from './read-quantities.ts'
import { restate } from './restate.ts'
import { sectionRole } from './section-role.ts'
import { weighClause } from './weigh-clause.ts'

type Column = 'when' | 'points' | 'count' | 'level' | 'text'

interface Cell extends Span {
  readonly text: string
  readonly column: Column
}

const COLUMNS: readonly (readonly [Column, RegExp])[] = [
  ['points', /\b(?:points?|pts|weight(?:ing)?|marks?|score|worth|value|percent(?:age)?)\b|%/iu],
  ['when', /\b(?:when|due|dates?|deadlines?|ends?|by|week|day)\b/iu],
  [
    'count',
    /\b(?:how (?:many|long|much)|number|length|size|amount|quantity|minimum|maximum|words|pages|limit|required)\b/iu,
  ],
  ['level', /\b(?:excellent|good|fair|poor|satisfactory|outstanding|proficient|criteri(?:a|on))\b/iu],
]
const POINTS = /^\d{1,3}(?:\.\d+)?\s?(?:%|points?|pts|marks)?$/iu
const TOTAL = /^(?:total|sum|overall)\b/iu
const OPTIONAL = /\b(?:optional|bonus|extra credit|if you (?:like|wish))\b/iu
const FINAL_STEP =
  /^(?:the )?(?:final|full)?\s?(?:essay|paper|report|project|submission|version|presentation|assignment|draft)?$/iu
const SHORT_STEP = 3
const FEWEST_WORDS = 3
const MEETING =
  /\b(?:quiz|meet(?:ing)?|workshop|review|visit|exam|demo|form|evaluation|rehearsal|lab|class|sign up|conference|TA|tutor)\b/iu
const MADE =
  /\b(?:proposal|outline|paper|report|draft|bibliography|prototype|wireframes?|notes|plan|version|summary|data|codebook|slides|deck|poster|script|statement|question|essay|portfolio|video|storyboard)\b/iu

/** The cells of a row that hold something, each with its place in the row. */
function cellsOf({ view }: Block): readonly (Span & { readonly text: string; readonly place: number })[] {
  let from = 0
  return view.text.split('|').flatMap((raw, place) => {
    const start = from + (/^\s*/u.exec(raw)?.[0].length ?? 0)
    from += raw.length + 1
    const text = raw.trim()
    return text === '' ? [] : [{ text, place, start, end: start + text.length }]
  })
}

function columnOfHead(text: string): Column {
  return COLUMNS.find(([, form]) => form.test(text))?.[0] ?? 'text'
}

/** Without a head a cell itself tells what it holds. */
function columnOfCell(text: string, isGrading: boolean): Column {
  if (DATE_WORDS.test(text) && text.length < 40) return 'when'
  return POINTS.test(text) && (isGrading || /[^\d.]/u.test(text)) ? 'points' : 'text'
}

/** Whether a row names what the rows below it hold. */
export function isTableHead(row: Block): boolean {
  return cellsOf(row).every(({ text }) => /^\p{Lu}[^\d/]*$/u.test(text) && text.split(' ').length <= 4)
}

function rowFinding(
  document_id: string,
  { view }: Block,
  span: Span,
  rest: Pick<Finding, 'kind' | 'statement' | 'quantities'> & Partial<Pick<Finding, 'modality' | 'weight'>>,
): Finding {
  const base = { modality: 'must', weight: 'plain', group: null, criterion_id: null } as const
  return { ...base, document_id, spans: [rawSpan(view, span)], ...rest }
}

function pointsOf(cell: Cell | undefined): Finding['quantities'] {
  const number = /\d+(?:\.\d+)?/u.exec(cell?.text ?? '')?.[0]
  if (cell === undefined || number === undefined) return []
  const unit = cell.text.includes('%') ? '%' : 'points'
  return [{ text: number, value: Number(number), upper: null, unit, bound: 'exact' }]
}

const worthOf = ([quantity]: Finding['quantities']): string => {
  if (quantity === undefined) return ''
  if (quantity.unit === '%') return `${quantity.text}%`
  return `${quantity.text} ${quantity.value === 1 ? 'point' : 'points'}`
}

/** What a part of the work counts for, `Tests | Section 5 | 30`; none for a total. */
function readGradeRow(
  document_id: string,
  block: Block,
  cells: readonly Cell[],
  whole: Span,
): readonly Finding[] {
  const [part] = cells
  const points = cells.slice(1).findLast(({ text }) => POINTS.test(text))
  if (part === undefined || points === undefined || TOTAL.test(part.text)) return []
  const about = cells.filter((cell) => cell !== part && cell !== points).map(({ text }) => text)
  const named = about.length === 0 ? part.text : `${part.text} (${about.join('; ')})`
  const quantities = pointsOf(points)
  return [
    rowFinding(document_id, block, whole, {
      kind: 'grading',
      statement: `${named}: ${worthOf(quantities)}`,
      quantities,
    }),
  ]
}

function kindOfStep(text: string): Requirement['kind'] {
  return MADE.test(text) && !MEETING.test(text) ? 'deliverable' : 'process'
}

/** A step of the work with its date: what is to be done by when, and what it counts for. */
function readStepRow(
  document_id: string,
  block: Block,
  cells: readonly Cell[],
  whole: Span,
): readonly Finding[] {
  const points = cells.find(({ column }) => column === 'points')
  const when = cells.find(({ column }) => column === 'when')
  const what = cells.filter((cell) => cell !== points && cell !== when)
  const [name] = what
  const worth = pointsOf(points)
  if (name === undefined) return []
  const described = what.slice(1).map(({ text }) => text)
  // "Final essay | Canvas | 6 December" says the due date again.
  const isFinal =
    FINAL_STEP.test(name.text) && described.every((text) => text.split(' ').length < FEWEST_WORDS)
  if (isFinal) return worth.length === 0 ? [] : readGradeRow(document_id, block, cells, whole)
  const long = readSentences(name.text).flatMap(({ tokens }) => tokens).length > SHORT_STEP
  if (long && described.length === 0 && points === undefined) {
    const quantities = readQuantities(name.text)
    const statement = restate(name.text, null, false)
    const weight = weighClause(name.text)
    return [rowFinding(document_id, block, name, { kind: 'process', statement, quantities, weight })]
  }
  const task = described.length === 0 ? name.text : `${name.text}: ${described.join(', ')}`
  const statement = `${task}${when === undefined ? '' : `, ${when.text}`}${worth.length === 0 ? '' : ` (${worthOf(worth)})`}`
  const said = what.map(({ text }) => text).join(', ')
  const quantities = [...readQuantities(said), ...worth]
  return [rowFinding(document_id, block, whole, { kind: kindOfStep(said), statement, quantities })]
}

const MEASURED = new Set(['words', 'pages', 'minutes', 'slides', 'characters'])

/** A row that says how much of a thing there has to be, `Peer-reviewed articles | at least 5`. */
function readCountRow(
  document_id: string,
  block: Block,
  cells: readonly Cell[],
  whole: Span,
): readonly Finding[] {
  const [part, ...rest] = cells
  if (part === undefined || rest.length === 0) return []
  const said = rest.map(({ text }) => text).join(', ')
  const own = readQuantities(said)
  const isMeasure = rest.length === 1 && own.some(({ unit }) => MEASURED.has(unit))
  const isCounted = rest.some(
    ({ column, text }) => column === 'count' && (/\d/u.test(text) || OPTIONAL.test(text)),
  )
  if (!isMeasure && !isCounted) return []
  // The count has no noun of its own: what it counts stands in the first cell.
  const noun = /\p{L}+s(?=\W*$)/u.exec(part.text)?.[0] ?? 'items'
  const quantities = own.length > 0 ? own : readQuantities(`${said} ${noun.toLowerCase()}`)
  const statement = `${part.text}: ${said}`
  const kind = isMeasure ? 'length' : classifyKind(`${part.text} ${said}`, quantities, block.path.slice(-1))
  const modality = OPTIONAL.test(said) ? 'may' : 'must'
  return [rowFinding(document_id, block, whole, { kind, statement, quantities, modality })]
}

// What a program is given, and what it does then; the second row of words names other things outside a specification.
const GIVEN =
  /^(?:(?:sub)?commands?|end ?points?|routes?|requests?|functions?|flags?|command-line (?:options?|arguments?))$/iu
const GIVEN_A_PROGRAM =
  /^(?:inputs?|calls?|methods?|options?|arguments?|operations?|op ?codes?|instructions?|quer(?:y|ies)|events?|keys?|messages?|errors?|signals?|exit codes?|status(?: codes?)?|situations?|cases?)$/iu
const DONE =
  /^(?:answers?|(?:expected |standard )?outputs?|responses?|results?|returns?(?: value)?|repl(?:y|ies)|meanings?|effects?|behaviou?rs?|descriptions?|actions?|does|what it does|prints?)$/iu

/** Whether a table lists what a program is given and what it does then, `Command | Answer | Meaning`. */
function tellsBehaviour(head: Block, trade: Trade): boolean {
  const [given, ...others] = cellsOf(head).map(({ text }) => text)
  if (given === undefined || !others.some((text) => DONE.test(text))) return false
  return GIVEN.test(given) || (trade === 'program' && GIVEN_A_PROGRAM.test(given))
}

/** What a program does when it is given what the first cell holds, each other cell under the name of its column. */
function readBehaviourRow(document_id: string, head: Block, block: Block, whole: Span): readonly Finding[] {
  const names = new Map(cellsOf(head).map(({ text, place }) => [place, text]))
  const [given, ...others] = cellsOf(block)
  if (given === undefined || others.length === 0) return []
  const told = others.map(({ text, place }) => {
    const name = names.get(place)
    return name === undefined ? text : `${name.toLowerCase()} ${text}`
  })
  const statement = `${given.text}: ${told.join('; ')}`
  const quantities = readQuantities(others.map(({ text }) => text).join('; '))
  return [rowFinding(document_id, block, whole, { kind: 'content', statement, quantities })]
}

/** Whether the head of a table names a column of dates or of points, which say what its rows are. */
export function isTold(rows: readonly Block[]): boolean {
  const [top] = rows
  if (top === undefined || rows.length < 2 || !isTableHead(top)) return false
  return cellsOf(top).some(({ text }) => /^(?:points|when)$/u.test(columnOfHead(text)))
}

/** Everything the rows of a table ask for, by what its columns hold: steps and dates, points, behaviour, counts. */
export function readTable(document_id: string, rows: readonly Block[], trade: Trade): readonly Finding[] {
  const [top] = rows
  if (top === undefined) return []
  const role = sectionRole(top.path)
  const head =
    rows.length > 1 && isTableHead(top)
      ? new Map(cellsOf(top).map(({ text, place }) => [place, columnOfHead(text)]))
      : null
  const table = rows.slice(head === null ? 0 : 1).map((block) => {
    const cells = cellsOf(block).map((cell): Cell => {
      const column =
        head === null ? columnOfCell(cell.text, role === 'grading') : (head.get(cell.place) ?? 'text')
      return { ...cell, column }
    })
    return { block, cells, whole: { start: 0, end: block.view.text.replace(/[|\s]+$/u, '').length } }
  })
  const has = (column: Column) =>
    head === null
      ? table.some(({ cells }) => cells.some((cell) => cell.column === column))
      : [...head.values()].includes(column)
  const behaves = head !== null && tellsBehaviour(top, trade)
  return table.flatMap(({ block, cells, whole }) => {
    if (has('when')) return readStepRow(document_id, block, cells, whole)
    if (has('points') || has('level')) return readGradeRow(document_id, block, cells, whole)
    if (role !== 'demands' && role !== 'unknown') return []
    return behaves
      ? readBehaviourRow(document_id, top, block, whole)
      : readCountRow(document_id, block, cells, whole)
  })
}
