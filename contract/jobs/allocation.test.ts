import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { describeUse, grantOf } from './allocation.ts'

const use = fc.record({
  max_workers: fc.integer({ min: 1, max: 50 }),
  max_concurrent_jobs: fc.integer({ min: 1, max: 50 }),
  held_workers: fc.nat(60),
  active_jobs: fc.nat(60),
})
const wish = fc.record({
  worker_count: fc.integer({ min: 1, max: 20 }),
  allow_partial: fc.boolean(),
  is_active: fc.boolean(),
})

describe('grantOf()', () => {
  test('never goes over the quota, and grants all, or with allow_partial what is free', () => {
    fc.assert(
      fc.property(use, wish, (now, asked) => {
        const granted = grantOf(now, asked)
        const free = Math.max(0, now.max_workers - now.held_workers)
        const isOneMore = !asked.is_active && now.active_jobs >= now.max_concurrent_jobs
        const most = isOneMore ? 0 : Math.min(free, asked.worker_count)
        expect(granted).toBe(asked.allow_partial || most === asked.worker_count ? most : 0)
        expect(now.held_workers + granted).toBeLessThanOrEqual(Math.max(now.max_workers, now.held_workers))
      }),
    )
  })
})

describe('describeUse()', () => {
  test.each([
    [7, false, false],
    [8, true, false],
    [9, true, true],
    [10, true, true],
  ])('S15 %i of 10 warns: %s, and is critical: %s', (held_workers, warning, critical) => {
    const shown = describeUse({ max_workers: 10, max_concurrent_jobs: 10, active_jobs: 1, held_workers })
    expect(shown).toMatchObject({ warning, critical, available: 10 - held_workers })
  })
})
