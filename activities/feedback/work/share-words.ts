import { createWordCounter } from './count-words.ts'

/** The parts of a work that a rule on length may leave out, and what is left. */
export const SHARES = [
  'body',
  'front',
  'abstract',
  'contents',
  'appendix',
  'quotes',
  'tables',
  'captions',
  'references',
  'notes',
  'code',
] as const

export type Share = (typeof SHARES)[number]

export type Shares = Readonly<Record<Share, number>>

interface Stretch {
  readonly start: number
  readonly end: number
}

/** The text with its HTML comments blanked out: words nobody can see are no words of the work. */
export function hideComments(raw: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = raw.indexOf('<!--'); at !== -1; at = raw.indexOf('<!--', from)) {
    const end = raw.indexOf('-->', at + 4)
    if (end === -1) break
    parts.push(raw.slice(from, at), raw.slice(at, end + 3).replaceAll(/[^\n]/gu, ' '))
    from = end + 3
  }
  return parts.join('') + raw.slice(from)
}

function lineStarts(raw: string): readonly number[] {
  const starts = [0]
  for (let at = raw.indexOf('\n'); at !== -1; at = raw.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The line an offset stands on, by halving. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function codeLines(lines: readonly string[]): readonly boolean[] {
  let fenced = false
  return lines.map((line) => {
    const isFence = /^\s*(?:```|~~~)/u.test(line)
    if (isFence) fenced = !fenced
    return fenced || isFence
  })
}

/** How many words stand in each part of a text; a line belongs to one part, to the later one of SHARES where two claim it. */
export function shareWords(raw: string, parts: ReadonlyMap<Share, readonly Stretch[]>): Shares {
  const starts = lineStarts(raw)
  const lines = raw.split('\n')
  const count = createWordCounter(raw)
  const owners: Share[] = lines.map((line) => (/^\s{0,3}>/u.test(line) ? 'quotes' : 'body'))
  for (const share of SHARES)
    for (const { start, end } of parts.get(share) ?? [])
      for (let at = lineAt(starts, start); at <= lineAt(starts, Math.max(start, end - 1)); at += 1)
        owners[at] = share
  const isCode = codeLines(lines)
  const shares: Record<Share, number> = {
    body: 0,
    front: 0,
    abstract: 0,
    contents: 0,
    appendix: 0,
    quotes: 0,
    tables: 0,
    captions: 0,
    references: 0,
    notes: 0,
    code: 0,
  }
  for (const [at, line] of lines.entries())
    shares[isCode[at] === true ? 'code' : (owners[at] ?? 'body')] += count(line)
  return shares
}
