import { formatFullMoment, inZone, validZone } from './zone.ts'

// The times of Canvas: UTC, mostly to the second.
const TIMESTAMP = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z/gu

/** Whether a text holds a time as Canvas writes it, in UTC. */
export function holdsTimestamp(text: string): boolean {
  return text.search(TIMESTAMP) >= 0
}

/** A text with the times of Canvas told in a zone, `Mon 14 Dec 2026, 23:59 (America/New_York)`; UTC where it is unknown. */
export function tellTimes(text: string, zone: string | null): string {
  return text.replaceAll(TIMESTAMP, (iso) => {
    const at = inZone(iso, validZone(zone))
    return at.isValid ? formatFullMoment(at) : iso
  })
}
