import { DateTime } from 'luxon'

const ZONED = /(?:\p{L}{3} )?(\d{1,2} \p{L}{3} \d{4}, \d{2}:\d{2}) \(([\w+/-]+)\)/gu

/** Writes moments such as `Thu 26 Nov 2026, 23:59 (America/New_York)` as Canvas does, `2026-11-27T04:59:00Z`. */
export function inUtc(text: string): string {
  return text.replace(ZONED, (whole, moment: string, zone: string) => {
    const at = DateTime.fromFormat(moment, 'd LLL yyyy, HH:mm', { zone, locale: 'en-US' })
    return at.isValid ? at.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'") : whole
  })
}
