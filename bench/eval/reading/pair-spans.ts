import type { PlacedSpan } from '../../../activities/llm/briefs/locate-marks.ts'
import type { SourceDocument } from '../../../activities/llm/port.ts'

const MIN_IOU = 0.5

/** A marked span and the found one it was matched with, by index. */
export interface SpanPair {
  readonly marked: number
  readonly found: number
}

export type Words = ReadonlySet<string>

/** The words of a span, each by its place. */
export function wordsOf(texts: readonly SourceDocument[], { document_id, start, end }: PlacedSpan): Words {
  const text = texts.find((one) => one.document_id === document_id)?.text ?? ''
  const words = text.slice(start, end).matchAll(/[\p{L}\p{N}]+/gu)
  return new Set([...words].map(({ index }) => `${document_id}@${start + index}`))
}

/** How many words two spans share. */
export function shared(a: Words, b: Words): number {
  return [...a].filter((word) => b.has(word)).length
}

/** Pairs marked with found spans one to one, best overlap first, from an overlap (IoU of words) of one half. */
export function pairSpans(marked: readonly Words[], found: readonly Words[]): readonly SpanPair[] {
  const candidates = marked.flatMap((a, i) =>
    found.map((b, j) => {
      const both = shared(a, b)
      return { marked: i, found: j, overlap: both === 0 ? 0 : both / (a.size + b.size - both) }
    }),
  )
  const pairs: SpanPair[] = []
  for (const { overlap, ...pair } of candidates.sort((a, b) => b.overlap - a.overlap)) {
    if (overlap < MIN_IOU) break
    if (!pairs.some((taken) => taken.marked === pair.marked || taken.found === pair.found)) pairs.push(pair)
  }
  return pairs
}
