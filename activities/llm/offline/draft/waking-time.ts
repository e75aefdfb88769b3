import { DateTime } from 'luxon'

const WAKES_AT_HOUR = 8
const SLEEPS_AT_HOUR = 22
// A plan over more days than this is planned as if it ended here; it bounds the walk below.
const MAX_DAYS = 400

interface Span {
  readonly from: DateTime
  readonly to: DateTime
}

/** The waking spans, 08:00 to 22:00 local time, between two moments of one zone. */
export function wakingSpans(from: DateTime, to: DateTime): readonly Span[] {
  const spans: Span[] = []
  for (let day = from.startOf('day'); day < to && spans.length < MAX_DAYS; day = day.plus({ days: 1 })) {
    const start = DateTime.max(from, day.set({ hour: WAKES_AT_HOUR }))
    const end = DateTime.min(to, day.set({ hour: SLEEPS_AT_HOUR }))
    if (start < end) spans.push({ from: start, to: end })
  }
  return spans
}

function minutesOf({ from, to }: Span): number {
  return to.diff(from, 'minutes').minutes
}

/** Waking minutes between two moments; when the whole of it lies at night, the minutes there are. */
export function wakingMinutes(from: DateTime, to: DateTime): number {
  const awake = wakingSpans(from, to).reduce((sum, span) => sum + minutesOf(span), 0)
  return awake > 0 ? awake : Math.max(0, to.diff(from, 'minutes').minutes)
}

/** The moment at which a share (0 to 1) of the waking time between two moments has gone by. */
export function atWakingShare(from: DateTime, to: DateTime, share: number): DateTime {
  const spans = wakingSpans(from, to)
  if (spans.length === 0) return from.plus({ minutes: to.diff(from, 'minutes').minutes * share })
  let left = spans.reduce((sum, span) => sum + minutesOf(span), 0) * share
  for (const span of spans) {
    if (left <= minutesOf(span)) return span.from.plus({ minutes: left })
    left -= minutesOf(span)
  }
  return to
}

/** The last waking moment not after `at`: a time at night moves back to 22:00, but never before `earliest`. */
export function backToWaking(at: DateTime, earliest: DateTime): DateTime {
  const evening = at.set({ hour: SLEEPS_AT_HOUR, minute: 0, second: 0, millisecond: 0 })
  const awake = at.hour < WAKES_AT_HOUR ? evening.minus({ days: 1 }) : DateTime.min(at, evening)
  return awake > earliest ? awake : at
}
