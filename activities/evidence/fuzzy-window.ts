export interface Window {
  readonly start: number
  readonly end: number
}

interface Token extends Window {
  readonly word: string
}

/** The best alignment that ends at a cell: its score, where it began and how many words matched. */
interface Path {
  readonly score: number
  readonly first: number
  readonly matches: number
  readonly last: number
}

const MIN_COVERAGE = 0.75
const MIN_DENSITY = 1 / 3
const MIN_WORDS = 4
const SKIP_COST = 0.25
const NO_PATH: Path = { score: 0, first: -1, matches: 0, last: -1 }
const WORD = /[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu

function readTokens(text: string): readonly Token[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word: word.normalize('NFKC').toLowerCase(),
    start: index,
    end: index + word.length,
  }))
}

function better(a: Path, b: Path): Path {
  return b.score > a.score ? b : a
}

function extend(before: Path, at: number): Path {
  const first = before.first < 0 ? at : before.first
  return { score: before.score + 1, first, matches: before.matches + 1, last: at }
}

function skip(path: Path): Path {
  return path.score <= SKIP_COST ? NO_PATH : { ...path, score: path.score - SKIP_COST }
}

/** Local alignment of the quote's words with the text's, in text order: words may be missing on either side. */
function alignWords(quote: readonly Token[], text: readonly Token[]): Path {
  let row: Path[] = Array.from({ length: quote.length + 1 }, () => NO_PATH)
  let best = NO_PATH
  for (const [at, token] of text.entries()) {
    const next: Path[] = [NO_PATH]
    for (const [i, wanted] of quote.entries()) {
      const skipped = better(skip(row[i + 1] ?? NO_PATH), skip(next[i] ?? NO_PATH))
      const path = wanted.word === token.word ? better(extend(row[i] ?? NO_PATH, at), skipped) : skipped
      next.push(path)
      best = better(best, path)
    }
    row = next
  }
  return best
}

/**
 * The passage that holds at least three quarters of the quote's words in order, at least a third of it being them;
 * null when there is none. A number of the quote must stand in the passage: a changed figure is never a match.
 */
export function findFuzzyWindow(text: string, quote: string): Window | null {
  const wanted = readTokens(quote)
  const tokens = readTokens(text)
  if (wanted.length < MIN_WORDS) return null
  const { matches, first, last } = alignWords(wanted, tokens)
  if (matches / wanted.length < MIN_COVERAGE || matches / (last - first + 1) < MIN_DENSITY) return null
  const found = tokens.slice(first, last + 1)
  const words = new Set(found.map((token) => token.word))
  if (wanted.some(({ word }) => /\p{N}/u.test(word) && !words.has(word))) return null
  return { start: found[0]?.start ?? 0, end: found.at(-1)?.end ?? 0 }
}
