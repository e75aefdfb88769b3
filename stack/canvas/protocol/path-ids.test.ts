import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePathId } from './path-ids.ts'

describe('parsePathId()', () => {
  test('reads plain ids of any size exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), (id) => {
        expect(parsePathId(String(id))).toBe(id)
      }),
    )
  })

  test('reads the short form of a global id', () => {
    expect(parsePathId('18467~5511')).toBe(184_670_000_000_005_511n)
  })

  test.each(['', '1~', '~1', '-1', '1.5', 'sis_course_id:ABC', '5101/submissions/3002', ' 5101'])(
    'refuses %j',
    (text) => {
      expect(parsePathId(text)).toBeNull()
    },
  )
})
