import { parseBlocks } from '../offline/text/parse-blocks.ts'
import type { Span } from '../offline/text/view.ts'

/** Places a text may be cut at, best first: before headings, before paragraphs, at line breaks, at spaces. */
function* cutsOf(text: string): Generator<readonly number[]> {
  const blocks = parseBlocks(text)
  // A block begins after its mark, "# " or "- ", which stays with it.
  const lineOf = ({ start }: Span): number => text.lastIndexOf('\n', start - 1) + 1
  yield blocks.filter(({ kind }) => kind === 'heading').map(lineOf)
  yield blocks.map(lineOf)
  yield [...text.matchAll(/\n/gu)].map(({ index }) => index + 1)
  yield [...text.matchAll(/\s/gu)].map(({ index }) => index + 1)
}

/** The last place that leaves a piece of at most `most`; undefined where there is none. */
function lastWithin(cuts: readonly number[], from: number, most: number): number | undefined {
  return cuts.findLast((cut) => cut > from && cut <= from + most)
}

function nextCut(levels: readonly (readonly number[])[], text: string, from: number, most: number): number {
  for (const cuts of levels) {
    const cut = lastWithin(cuts, from, most)
    if (cut !== undefined) return cut
  }
  // Not between the halves of a character.
  const hard = from + most
  return /[\uD800-\uDBFF]/u.test(text.charAt(hard - 1)) && most > 1 ? hard - 1 : hard
}

/**
 * Cuts a text into pieces of at most `most` characters that follow each other without gap or overlap: before a heading
 * where it can be, so that what belongs together stays together, else before a paragraph, a line or a word.
 */
export function splitText(text: string, most: number): readonly Span[] {
  if (text.length <= most) return [{ start: 0, end: text.length }]
  const levels = [...cutsOf(text)]
  const pieces: Span[] = []
  let from = 0
  while (text.length - from > most) {
    const to = nextCut(levels, text, from, most)
    pieces.push({ start: from, end: to })
    from = to
  }
  return [...pieces, { start: from, end: text.length }]
}
