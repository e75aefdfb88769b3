import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { endOfParent, progressOfParent, type ChildEnd } from './parent-result.ts'

const ended = fc.constantFrom('COMPLETED', 'FAILED', 'CANCELED' as const)
const open = fc.constantFrom('SUBMITTED', 'PENDING', 'RUNNING' as const)
const children = (status: fc.Arbitrary<ChildEnd['status']>): fc.Arbitrary<ChildEnd[]> =>
  fc
    .uniqueArray(fc.nat(50), { maxLength: 12 })
    .chain((places) =>
      fc.tuple(
        ...places.map((position) => status.map((is) => ({ job_id: `j_${position}`, position, status: is }))),
      ),
    )

describe('endOfParent()', () => {
  test('S27 a parent is unsuccessful if any child failed, and carries the first error', () => {
    fc.assert(
      fc.property(children(ended), (all) => {
        const end = endOfParent(all)
        const bad = all.filter(({ status }) => status !== 'COMPLETED')
        expect(end.completed).toBe(all.length - bad.length)
        const because = `j_${Math.min(...bad.map(({ position }) => position))}`
        expect(end).toMatchObject(bad.length === 0 ? { kind: 'completed' } : { kind: 'failed', because })
      }),
    )
  })
  test('waits as long as one is open, whatever became of the others', () => {
    fc.assert(
      fc.property(children(ended), open, (all, status) => {
        const job_id = 'j_open'
        expect(endOfParent([...all, { job_id, position: 99, status }]).kind).toBe('waits')
      }),
    )
  })
})

test('progressOfParent() is the share that is completed, and 100 only for all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), fc.nat(2_000), (total, some) => {
      const completed = Math.min(some, total)
      const progress = progressOfParent(completed, total)
      expect(progress === 100).toBe(completed === total)
      expect(progress).toBeGreaterThanOrEqual(0)
    }),
  )
  expect(progressOfParent(0, 0)).toBe(0)
})
