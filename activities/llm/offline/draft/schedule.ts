import { DateTime } from 'luxon'

import { afterMinutes, backToWaking, totalMinutes, WAKES_AT_HOUR, wakingBetween } from './waking-time.ts'

const EVENING_HOUR = 20
const HOUR_MINUTES = 60
const DAY_MINUTES = 24 * HOUR_MINUTES

/** A step of the work that has a date of its own, set by the instructor. */
export interface Anchor {
  readonly step: number
  readonly at: DateTime
  /** Whether the date holds exactly; otherwise it is only the latest. */
  readonly firm: boolean
}

/** Minutes to keep free before a deadline: two days when there is time, half an hour when there is hardly any. */
export function bufferMinutes(window: number): number {
  if (window >= 14 * DAY_MINUTES) return 2 * DAY_MINUTES
  if (window >= 5 * DAY_MINUTES) return DAY_MINUTES
  if (window >= 2 * DAY_MINUTES) return 6 * HOUR_MINUTES
  if (window >= 12 * HOUR_MINUTES) return 2 * HOUR_MINUTES
  return Math.min(30, Math.floor(window / 5))
}

/** The moment to be done by: the deadline less a buffer, never at night when it can be helped. */
export function finishBefore(deadline: DateTime, now: DateTime, bufferFactor: number): DateTime {
  const window = deadline.diff(now, 'minutes').minutes
  const buffer = Math.min(bufferMinutes(window) * bufferFactor, window / 2)
  return toReadable(deadline.minus({ minutes: buffer }), now, window)
}

/** A time people can keep: the evening when there are days, else the half hour before. */
function toReadable(at: DateTime, earliest: DateTime, window: number): DateTime {
  const awake = backToWaking(at, earliest)
  const evening = awake.set({ hour: EVENING_HOUR, minute: 0, second: 0, millisecond: 0 })
  const before = evening <= awake ? evening : evening.minus({ days: 1 })
  if (window >= 4 * DAY_MINUTES && before > earliest) return before
  const halfHour = awake.set({ minute: awake.minute < 30 ? 0 : 30, second: 0, millisecond: 0 })
  if (halfHour > earliest) return halfHour
  return awake.startOf('minute') > earliest ? awake.startOf('minute') : at.startOf('minute')
}

/**
 * The end of each step, to the minute: waking time is shared out by effort between the dates that are fixed.
 * `efforts` are minutes; the last step ends at `end`; never decreasing.
 */
export function scheduleSteps(
  efforts: readonly number[],
  now: DateTime,
  end: DateTime,
  anchors: readonly Anchor[],
): readonly DateTime[] {
  const firm = anchors.filter((anchor) => anchor.firm)
  const free = betweenFixed(efforts, now, end, firm)
  const late = anchors.filter(({ step, at, firm }) => !firm && at < (free[step] ?? at))
  return late.length === 0 ? free : betweenFixed(efforts, now, end, [...firm, ...late])
}

function betweenFixed(
  efforts: readonly number[],
  now: DateTime,
  end: DateTime,
  anchors: readonly Anchor[],
): readonly DateTime[] {
  const fixed = new Map<number, DateTime>()
  let earliest = now
  const inOrder = anchors.toSorted((a, b) => a.step - b.step || a.at.toMillis() - b.at.toMillis())
  for (const { step, at } of inOrder) {
    if (fixed.has(step) || at <= earliest || at > end || step >= efforts.length - 1) continue
    fixed.set(step, at)
    earliest = at
  }
  fixed.set(efforts.length - 1, end)

  const dates: DateTime[] = []
  let from = now
  for (const [last, to] of [...fixed].toSorted(([a], [b]) => a - b)) {
    dates.push(...shareOut(efforts.slice(dates.length, last + 1), from, to))
    from = to
  }
  return dates
}

function shareOut(efforts: readonly number[], from: DateTime, to: DateTime): readonly DateTime[] {
  const total = efforts.reduce((sum, effort) => sum + effort, 0) || 1
  const awake = wakingBetween(from, to)
  const waking = totalMinutes(awake)
  let done = 0
  return efforts.map((effort, index) => {
    done += effort
    return index === efforts.length - 1 ? to : (afterMinutes(awake, (waking * done) / total) ?? to)
  })
}

/** The same moments as times people can keep: evenings or half hours, never later and never decreasing. */
export function readableDates(exact: readonly DateTime[], now: DateTime): readonly DateTime[] {
  const window = (exact.at(-1) ?? now).diff(now, 'minutes').minutes
  let previous = now
  return exact.map((at, index) => {
    const readable = index === exact.length - 1 ? at : toReadable(at, previous, window)
    previous = DateTime.min(at, DateTime.max(previous, readable))
    return previous
  })
}

/**
 * The same dates with none on the day of planning or before, as far as there is time: what would end today ends the next
 * evening where there are days, else the next morning; at once where a date set for it, `latest`, or the end of the plan
 * leaves no more. What would end by `now` ends with the plan.
 */
export function afterToday(
  dates: readonly DateTime[],
  now: DateTime,
  latest: readonly DateTime[],
): readonly DateTime[] {
  const end = dates.at(-1) ?? now
  const tomorrow = now.plus({ days: 1 }).startOf('day')
  const hasDays = end.diff(now, 'minutes').minutes >= 4 * DAY_MINUTES
  const next = tomorrow.set({ hour: hasDays ? EVENING_HOUR : WAKES_AT_HOUR })
  let previous = now
  return dates.map((date, index) => {
    const mayWait = date < tomorrow && next <= end && next <= (latest[index] ?? end)
    const moved = mayWait ? next : date > now ? date : end
    previous = DateTime.max(previous, moved)
    return previous
  })
}

// How much of the waking time the work may fill: days also hold classes and meals, a last evening need not.
const DAILY_SHARE = 0.4
const RUSH_SHARE = 0.85

/** Minutes of work that fit between now and the end in waking hours. */
export function capacityMinutes(now: DateTime, end: DateTime): number {
  const rush = end.diff(now, 'minutes').minutes < DAY_MINUTES
  return Math.floor(totalMinutes(wakingBetween(now, end)) * (rush ? RUSH_SHARE : DAILY_SHARE))
}
