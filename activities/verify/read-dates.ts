/** A day named in a text; year and time only where they are written. */
export interface DateUse {
  readonly text: string
  readonly index: number
  readonly day: number
  readonly month: number
  readonly year: number | null
  /** `HH:mm`, 24 hours. */
  readonly time: string | null
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]*)\\.?'
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?(?!\\d|:\\d)'
const YEAR = '(?:,?\\s+(\\d{4}))?'
const TIME = '(?:,?\\s+(?:at\\s+|by\\s+)?(\\d{1,2}):(\\d{2})\\s*([ap]\\.?m\\.?)?)?'

const DAY_FIRST = new RegExp(`\\b${DAY}\\s+(?:of\\s+)?${MONTH}${YEAR}${TIME}`, 'g')
const MONTH_FIRST = new RegExp(`\\b${MONTH}\\s+${DAY}${YEAR}${TIME}`, 'g')
const ISO = /\b(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)?/g

function timeOf(
  hour: string | undefined,
  minute: string | undefined,
  half: string | undefined,
): string | null {
  if (hour === undefined || minute === undefined) return null
  const shift = half === undefined ? 0 : /^p/i.test(half) ? (hour === '12' ? 0 : 12) : hour === '12' ? -12 : 0
  return `${String(Number(hour) + shift).padStart(2, '0')}:${minute}`
}

type Parts = Pick<DateUse, 'day' | 'month' | 'year' | 'time'>

function parts(day?: string, month?: string, year?: string, ...time: readonly (string | undefined)[]): Parts {
  return {
    day: Number(day),
    month: MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase()) + 1,
    year: year === undefined ? null : Number(year),
    time: timeOf(time[0], time[1], time[2]),
  }
}

/** Days written out in a text: `26 Nov 2026, 23:59`, `November 26`, `2026-11-26`. */
export function readDates(text: string): readonly DateUse[] {
  const found = [
    ...[...text.matchAll(DAY_FIRST)].map((match) => ({
      match,
      ...parts(match[1], match[2], match[3], match[4], match[5], match[6]),
    })),
    ...[...text.matchAll(MONTH_FIRST)].map((match) => ({
      match,
      ...parts(match[2], match[1], match[3], match[4], match[5], match[6]),
    })),
    ...[...text.matchAll(ISO)].map((match) => ({
      match,
      day: Number(match[3]),
      month: Number(match[2]),
      year: Number(match[1]),
      time: timeOf(match[4], match[5], undefined),
    })),
  ]
  const uses = found.map(({ match, ...use }) => ({ text: match[0], index: match.index, ...use }))
  const sorted = uses.sort((a, b) => a.index - b.index || b.text.length - a.text.length)
  let end = -1
  return sorted.filter(({ index, text }) => {
    if (index < end) return false
    end = index + text.length
    return true
  })
}

/** The text without the days written out in it, so that their figures do not count as numbers. */
export function withoutDates(text: string): string {
  return readDates(text).reduceRight(
    (rest, { index, text: date }) => rest.slice(0, index) + ' … ' + rest.slice(index + date.length),
    text,
  )
}

/** Whether two namings may mean the same day; what one of them leaves out agrees. */
export function sameDay(a: Parts, b: Parts): boolean {
  if (a.day !== b.day || a.month !== b.month) return false
  if (a.year !== null && b.year !== null && a.year !== b.year) return false
  return a.time === null || b.time === null || a.time === b.time
}
