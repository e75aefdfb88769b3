import { DateTime } from 'luxon'

/** The hour at which a day begins that can be worked on. */
export const WAKES_AT_HOUR = 8
const SLEEPS_AT_HOUR = 22
// A plan over more days than this is planned as if it ended here; it bounds the walk below.
const MAX_DAYS = 400

/** A stretch of waking time. */
export interface Waking {
  readonly from: DateTime
  readonly minutes: number
}

function stretch(from: DateTime, to: DateTime): readonly Waking[] {
  return from < to ? [{ from, minutes: (to.toMillis() - from.toMillis()) / 60_000 }] : []
}

/** The waking time, 08:00 to 22:00 local, between two moments of one zone; when all of it is night, the night itself. */
export function wakingBetween(from: DateTime, to: DateTime): readonly Waking[] {
  const awake: Waking[] = []
  let day = from.startOf('day')
  for (let days = 0; day < to && days < MAX_DAYS; days += 1) {
    const start = DateTime.max(from, day.set({ hour: WAKES_AT_HOUR }))
    awake.push(...stretch(start, DateTime.min(to, day.set({ hour: SLEEPS_AT_HOUR }))))
    day = day.plus({ days: 1 })
  }
  return awake.length > 0 ? awake : stretch(from, to)
}

/** Minutes of waking time in all. */
export function totalMinutes(awake: readonly Waking[]): number {
  return awake.reduce((sum, { minutes }) => sum + minutes, 0)
}

/** The moment at which so many minutes of waking time have gone by; null when there are not as many. */
export function afterMinutes(awake: readonly Waking[], minutes: number): DateTime | null {
  let left = minutes
  for (const span of awake) {
    if (left <= span.minutes) return span.from.plus({ minutes: left })
    left -= span.minutes
  }
  return null
}

/** The last waking moment not after `at`: a time at night moves back to 22:00, but never before `earliest`. */
export function backToWaking(at: DateTime, earliest: DateTime): DateTime {
  const evening = at.set({ hour: SLEEPS_AT_HOUR, minute: 0, second: 0, millisecond: 0 })
  const awake = at.hour < WAKES_AT_HOUR ? evening.minus({ days: 1 }) : DateTime.min(at, evening)
  return awake > earliest ? awake : at
}
