import { DateTime } from 'luxon'

/** A time as Canvas writes it: UTC, `Z`, no fractions. */
export function isoUtc(time: Date | DateTime): string {
  const utc = time instanceof Date ? DateTime.fromJSDate(time, { zone: 'utc' }) : time.toUTC()
  return utc.toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'")
}

/** The calendar of one course: everything is counted in days from the day the sandbox started. */
export class Term {
  readonly #start: DateTime
  readonly zone: string

  constructor(now: Date, zone: string) {
    this.#start = DateTime.fromJSDate(now, { zone }).startOf('day')
    this.zone = zone
  }

  /** A wall-clock time in the zone of the course, `days` after (or before) the start. */
  at(days: number, clock = '23:59'): DateTime {
    const [hour = 0, minute = 0] = clock.split(':').map(Number)
    const lastMinute = hour === 23 && minute === 59
    return this.#start.plus({ days }).set({ hour, minute, second: lastMinute ? 59 : 0 })
  }

  /** The first such weekday (1 is Monday) at least `days` after the start. */
  weekday(weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7, days: number, clock = '23:59'): DateTime {
    const day = this.at(days, clock)
    return day.plus({ days: (weekday - day.weekday + 7) % 7 })
  }
}

/** A date as an instructor writes it: `Friday, November 27`. */
export function longDate(time: DateTime): string {
  return time.setLocale('en-US').toFormat('cccc, LLLL d')
}

/** A wall-clock time as an instructor writes it: `5:00 pm`. */
export function clockTime(time: DateTime): string {
  return time.setLocale('en-US').toFormat('h:mm a').toLowerCase()
}
