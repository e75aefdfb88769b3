import { type Line, readLines } from './lines.ts'
import { isPlainHeading } from './plain-heading.ts'
import { type Span, type View, viewOf } from './view.ts'

export type BlockKind = 'heading' | 'paragraph' | 'item' | 'row' | 'footnote'

/** A unit of layout, its words as read, and where it belongs. */
export interface Block {
  readonly kind: BlockKind
  readonly view: View
  readonly start: number
  readonly end: number
  /** Heading level from 1, or the indent of an item in columns. */
  readonly depth: number
  readonly marker: string
  /** Titles of the headings above it, outermost first. */
  readonly path: readonly string[]
}

const PLAIN_HEADING_DEPTH = 7
// Longer than any paragraph a person writes; keeps the work on a block bounded.
const MAX_BLOCK_CHARS = 2_500
const LABEL = /^(?:[*_]{1,2})?\p{Lu}[\p{L} /&-]{1,28}(?:[*_]{1,2})?:(?:[*_]{1,2})?\s/u
// A part and what it holds, on a line of its own: `Method (two paragraphs)`.
const NAMED_PART = /^\p{Lu}[\p{L} &-]{1,28} \([^()]+\)\.?$/u
const SHORT_LINE = 0.7
const CUT_LINE = 0.6

interface Group {
  readonly kind: BlockKind
  readonly lines: Line[]
  readonly depth: number
}

/** Whether the author ended a line on purpose, judged by what follows and how full the line is. */
function endsBlock(last: Line, line: Line, width: number): boolean {
  if (last.broken) return true
  if (NAMED_PART.test(line.text) && (last.text.endsWith(':') || NAMED_PART.test(last.text))) return true
  if (LABEL.test(line.text) && (/[.!?]$/u.test(last.text) || last.text.length < width * SHORT_LINE))
    return true
  return (
    last.text.length < width * (/[.!?:]$/u.test(last.text) ? SHORT_LINE : CUT_LINE) &&
    /^\p{Lu}/u.test(line.text)
  )
}

function blockKind(
  line: Line,
  previous: Line | undefined,
  next: Line | undefined,
  after: Line | undefined,
): BlockKind | null {
  if (line.kind === 'heading') return 'heading'
  if (next?.kind === 'underline' && line.kind === 'text') return 'heading'
  if (isPlainHeading(line, previous, next, after)) return 'heading'
  if (line.kind === 'item' || line.kind === 'row' || line.kind === 'footnote') return line.kind
  return line.kind === 'text' ? 'paragraph' : null
}

function headingDepth(line: Line, number: string): number {
  if (line.kind === 'heading') return line.depth
  return number === ''
    ? PLAIN_HEADING_DEPTH
    : PLAIN_HEADING_DEPTH + number.split('.').filter(Boolean).length - 1
}

/** The usual length of a wrapped line: the longest paragraph line, at most what a page holds. */
function wrapWidth(lines: readonly Line[]): number {
  return Math.min(
    110,
    Math.max(0, ...lines.filter(({ kind }) => kind === 'text').map(({ text }) => text.length)),
  )
}

/** Whether the last paragraphs are single lines without a full stop: a list whose bullets were lost. */
function isListOfLines(groups: readonly Group[]): boolean {
  const [before, last] = groups.slice(-2)
  const isBare = (group: Group | undefined) =>
    group?.kind === 'paragraph' && group.lines.length === 1 && !/[.!?:;,]$/u.test(group.lines[0]?.text ?? '.')
  return isBare(before) && isBare(last)
}

const NUMBERED_TITLE = /^(?<number>\d{1,2})\.\s+\p{Lu}[^.!;:\t]{1,59}$/u
const FEWEST_SECTIONS = 3

/** Titles of numbered sections, `6. What to hand in`: a count from 1 over the whole text that is no list. */
function numberedTitles(lines: readonly Line[]): ReadonlySet<Line> {
  const numberOf = (line: Line | undefined) =>
    Number(NUMBERED_TITLE.exec(line?.text ?? '')?.groups?.['number'])
  const filled = lines.filter(({ kind }) => kind !== 'blank')
  const titles: Line[] = []
  for (const [i, line] of filled.entries()) {
    const number = numberOf(line)
    const listed = numberOf(filled[i - 1]) === number - 1 || numberOf(filled[i + 1]) === number + 1
    if (number === titles.length + 1 && !listed) titles.push(line)
  }
  return new Set(titles.length < FEWEST_SECTIONS ? [] : titles)
}

