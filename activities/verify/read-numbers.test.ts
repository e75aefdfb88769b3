import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { readNumbers, sameUse } from './read-numbers.ts'

describe('readNumbers()', () => {
  test.each([
    [
      '1,500–2,000 words',
      [
        [1500, 'word'],
        [2000, 'word'],
      ],
    ],
    ['at least five recent peer-reviewed sources', [[5, 'source']]],
    [
      '12-point Times New Roman, 1-inch margins',
      [
        [12, 'point'],
        [1, 'inch'],
      ],
    ],
    ['lose 5% per day', [[5, 'percent']]],
    ['0.5 pt', [[0.5, 'point']]],
    ['Print 800; one page', [[800, null]]],
    ['CS101 and file_2 and v2', []],
    ['one of the pairs', []],
  ])('reads %s', (text, expected) => {
    expect(readNumbers(text).map(({ value, unit }) => [value, unit])).toEqual(expected)
  })

  test('reads back every number it is given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), (value) => {
        expect(readNumbers(`about ${value.toLocaleString('en-US')} words`)).toMatchObject([
          { value, unit: 'word' },
        ])
      }),
    )
  })
})

test('numbers agree when value and unit do; a missing unit agrees with any', () => {
  const [five, pages, bare] = [...readNumbers('5 sources'), ...readNumbers('5 pages'), ...readNumbers('5')]
  if (five === undefined || pages === undefined || bare === undefined)
    throw new Error('three numbers expected')
  expect(sameUse(five, pages)).toBe(false)
  expect(sameUse(five, bare)).toBe(true)
})
