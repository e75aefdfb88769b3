import type { Span } from '../../text/view.ts'

// What is shown of a rule is cut behind so much.
const LONGEST_PASSAGE = 400
// Two sentences of a paragraph, or two items of a list.
const NOTHING_BETWEEN = /^(?!.*\n\s*\n)[\s*_]*$|^[*_]*\s*(?:[-*+•]|\d{1,2}[.)])\s+[*_]*$/su

function grow(text: string, passage: Span, spans: readonly Span[]): Span {
  const next = spans.find(({ start, end }) => {
    const [from, to] = [Math.min(start, passage.start), Math.max(end, passage.end)]
    const isMore = to - from > passage.end - passage.start && to - from <= LONGEST_PASSAGE
    const between =
      start >= passage.end ? text.slice(passage.end, start) : text.slice(end, Math.max(end, passage.start))
    return isMore && NOTHING_BETWEEN.test(between)
  })
  if (next === undefined) return passage
  return grow(
    text,
    { start: Math.min(next.start, passage.start), end: Math.max(next.end, passage.end) },
    spans,
  )
}

/**
 * Spans of a text with those that follow each other as one passage, so that who reads the first words of a rule reads
 * what takes them back; in the order of the first of each.
 */
export function joinPassages(text: string, spans: readonly Span[]): readonly Span[] {
  return spans.reduce<readonly Span[]>((passages, span) => {
    const isApart = (one: Span): boolean =>
      passages.every(({ start, end }) => one.start < start || end < one.end)
    if (!isApart(span)) return passages
    return [...passages, grow(text, { start: span.start, end: span.end }, spans.filter(isApart))]
  }, [])
}
