import { describe, expect, test } from 'vitest'

import { readDates, sameDay, withoutDates } from './read-dates.ts'

describe('readDates()', () => {
  test.each([
    ['Due Thu 26 Nov 2026, 23:59 (America/New_York).', { day: 26, month: 11, year: 2026, time: '23:59' }],
    ['by Thu 26 Nov, 20:00', { day: 26, month: 11, year: null, time: '20:00' }],
    ['on November 10th', { day: 10, month: 11, year: null, time: null }],
    ['March 6, 2026 at 5:00 pm', { day: 6, month: 3, year: 2026, time: '17:00' }],
    ['- Oct. 5: email me your scene', { day: 5, month: 10, year: null, time: null }],
    ['the 4th of December', { day: 4, month: 12, year: null, time: null }],
    ['2026-11-27T04:59:00Z', { day: 27, month: 11, year: 2026, time: '04:59' }],
  ])('reads %s', (text, expected) => {
    expect(readDates(text)).toMatchObject([expected])
  })

  test('finds no days where there are none', () => {
    expect(readDates('You may use 12 sources of May and section 3.2')).toEqual([])
  })
})

test('a text without its dates keeps its numbers', () => {
  expect(withoutDates('800 words by October 14, 2026 and 2 copies')).toBe('800 words by  …  and 2 copies')
})

test('days agree when nothing they say differs', () => {
  const [full, short, other] = readDates('26 Nov 2026, 23:59 and 26 November and 27 Nov')
  if (full === undefined || short === undefined || other === undefined) throw new Error('three days expected')
  expect(sameDay(full, short)).toBe(true)
  expect(sameDay(full, other)).toBe(false)
})