const OPENS_LIST = /(?::|\b(?:with|following|includes?))$/iu
const FULL_LINE = 0.85

/** The indent of a list without bullets that a line stands in, as in a PDF: further in than its lead; 0 when in none. */
function bareListIndent(line: Line, open: Group | null, current: number, width: number): number {
  const last = open?.lines.at(-1)
  if (line.kind !== 'text' || line.indent < 2 || open === null || last === undefined) return 0
  if (current > 0) return line.indent < current ? 0 : current
  const leads = open.kind === 'paragraph' && OPENS_LIST.test(last.text) && line.indent > last.indent
  return leads && last.text.length < width * FULL_LINE ? line.indent : 0
}

// A paragraph begins anew with a capital, a number, a quotation or a bracket.
const OPENS_PARAGRAPH = /^[\p{Lu}\p{N}"'“‘«([]/u

function groupLines(lines: readonly Line[], isLinePerParagraph: boolean): readonly Group[] {
  const groups: Group[] = []
  const width = wrapWidth(lines)
  const titles = numberedTitles(lines)
  let fenced = false
  let open: Group | null = null
  let bareList = 0
  for (const [i, line] of lines.entries()) {
    if (line.kind === 'fence') fenced = !fenced
    if (line.kind === 'cell' && open?.kind === 'row') {
      open.lines.push(line)
      continue
    }
    const last = open?.lines.at(-1)
    bareList = bareListIndent(line, open, bareList, width)
    if (bareList > 0 && line.indent === bareList && (last?.text.length ?? 0) < width * FULL_LINE) {
      open = { kind: 'item', lines: [line], depth: line.indent }
      groups.push(open)
      continue
    }
    const own = titles.has(line) ? 'heading' : blockKind(line, lines[i - 1], lines[i + 1], lines[i + 2])
    const kind = fenced || line.kind === 'fence' ? null : own
    const joins = kind === 'paragraph' && open !== null && open.kind !== 'heading' && open.kind !== 'row'
    const listed = open?.kind === 'paragraph' && isListOfLines(groups) && /^\p{Lu}/u.test(line.text)
    const ends =
      last !== undefined &&
      (endsBlock(last, line, width) || (isLinePerParagraph && OPENS_PARAGRAPH.test(line.text)))
    if (joins && open !== null && last !== undefined && !listed && !ends) {
      open.lines.push(line)
      continue
    }
    open = null
    if (kind === null || (kind === 'row' && /^[|\s:-]+$/u.test(line.text))) continue
    const number = /^\d+(?:\.\d+)*/u.exec(line.text)?.[0] ?? ''
    open = { kind, lines: [line], depth: kind === 'heading' ? headingDepth(line, number) : line.depth }
    groups.push(open)
  }
  return groups
}

/** Cuts a span that is too long to be one paragraph, at white space where there is any. */
function cutLong(raw: string, { start, end }: Span): readonly Span[] {
  const pieces: Span[] = []
  let from = start
  while (end - from > MAX_BLOCK_CHARS) {
    const space = raw.lastIndexOf(' ', from + MAX_BLOCK_CHARS)
    const to = space > from ? space : from + MAX_BLOCK_CHARS
    pieces.push({ start: from, end: to })
    from = to
  }
  return [...pieces, { start: from, end }]
}

/**
 * Splits Markdown or plain text into blocks with offsets, in reading order; fenced code is left out. Lines are taken for
 * wrapped ones unless each is said to be a paragraph.
 */
export function parseBlocks(raw: string, isLinePerParagraph = false): readonly Block[] {
  const above: { depth: number; title: string }[] = []
  const blocks: Block[] = []
  for (const { kind, lines, depth } of groupLines(readLines(raw), isLinePerParagraph)) {
    const [first] = lines
    const whole = {
      start: kind === 'heading' && first?.kind === 'item' ? first.start : (first?.body ?? 0),
      end: lines.at(-1)?.end ?? 0,
    }
    if (kind === 'heading') while ((above.at(-1)?.depth ?? 0) >= depth) above.pop()
    const path = above.map(({ title }) => title)
    for (const span of cutLong(raw, whole)) {
      const view = viewOf(raw, span, kind === 'row')
      if (view.text === '') continue
      blocks.push({ kind, view, ...span, depth, marker: first?.marker ?? '', path })
      if (kind === 'heading') above.push({ depth, title: view.text.replace(/:$/u, '') })
    }
  }
  return blocks
}
