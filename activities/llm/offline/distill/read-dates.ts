import { strict } from 'chrono-node'
import { DateTime } from 'luxon'

import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import { parseBlocks } from '../text/parse-blocks.ts'
import { type Span, rawSpan } from '../text/view.ts'
import { asksBefore } from './asks-before.ts'

/** A calendar date a text names. It is a hint: deadlines come from Canvas alone. */
export interface FoundDate extends Span {
  readonly iso_date: string | null
  readonly agrees_with_canvas: boolean | null
}

export interface DueDays {
  /** Local days of the due date and the checkpoints, ISO 8601, the due date last. */
  readonly days: readonly string[]
  /** The day years are resolved near; the due date when Canvas has one. */
  readonly anchor: string | null
}

const DEADLINE_WORDS =
  /\b(?:due|deadline|submit(?:ted)?|submission|hand(?:ed)? in|turn(?:ed)? in|upload|no later than|by)\b/iu
const PART_WORDS =
  /\b(?:draft|outline|proposal|topic|sign up|peer review|workshop|meet|bring|presentation|quiz|exam|class|released?|opens?|published|since|after)\b/iu
const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`
const WEEKDAY = String.raw`(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+(?:the\s+)?)?`
const DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`
// Durations ("48 hours before") also become dates in the parser; only words that name a day are kept.
/** A day named in words or figures, `14 October`, `Sept. 3`, `2026-10-14`. */
export const DATE_WORDS = new RegExp(
  String.raw`${WEEKDAY}(?:${DAY}(?:\s+of)?\s+${MONTH}|${MONTH}\s+(?:the\s+)?${DAY})(?:,?\s+\d{4})?|\d{4}-\d{2}-\d{2}|${WEEKDAY}\d{1,2}[/.]\d{1,2}[/.]\d{2,4}`,
  'iu',
)
const NUMERIC = /^(?<first>\d{1,2})[/.](?<second>\d{1,2})[/.](?<year>\d{4}|\d{2})$/u

/** The due days of an assignment in the course's time zone, UTC when Canvas names none. */
export function dueDays({ assignment, course }: CanvasContext): DueDays {
  const zone = course.time_zone ?? 'utc'
  const local = (at: string) => DateTime.fromISO(at, { zone: 'utc' }).setZone(zone).toISODate()
  const parts = assignment.checkpoints.flatMap(({ due_at }) => (due_at === null ? [] : [local(due_at)]))
  const due = assignment.due_at === null ? null : local(assignment.due_at)
  const days = [...parts, due].filter((day) => day !== null)
  return { days, anchor: days.at(-1) ?? null }
}

function isoDate(year: number, month: number, day: number): string | null {
  return DateTime.utc(year, month, day).toISODate()
}

/** The year that brings a day and month nearest to the anchor. */
function nearestYear(anchor: string, month: number, day: number): number {
  const near = DateTime.fromISO(anchor, { zone: 'utc' })
  const distance = (year: number) => Math.abs(DateTime.utc(year, month, day).diff(near, 'days').days)
  const years = [near.year - 1, near.year, near.year + 1].filter(
    (year) => DateTime.utc(year, month, day).isValid,
  )
  return years.reduce((best, year) => (distance(year) < distance(best) ? year : best), years[0] ?? near.year)
}

/** 03/04/2026 is read both ways: the reading that is a due day counts, otherwise neither does. */
function readNumeric(text: string, days: readonly string[]): string | null | undefined {
  const groups = NUMERIC.exec(text)?.groups
  if (groups === undefined) return undefined
  const [first, second] = [Number(groups['first']), Number(groups['second'])]
  const year = Number(groups['year']) + (groups['year']?.length === 2 ? 2000 : 0)
  const readings = [isoDate(year, first, second), isoDate(year, second, first)].filter((day) => day !== null)
  const known = readings.find((day) => days.includes(day))
  return known ?? (new Set(readings).size === 1 ? (readings[0] ?? null) : null)
}

/** The sentence a date stands in, and where in it the date begins. */
function sentenceAround(text: string, { start, end }: Span): { readonly words: string; readonly at: number } {
  const from = Math.max(text.lastIndexOf('. ', start) + 1, text.lastIndexOf('\n\n', start) + 1, 0)
  const stop = /[.!?]\s|\n\n/u.exec(text.slice(end))
  return { words: text.slice(from, stop === null ? text.length : end + stop.index), at: start - from }
}

function agreement(iso: string | null, text: string, span: Span, { days }: DueDays): boolean | null {
  if (iso === null || days.length === 0) return null
  if (days.includes(iso)) return true
  const { words: sentence, at } = sentenceAround(text, span)
  if (asksBefore(sentence, { start: at })) return null
  return DEADLINE_WORDS.test(sentence) && !PART_WORDS.test(sentence) ? false : null
}

function readDatesIn(text: string, due: DueDays): readonly FoundDate[] {
  const reference = due.anchor === null ? undefined : new Date(`${due.anchor}T12:00:00Z`)
  const dates: FoundDate[] = []
  for (const { index, text: found, start } of strict.parse(text, reference)) {
    if (!start.isCertain('day') || !start.isCertain('month')) continue
    const core = DATE_WORDS.exec(found)
    if (core === null) continue
    const [written] = core
    const span = { start: index + core.index, end: index + core.index + written.length }
    const [month, day] = [start.get('month') ?? 1, start.get('day') ?? 1]
    const year = start.isCertain('year')
      ? start.get('year')
      : due.anchor === null
        ? null
        : nearestYear(due.anchor, month, day)
    const numeric = readNumeric(written, due.days)
    const iso = numeric === undefined ? (year === null ? null : isoDate(year, month, day)) : numeric
    dates.push({
      ...span,
      iso_date: iso,
      agrees_with_canvas: agreement(iso, text, span, due),
    })
  }
  return dates
}

/** Every date of a text that names a day and a month; times of day, weekdays and durations alone are no dates. */
export function readDates(raw: string, due: DueDays): readonly FoundDate[] {
  return parseBlocks(raw).flatMap(({ view }) =>
    readDatesIn(view.text, due).map((date) => ({ ...date, ...rawSpan(view, date) })),
  )
}
