/** A run of text as pdf.js reports it, with its place on the upright page in points; y grows downwards. */
export interface TextRun {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly endsLine: boolean
}

interface Line {
  readonly text: string
  readonly x: number
  readonly right: number
  readonly y: number
  readonly height: number
}

// The distances pdf-parse breaks its own lines and cells at.
const LINE_SHIFT = 4.6
const CELL_GAP = 7

const MARKER = /^(?:[•◦▪▫‣⁃●○■□–*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])$/i
const MARKER_REACH = 60
const MAX_LINES_TO_MATCH = 5000

/** Sets the runs of a page as lines in the order they were drawn, cells of a row apart by a tab. */
export function layOutPage(runs: readonly TextRun[]): string {
  return placeMarkers(breakLines(runs))
    .map(({ text }) => text)
    .join('\n')
}

function breakLines(runs: readonly TextRun[]): Line[] {
  const lines: Line[] = []
  let open: TextRun[] = []
  let tallest = 0
  const close = () => {
    const line = joinRuns(open)
    if (line !== null) lines.push(line)
    open = []
    tallest = 0
  }
  for (const run of runs) {
    const last = open.at(-1)
    const drop = last === undefined ? 0 : Math.abs(last.y - run.y)
    if (run.text.trim() !== '' && drop > LINE_SHIFT && drop - 1 > tallest) close()
    open.push(run)
    tallest = Math.max(tallest, run.height)
    if (run.endsLine) close()
  }
  close()
  return lines
}

function joinRuns(runs: readonly TextRun[]): Line | null {
  const pieces: string[] = []
  let previous: TextRun | undefined
  for (const run of runs) {
    if (previous !== undefined && Math.abs(previous.y - run.y) < LINE_SHIFT) {
      if (Math.abs(previous.x + previous.width - run.x) > CELL_GAP) pieces.push('\t')
    }
    pieces.push(run.text)
    previous = run
  }
  const text = pieces
    .join('')
    .replace(/ ?\t[\t ]*/g, '\t')
    .trim()
  const shown = runs.filter((run) => run.text.trim() !== '')
  const first = shown.at(0)
  const last = shown.at(-1)
  if (first === undefined || last === undefined) return null
  return { text, x: first.x, right: last.x + last.width, y: first.y, height: first.height }
}

/** Puts list markers before their items: browsers draw all the markers of a page after its text. */
function placeMarkers(lines: readonly Line[]): Line[] {
  if (lines.length > MAX_LINES_TO_MATCH) return [...lines]
  const placed = [...lines]
  const taken = new Set<number>()
  for (const [index, marker] of lines.entries()) {
    if (!MARKER.test(marker.text)) continue
    const target = findItem(marker, lines)
    const item = placed[target]
    if (item === undefined) continue
    placed[target] = { ...item, text: `${marker.text} ${item.text}` }
    taken.add(index)
  }
  return placed.filter((_, index) => !taken.has(index))
}

function findItem(marker: Line, lines: readonly Line[]): number {
  let best = -1
  let reach = MARKER_REACH
  for (const [index, line] of lines.entries()) {
    const gap = line.x - marker.right
    const level = Math.abs(line.y - marker.y) <= Math.max(line.height, marker.height) / 2
    if (level && gap > -1 && gap < reach && !MARKER.test(line.text)) {
      best = index
      reach = gap
    }
  }
  return best
}
