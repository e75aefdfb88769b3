import type { Passage } from './passage.ts'

const TITLE = /^\s*(?:\d{1,2}\.?\s+)?appendi(?:x|ces)\b/iu
// In the text of a PDF a title is a line like any other; one that ends in a number stands in a table of contents.
const TITLE_LINE = /^[ \t#*_]*(?:\d{1,2}\.?[ \t]+)?appendi(?:x|ces)\b[^\n.!?]{0,50}$(?<!\d)/gimu

/** Where the first appendix begins: at its heading, or at a line that can be one; null where there is none. */
export function findAppendix(raw: string, headings: readonly Passage[]): number | null {
  const heading = headings.find(({ text }) => TITLE.test(text))
  if (heading !== undefined) return heading.start
  const [line] = raw.matchAll(TITLE_LINE)
  return line?.index ?? null
}
