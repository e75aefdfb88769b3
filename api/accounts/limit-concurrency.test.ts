import fc from 'fast-check'
import { expect, test } from 'vitest'

import { limitConcurrency } from './limit-concurrency.ts'

test('never runs or keeps waiting more than it may, loses none, and keeps their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 5 }),
      fc.array(fc.boolean(), { maxLength: 20 }),
      fc.scheduler(),
      async (atOnce, waiting, failures, s) => {
        const limit = limitConcurrency({ atOnce, waiting })
        const begun: number[] = []
        let running = 0
        const tasks = failures.map((fails, index) =>
          limit(async () => {
            begun.push(index)
            running += 1
            expect(running).toBeLessThanOrEqual(atOnce)
            await s.schedule(Promise.resolve())
            running -= 1
            if (fails) throw new Error(String(index))
            return index
          }),
        )
        const taken = tasks.flatMap((task, index) => (task === null ? [] : [{ task, index }]))
        expect(taken).toHaveLength(Math.min(failures.length, atOnce + waiting))
        const settled = Promise.allSettled(taken.map(({ task }) => task))
        await s.waitFor(settled)
        const results = await settled
        expect(begun).toEqual(taken.map(({ index }) => index))
        expect(results.map(({ status }) => status)).toEqual(
          taken.map(({ index }) => (failures[index] === true ? 'rejected' : 'fulfilled')),
        )
        expect(limit(async () => 'room again')).not.toBeNull()
      },
    ),
  )
})
