interface Span {
  readonly start: number
  readonly end: number
}

/** A text without the given spans, each left as one space; spans may overlap and come in any order. */
export function cutSpans(text: string, spans: readonly Span[]): string {
  const pieces: string[] = []
  let from = 0
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= from) continue
    pieces.push(text.slice(from, Math.max(from, start)))
    from = end
  }
  return [...pieces, text.slice(from)].join(' ')
}
