import type { Span } from './view.ts'

export type LineKind =
  | 'blank'
  | 'heading'
  | 'underline'
  | 'rule'
  | 'fence'
  | 'row'
  | 'cell'
  | 'item'
  | 'footnote'
  | 'text'

export interface Line extends Span {
  readonly kind: LineKind
  /** Where the line's own words begin: after the mark, the bullet or the quote sign. */
  readonly body: number
  /** Heading level, or the indent of an item in columns. */
  readonly depth: number
  /** The bullet or number of an item as written. */
  readonly marker: string
  /** Columns of white space before the first sign. */
  readonly indent: number
  /** Whether the author broke the line on purpose (two spaces or a backslash at its end). */
  readonly broken: boolean
  readonly text: string
}

const FORMS: readonly (readonly [LineKind, RegExp])[] = [
  ['blank', /^\s*$/u],
  ['fence', /^\s*(?:```|~~~)/u],
  ['heading', /^ {0,3}(?<marker>#{1,6})\s+(?=\S)/u],
  ['rule', /^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/u],
  ['underline', /^ {0,3}=+\s*$/u],
  ['footnote', /^\s*(?:\[\^[^\]]+\]:|[¹²³†‡])\s*(?=\S)/u],
  ['row', /^\s*\|(?=.*\|)/u],
  // Page numbers and bylines (`Dr. Marsh · Room 3 · 80 points`) belong to no paragraph.
  ['rule', /^\s*\d{1,3}\s?\/\s?\d{1,3}\s*$|^(?![^\n]*\p{L}:)(?=[^\n]*\S · \S[^\n]*\S · \S)/u],
  // A demand with a name of its own, as in `R7 On start …`, keeps the name in its words.
  ['item', /^(?=(?<marker>\p{Lu}{1,3}\d{1,3})[.:)]?[\t ]+\p{Lu}[^\t]*$)/u],
  ['row', /^(?=\s*\S[^\n]*?\t\s*\S)/u],
  [
    'item',
    /^(?<indent>\s*)(?<marker>(?:[-*+•◦▪●○–·]|☐|□|\\?[-*+])(?:\s+\[[ xX]?\])?|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\\?[.)])\s+(?=\S)/u,
  ],
  ['text', /^\s*/u],
]

function readLine(raw: string, start: number, end: number): Line {
  const quoted = /^(?:\s*>)+\s?/u.exec(raw.slice(start, end))?.[0].length ?? 0
  const text = raw.slice(start + quoted, end)
  const indent = (/^\s*/u.exec(text)?.[0] ?? '').replaceAll('\t', '    ').length
  for (const [kind, form] of FORMS) {
    const match = form.exec(text)
    if (match === null) continue
    const marker = match.groups?.['marker'] ?? ''
    return {
      kind,
      start,
      end,
      body: Math.min(end, start + quoted + match[0].length),
      depth:
        kind === 'heading' ? marker.length : (match.groups?.['indent'] ?? '').replaceAll('\t', '    ').length,
      marker,
      indent,
      broken: text.endsWith('  ') || text.endsWith('\\'),
      text: text.trim(),
    }
  }
  return { kind: 'text', start, end, body: start, depth: 0, marker: '', indent: 0, broken: false, text }
}

// A cell that runs over is short, and a row with tabs follows within a few lines.
const CELL_CHARS = 60
const CELL_LINES = 8

/** Marks the lines between two rows of a table from a PDF: cells that run over. */
function markCells(lines: readonly Line[]): readonly Line[] {
  const isRow = (line: Line | undefined) => line?.kind === 'row' && line.text.includes('\t')
  const marked = [...lines]
  for (const [i, line] of lines.entries()) {
    if (!isRow(line)) continue
    const after = lines.slice(i + 1, i + 1 + CELL_LINES + 1)
    const next = after.findIndex(isRow)
    const between = next < 0 ? [] : after.slice(0, next)
    if (!between.every(({ kind, text }) => kind === 'text' && text.length < CELL_CHARS)) continue
    for (const [k, cell] of between.entries()) marked[i + 1 + k] = { ...cell, kind: 'cell' }
  }
  return marked
}

const COLUMNS = /\S {3,}\S/u

/** Marks lines that stand in columns of spaces, as tables do in the text of a PDF: two at least, one below the other. */
function markColumns(lines: readonly Line[]): readonly Line[] {
  const inColumns = (line: Line | undefined) => line?.kind === 'text' && COLUMNS.test(line.text)
  return lines.map((line, i) =>
    inColumns(line) && (inColumns(lines[i - 1]) || inColumns(lines[i + 1])) ? { ...line, kind: 'row' } : line,
  )
}

/** Every line of a text with what its first signs say it is. */
export function readLines(raw: string): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start <= raw.length;) {
    const stop = raw.indexOf('\n', start)
    const end = stop < 0 ? raw.length : stop
    lines.push(readLine(raw, start, end))
    start = end + 1
  }
  return markCells(markColumns(lines))
}
