import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CANVAS_BUCKET, EMPTY_BUCKET, isFull, pour, remaining } from './leaky-bucket.ts'

const pourings = fc.array(
  fc.record({ amount: fc.double({ min: -100, max: 100, noNaN: true }), waitMs: fc.nat(10_000) }),
)

describe('pour()', () => {
  test('keeps the level between empty and the maximum, whatever comes', () => {
    fc.assert(
      fc.property(pourings, (steps) => {
        let [bucket, nowMs] = [EMPTY_BUCKET, 0]
        for (const { amount, waitMs } of steps) {
          nowMs += waitMs
          bucket = pour(bucket, amount, nowMs, CANVAS_BUCKET)
          expect(bucket.level).toBeGreaterThanOrEqual(0)
          expect(bucket.level).toBeLessThanOrEqual(CANVAS_BUCKET.maximum)
        }
      }),
    )
  })

  test('leaks ten units a second', () => {
    const filled = pour(EMPTY_BUCKET, 300, 0, CANVAS_BUCKET)
    expect(pour(filled, 0, 12_000, CANVAS_BUCKET).level).toBe(180)
  })

  test('refuses the twelfth request that starts at one moment', () => {
    let bucket = EMPTY_BUCKET
    const full = Array.from({ length: 12 }, () => {
      bucket = pour(bucket, CANVAS_BUCKET.upFrontCost, 0, CANVAS_BUCKET)
      return isFull(bucket, CANVAS_BUCKET)
    })
    expect(full.indexOf(true)).toBe(11)
    expect(remaining(bucket, CANVAS_BUCKET)).toBe(0)
  })
})
