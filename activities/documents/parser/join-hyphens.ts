const HEAD = /^\p{Ll}{2,30}/u
const TAIL = /(?<![\p{L}-])(\p{L}{2,30})[-\u2010]$/u
// "-Wall -Wextra -" at the end of a line: the word of the last option stands on the next.
const SPLIT_OPTION = /((?:^|\s)--?\w[^\s]* -{1,2})\n(?=\w)/gu
const LONGEST_WORD = 31
const MANY_BREAKS = 3
const BROKEN_LINE_SHARE = 0.02

interface Break {
  readonly tail: string
  readonly head: string
}

interface Vocabulary {
  readonly words: ReadonlySet<string>
  readonly compounds: ReadonlySet<string>
  /** Whether whoever set the document breaks words at all; TeX does, browsers and Word seldom do. */
  readonly hyphenates: boolean
}

/** Puts words and options that were cut at the hyphen of a line end back together; line breaks elsewhere stay. */
export function joinHyphens(given: readonly string[]): string[] {
  const pages = given.map((page) => page.replaceAll(SPLIT_OPTION, '$1'))
  const lines = pages.map((page) => page.split('\n'))
  const breaks = lines.flatMap((page) => page.flatMap((line, row) => findBreak(page[row - 1], line) ?? []))
  if (breaks.length === 0) return [...pages]
  const vocabulary = readVocabulary(pages, breaks, lines.flat().length)
  return lines.map((page) => joinPage(page, vocabulary))
}

function findBreak(previous: string | undefined, line: string): Break | null {
  const tail = previous === undefined ? undefined : TAIL.exec(previous.slice(-LONGEST_WORD - 2))?.[1]
  const head = HEAD.exec(line)?.[0]
  return tail === undefined || head === undefined ? null : { tail: tail.toLowerCase(), head }
}

function joinPage(page: readonly string[], vocabulary: Vocabulary): string {
  const lines: string[] = []
  for (const line of page) {
    const previous = lines.at(-1)
    const found = findBreak(previous, line)
    if (previous === undefined || found === null) {
      lines.push(line)
      continue
    }
    // The rest of the word moves up, with what clings to it (a comma, a full stop).
    const gap = line.search(/\s/)
    const stem = keepsHyphen(found, vocabulary) ? `${previous.slice(0, -1)}-` : previous.slice(0, -1)
    lines[lines.length - 1] = stem + (gap === -1 ? line : line.slice(0, gap))
    if (gap !== -1) lines.push(line.slice(gap).trimStart())
  }
  return lines.join('\n')
}

/** The document itself tells whether the hyphen belongs to the word: "peer-review" or "require-ments". */
function keepsHyphen({ tail, head }: Break, { words, compounds, hyphenates }: Vocabulary): boolean {
  if (words.has(tail + head)) return false
  if (compounds.has(`${tail}-${head}`) || !hyphenates) return true
  return tail.length > 2 && head.length > 2 && words.has(tail) && words.has(head)
}

function readVocabulary(pages: readonly string[], breaks: readonly Break[], lines: number): Vocabulary {
  const words = new Set<string>()
  const compounds = new Set<string>()
  for (const page of pages) {
    const whole = page.toLowerCase().replace(/\p{L}{1,30}[-\u2010]\n\p{Ll}{1,30}/gu, '\n')
    for (const [word] of whole.matchAll(/\p{L}+/gu)) words.add(word)
    for (const [word] of whole.matchAll(/\p{L}{2,30}-\p{L}{2,30}/gu)) compounds.add(word)
  }
  const confirmed = breaks.some(({ tail, head }) => words.has(tail + head))
  const many = breaks.length >= MANY_BREAKS && breaks.length > lines * BROKEN_LINE_SHARE
  return { words, compounds, hyphenates: confirmed || many }
}
