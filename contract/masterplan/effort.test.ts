import { expect, test } from 'vitest'

import { complexityOf, effortMinutes } from './effort.ts'

test('effort is read in minutes, and its complexity changes just above 30 minutes, 2 and 6 hours', () => {
  expect(['45m', '90m', '2h', '9999h'].map(effortMinutes)).toEqual([45, 90, 120, 599_940])
  const at = [1, 30, 31, 120, 121, 360, 361]
  expect(at.map(complexityOf)).toEqual(['low', 'low', 'medium', 'medium', 'high', 'high', 'critical'])
})
