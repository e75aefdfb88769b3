import fc from 'fast-check'
import { expect, test } from 'vitest'

import { takeTurns } from './take-turns.ts'

test('never lets more work at once than allowed, and lets all of it finish', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.scheduler(), async (limit, scheduler) => {
      const inTurn = takeTurns(limit)
      let running = 0
      let most = 0
      const work = scheduler.scheduleFunction(async () => {})
      const all = Promise.all(
        Array.from({ length: 9 }, () =>
          inTurn(async () => {
            running += 1
            most = Math.max(most, running)
            await work()
            running -= 1
          }),
        ),
      )
      await scheduler.waitFor(all)
      expect(most).toBe(limit)
      expect(running).toBe(0)
    }),
    { numRuns: 50 },
  )
})

test('passes the place on when the work fails', async () => {
  const inTurn = takeTurns(1)
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inTurn(async () => 'yes')).toBe('yes')
})

test('lets a waiting caller leave when its signal aborts', async () => {
  const inTurn = takeTurns(1)
  const first = Promise.withResolvers<void>()
  const busy = inTurn(() => first.promise)
  const abort = new AbortController()
  const waiting = inTurn(async () => 'never', abort.signal)
  abort.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  first.resolve()
  await busy
  expect(await inTurn(async () => 'next')).toBe('next')
})
