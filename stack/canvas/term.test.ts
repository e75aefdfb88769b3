import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockTime, isoUtc, longDate, Term } from './term.ts'

const NOW = new Date('2026-03-02T15:00:00Z')

describe('Term', () => {
  test('counts days on the wall clock of the course, over a change to summer time', () => {
    const newYork = new Term(NOW, 'America/New_York')
    expect(isoUtc(newYork.at(1))).toBe('2026-03-04T04:59:59Z')
    expect(isoUtc(newYork.at(16))).toBe('2026-03-19T03:59:59Z')
    expect(isoUtc(new Term(NOW, 'Europe/Berlin').at(19))).toBe('2026-03-21T22:59:59Z')
  })

  test('finds the next such weekday, never earlier than asked', () => {
    const weekdays = fc.constantFrom(1, 2, 3, 4, 5, 6, 7)
    fc.assert(
      fc.property(weekdays, fc.integer({ min: -30, max: 60 }), (weekday, days) => {
        const term = new Term(NOW, 'America/New_York')
        const found = term.weekday(weekday, days)
        const gap = Math.round(found.diff(term.at(days), 'days').days)
        expect(found.weekday).toBe(weekday)
        expect(gap).toBeGreaterThanOrEqual(0)
        expect(gap).toBeLessThan(7)
      }),
    )
  })

  test('writes dates as an instructor does', () => {
    const time = new Term(NOW, 'America/New_York').at(4, '17:00')
    expect(longDate(time)).toBe('Friday, March 6')
    expect(clockTime(time)).toBe('5:00 pm')
  })
})

test('times are UTC with Z and without fractions', () => {
  expect(isoUtc(new Date('2026-03-02T15:00:00.123Z'))).toBe('2026-03-02T15:00:00Z')
})
