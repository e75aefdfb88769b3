import type { Span } from '../text/view.ts'

const MIN_IOU = 0.5

/** A marked span and the predicted one it was matched with, by index. */
export interface SpanPair {
  readonly gold: number
  readonly predicted: number
}

function tokensIn(text: string, { start, end }: Span): ReadonlySet<number> {
  return new Set([...text.slice(start, end).matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => start + index))
}

function iou(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const both = [...a].filter((token) => b.has(token)).length
  return both === 0 ? 0 : both / (a.size + b.size - both)
}

/** Pairs marked with predicted spans one to one, best overlap first, from a token overlap (IoU) of one half. */
export function pairSpans(
  text: string,
  gold: readonly Span[],
  predicted: readonly Span[],
): readonly SpanPair[] {
  const marked = gold.map((span) => tokensIn(text, span))
  const found = predicted.map((span) => tokensIn(text, span))
  const candidates = marked.flatMap((a, i) =>
    found.map((b, j) => ({ gold: i, predicted: j, overlap: iou(a, b) })),
  )
  const pairs: SpanPair[] = []
  for (const candidate of candidates
    .filter(({ overlap }) => overlap >= MIN_IOU)
    .sort((a, b) => b.overlap - a.overlap)) {
    const isTaken = pairs.some(
      ({ gold, predicted }) => gold === candidate.gold || predicted === candidate.predicted,
    )
    if (!isTaken) pairs.push({ gold: candidate.gold, predicted: candidate.predicted })
  }
  return pairs
}
