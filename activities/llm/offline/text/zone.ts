import { DateTime } from 'luxon'

import type { CanvasContext } from '../../../../contract/canvas-context.ts'

/** The first of these zones that exists; UTC where none does. */
export function validZone(...zones: readonly (string | null)[]): string {
  const named = zones.filter((zone) => zone !== null)
  return named.find((zone) => DateTime.local({ zone }).isValid) ?? 'UTC'
}

/** The zone the student lives in, else that of the course, else UTC; a zone that does not exist is passed over. */
export function zoneOf({ course }: CanvasContext): string {
  return validZone(course.user_time_zone, course.time_zone)
}

/** Reads a UTC time into a zone. */
export function inZone(iso: string, zone: string): DateTime {
  return DateTime.fromISO(iso, { zone, locale: 'en-US' })
}

/** `Thu 26 Nov, 20:00 (America/New_York)`. */
export function formatMoment(at: DateTime): string {
  return `${at.toFormat('ccc d LLL, HH:mm')} (${at.zoneName})`
}

/** `Thu 26 Nov 2026, 20:00 (America/New_York)`. */
export function formatFullMoment(at: DateTime): string {
  return `${at.toFormat('ccc d LLL yyyy, HH:mm')} (${at.zoneName})`
}
