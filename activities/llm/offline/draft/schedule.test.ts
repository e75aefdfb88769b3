import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'

import { afterToday, capacityMinutes, finishBefore, readableDates, scheduleSteps } from './schedule.ts'

const zone = fc.constantFrom('America/New_York', 'Pacific/Auckland', 'Europe/Berlin', 'UTC')
const start = fc.integer({ min: 0, max: 400 * 1440 })
const window = fc.integer({ min: 5, max: 150 * 1440 })
const efforts = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 3, maxLength: 6 })

const cases = fc.record({ zone, start, window, efforts }).map(({ zone, start, window, efforts }) => {
  const now = DateTime.fromISO('2026-01-01T00:00:00Z', { zone }).plus({ minutes: start })
  return { now, deadline: now.plus({ minutes: window }), window, efforts }
})

describe('scheduleSteps() and readableDates()', () => {
  test('never goes back, starts after now and ends before the deadline', () => {
    fc.assert(
      fc.property(cases, ({ now, deadline, efforts }) => {
        const end = finishBefore(deadline, now, 1)
        const dates = readableDates(scheduleSteps(efforts, now, end, []), now)
        expect(dates).toHaveLength(efforts.length)
        const moments = [now, ...dates, deadline].map((at) => at.toMillis())
        expect(moments).toEqual(moments.toSorted((a, b) => a - b))
        expect(dates.at(-1)?.toMillis()).toBe(end.toMillis())
      }),
    )
  })

  test('asks for nothing at night when there are days', () => {
    fc.assert(
      fc.property(cases, ({ now, deadline, window, efforts }) => {
        fc.pre(window > 4 * 1440)
        for (const at of readableDates(
          scheduleSteps(efforts, now, finishBefore(deadline, now, 1), []),
          now,
        )) {
          expect(at.hour).toBeGreaterThanOrEqual(8)
          expect(at.hour).toBeLessThanOrEqual(22)
        }
      }),
    )
  })

  test('keeps a firm date exactly and a latest date at the latest', () => {
    const now = DateTime.fromISO('2026-03-02T15:00:00Z', { zone: 'UTC' })
    const end = now.plus({ days: 20 })
    const at = now.plus({ days: 3 })
    const firm = scheduleSteps([60, 600, 60], now, end, [{ step: 1, at, firm: true }])
    const latest = scheduleSteps([60, 600, 60], now, end, [{ step: 1, at, firm: false }])
    const early = scheduleSteps([60, 600, 60], now, end, [{ step: 0, at: end, firm: false }])
    expect(firm[1]?.toISO()).toBe(at.toISO())
    expect(latest[1]?.toISO()).toBe(at.toISO())
    expect(early).toEqual(scheduleSteps([60, 600, 60], now, end, []))
  })
})

test('a day has less room for work than waking hours, a last evening nearly all of them', () => {
  const noon = DateTime.fromISO('2026-03-02T12:00:00Z', { zone: 'UTC' })
  expect(capacityMinutes(noon, noon.plus({ days: 2 }))).toBe(Math.floor(2 * 14 * 60 * 0.4))
  expect(capacityMinutes(noon, noon.set({ hour: 22 }))).toBe(Math.floor(10 * 60 * 0.85))
})

describe('afterToday()', () => {
  const planned = fc
    .record({ of: cases, sets: fc.array(fc.double({ min: 0, max: 1, noNaN: true })) })
    .map(({ of: { now, deadline, efforts }, sets }) => {
      const end = finishBefore(deadline, now, 1)
      const dates = readableDates(scheduleSteps(efforts, now, end, []), now)
      const span = end.diff(now, 'minutes').minutes
      // Dates set on the way, none before that of the milestone in front of it.
      const latest = dates
        .map((_, index) => end.minus({ minutes: span * (sets[index] ?? 0) }))
        .toSorted((a, b) => +a - +b)
      return { now, end, dates, latest }
    })

  test('puts no milestone on the day of planning while the next morning is early enough', () => {
    fc.assert(
      fc.property(planned, ({ now, end, dates }) => {
        const free = dates.map(() => end)
        fc.pre(end >= now.plus({ days: 1 }).startOf('day').set({ hour: 20 }))
        for (const date of afterToday(dates, now, free))
          expect(date.startOf('day') > now.startOf('day')).toBe(true)
      }),
    )
  })

  test('never ends by now, never goes back, keeps the end, and passes no date it would have met', () => {
    fc.assert(
      fc.property(planned, ({ now, end, dates, latest }) => {
        const after = afterToday(dates, now, latest)
        const moments = [...after, end].map((at) => at.toMillis())
        expect(moments).toEqual(moments.toSorted((a, b) => a - b))
        expect(after.at(-1)?.toMillis()).toBe(end.toMillis())
        expect(after.every((date) => date > now)).toBe(true)
        const missed = after.filter((date, index) => {
          const [planned = end, set = end] = [dates[index], latest[index]]
          return planned > now && planned <= set && date > set
        })
        expect(missed).toEqual([])
      }),
    )
  })
})
