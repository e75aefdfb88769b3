import fc from 'fast-check'
import { expect, test } from 'vitest'

import { formatWork } from './effort.ts'

/** The minutes that words such as `1 h 35 min` stand for. */
function minutesOf(said: string): number {
  const { hours = '0', minutes = '0' } =
    /^(?:(?<hours>\d+) h)? ?(?:(?<minutes>\d+) min)?$/.exec(said)?.groups ?? {}
  return Number(hours) * 60 + Number(minutes)
}

test.each([
  [45, '45 min'],
  [95, '1 h 35 min'],
  [96, '1 h 35 min'],
  [120, '2 h'],
  [178, '3 h'],
  [599, '10 h'],
  [950, '16 h'],
])('%i minutes are said as %s', (minutes, said) => {
  expect(formatWork(minutes)).toBe(said)
})

test('work in words is never off by more than a twentieth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), (minutes) => {
      expect(Math.abs(minutesOf(formatWork(minutes)) - minutes)).toBeLessThanOrEqual(minutes / 20)
    }),
  )
})
