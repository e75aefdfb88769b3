import type { Block } from '../../llm/offline/text/parse-blocks.ts'

/** The numbered items a text ends with, as a Word file's notes are read: `1. …`, `2. …`. */
function trailingItems(blocks: readonly Block[]): readonly Block[] {
  const last = blocks.findLastIndex(({ kind, marker }) => kind !== 'item' || !/^\d{1,3}[.)]$/u.test(marker))
  const items = blocks.slice(last + 1)
  const isCount = items.every(({ marker }, index) => Number.parseInt(marker, 10) === index + 1)
  return isCount ? items : []
}

/**
 * The notes of a work: footnotes by their own marks, or the numbered list at its end when the text bears its numbers
 * as `[1]` and the list stands apart from a list of references.
 */
export function findNotes(raw: string, blocks: readonly Block[], listFrom: number | null): readonly Block[] {
  const marked = blocks.filter(({ kind }) => kind === 'footnote')
  const items = trailingItems(blocks)
  const [first] = items
  if (first === undefined || !/[\p{L}.,;:!?)”"’]\[1\]/u.test(raw.slice(0, first.start))) return marked
  const isListItself =
    listFrom !== null &&
    !blocks.some(({ start, kind }) => start >= listFrom && start < first.start && kind !== 'heading')
  return isListItself ? marked : [...marked, ...items]
}
