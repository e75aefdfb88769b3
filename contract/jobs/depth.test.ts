import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { DEEPEST, levelTimeoutSeconds, patienceSeconds, placeJob, retryDelayMs } from './depth.ts'
import { mayRetrySubJob } from './retry-sub-job.ts'

describe('placeJob()', () => {
  const parent = fc.option(fc.integer({ min: 0, max: DEEPEST }))
  test('stands a job one below its parent or at 0, and admits no other depth', () => {
    fc.assert(
      fc.property(
        parent,
        fc.option(fc.integer({ min: 0, max: DEEPEST }), { nil: undefined }),
        (above, wished) => {
          const depth = above === null ? 0 : above + 1
          const isThere = wished === undefined || wished === depth
          const there = isThere ? { kind: 'at', depth } : { kind: 'misplaced', depth }
          expect(placeJob(above, wished)).toEqual(depth > DEEPEST ? { kind: 'too_deep' } : there)
        },
      ),
    )
  })
})

describe('levelTimeoutSeconds()', () => {
  test('S30 level timeouts are 450, 675, 1012 s for depth 0, 1, 2', () => {
    expect([0, 1, 2, 3, 4, 5].map((depth) => levelTimeoutSeconds(depth))).toEqual([
      450, 675, 1_012, 1_518, 2_278, 3_417,
    ])
  })
  test('grows from whatever it is told to, in whole seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 5 }), (base, depth) => {
        const seconds = levelTimeoutSeconds(depth, base)
        expect(Number.isInteger(seconds)).toBe(true)
        expect(seconds).toBeGreaterThanOrEqual(base)
        expect(seconds).toBeLessThanOrEqual(levelTimeoutSeconds(depth + 1, base))
      }),
    )
  })
})

describe('patienceSeconds()', () => {
  test('asks a job that is held for a year at most five times a day and twenty more', () => {
    const year = 365 * 86_400
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), (level) => {
        let asked = 0
        for (let waited = 0; waited < year; asked += 1) waited += patienceSeconds(level, asked)
        expect(asked).toBeLessThan(20 + 365 * 5)
      }),
    )
  })
  test('begins with the time of the level and never gets shorter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), fc.nat({ max: 2_000 }), (level, held) => {
        expect(patienceSeconds(level, 0)).toBe(level)
        expect(patienceSeconds(level, held + 1)).toBeGreaterThanOrEqual(patienceSeconds(level, held))
      }),
    )
  })
})

describe('a sub-job that failed', () => {
  test('S29 is tried again at most twice, after 0.05 s × 2^depth', () => {
    expect([0, 1, 2, 3, 4, 5].map(retryDelayMs)).toEqual([50, 100, 200, 400, 800, 1_600])
    const failed = { code: 'MODEL_OUTPUT_INVALID', is_split: false }
    expect([1, 2, 3, 4].map((attempt) => mayRetrySubJob({ ...failed, attempt }))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
  test.each(['MODEL_UNAVAILABLE', 'MODEL_REFUSED', 'BUDGET_EXCEEDED', 'CANCELED'])(
    'is not tried again after %s, which a new attempt does not help',
    (code) => expect(mayRetrySubJob({ attempt: 1, code, is_split: false })).toBe(false),
  )
  test('is not tried again when it was split: what failed below it was', () => {
    expect(mayRetrySubJob({ attempt: 1, code: 'RETRIES_EXHAUSTED', is_split: true })).toBe(false)
  })
})
