import type { DateTime } from 'luxon'

import { type Deadline } from './deadline.ts'
import { inZone } from '../text/zone.ts'
import type { DatedWork, TextDates } from './time-in-text.ts'

/** The zones a date of the text is read in: it is written on the time of the course, the plan on that of the student. */
export interface Zones {
  readonly course: string
  readonly student: string
}

const MINUTES_OF_DAY = 24 * 60
const HOUR = String.raw`(?:(?<hour>\d{1,2})[:.](?<minute>\d{2})(?!\d)\s?(?<half>[ap]\.?m\b)?|(?<full>\d{1,2})\s?(?<side>[ap]\.?m\b)|(?<noon>noon)\b)`
const BEHIND = new RegExp(String.raw`^[,\s(]*(?:(?:at|by|before|until|no later than)\s+)?${HOUR}`, 'iu')
const IN_FRONT = new RegExp(String.raw`${HOUR}[,\s]*(?:on\s+)?$`, 'iu')

/** The hour of the day, as a count of minutes, that stands beside a date in the words around it; null when none does. */
function minutesBeside(words: string, date: string): number | null {
  const at = words.indexOf(date)
  if (at < 0) return null
  const found = BEHIND.exec(words.slice(at + date.length)) ?? IN_FRONT.exec(words.slice(0, at))
  const { hour, minute, half, full, side, noon } = found?.groups ?? {}
  if (noon !== undefined) return 12 * 60
  const written = Number(hour ?? full)
  if (Number.isNaN(written) || written > 24) return null
  const isAfternoon = (half ?? side)?.toLowerCase().startsWith('p')
  const hours = isAfternoon === undefined ? written : (written % 12) + (isAfternoon ? 12 : 0)
  return hours * 60 + Number(minute ?? 0)
}

/** A minute of a day as a clock shows it, also on a day when the clocks change; its end where none is given. */
function atMinute(day: DateTime, minutes: number | undefined): DateTime {
  if (minutes === undefined) return day.endOf('day')
  const start = day.startOf('day')
  return minutes >= MINUTES_OF_DAY
    ? start.plus({ days: 1 })
    : start.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
}

/** The last moment of a date of the text, in the student's zone: the hour that stands beside it, else the end of the day. */
export function momentOf({ date, about }: DatedWork, { course, student }: Zones): DateTime {
  const day = inZone(date.iso_date ?? '', course)
  const words = about === null ? [] : [about.statement, ...about.evidence.map(({ quote }) => quote)]
  const minutes = words.map((text) => minutesBeside(text, date.text)).find((found) => found !== null)
  return atMinute(day, minutes).setZone(student)
}

/** The date for handing in that the plan works towards: one the text sets before the date of Canvas. */
export interface Target {
  readonly at: DateTime
  readonly text: string
}

/**
 * The last of the dates for handing in that the text sets before the date of Canvas and that are still to come; null
 * where it also names the day of Canvas. Whoever works towards it is in time for both.
 */
export function findTarget(
  { conflicts, agrees }: TextDates,
  deadline: Deadline,
  now: DateTime,
  zones: Zones,
): Target | null {
  if (deadline.kind !== 'ahead' || agrees) return null
  const earlier = conflicts
    .map((dated) => ({ at: momentOf(dated, zones), text: dated.date.text }))
    .filter(({ at }) => at > now && at < deadline.at)
    .toSorted((one, other) => one.at.toMillis() - other.at.toMillis())
  return earlier.at(-1) ?? null
}
