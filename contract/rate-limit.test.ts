import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { decideAsks, giveOneBack, type Ask, type RateLimit } from './rate-limit.ts'

const US = 1_000_000
const START = 1_800_000_000 * US

const limits = fc.record({
  amount: fc.integer({ min: 1, max: 10_000 }),
  seconds: fc.integer({ min: 1, max: 86_400 }),
})
const small = fc.record({
  amount: fc.integer({ min: 1, max: 30 }),
  seconds: fc.integer({ min: 1, max: 600 }),
})
/** Pauses between requests, in microseconds. */
const pauses = fc.array(fc.integer({ min: 0, max: 20 * US }), { minLength: 1, maxLength: 80 })

const ask = (key: string, limit: RateLimit, sparing?: string): Ask =>
  sparing === undefined ? { key, name: key, limit } : { key, name: key, limit, sparing }

/** Sends requests one after the other, and answers when each came and what was decided. */
function send(asks: readonly Ask[], gaps: readonly number[]) {
  const clearAt = new Map<string, number>()
  let nowUs = START
  return gaps.map((gap) => {
    nowUs += gap
    const decision = decideAsks(asks, clearAt, nowUs)
    for (const { key, clearAtUs } of decision.standings) clearAt.set(key, clearAtUs)
    return { nowUs, ...decision }
  })
}

describe('decideAsks()', () => {
  test('lets the whole amount through at once and not one more', () => {
    fc.assert(
      fc.property(limits, ({ amount, seconds }) => {
        const clearAt = new Map([['a', START + Math.ceil((seconds * US) / amount) * (amount - 1)]])
        const last = decideAsks([ask('a', { amount, seconds })], clearAt, START)
        expect([last.isAdmitted, last.standings[0]?.remaining]).toEqual([true, 0])
        clearAt.set('a', last.standings[0]?.clearAtUs ?? 0)
        expect(decideAsks([ask('a', { amount, seconds })], clearAt, START).isAdmitted).toBe(false)
      }),
    )
  })

  test('never lets more than twice the amount through in any window, and never more than the amount in a moment', () => {
    fc.assert(
      fc.property(small, pauses, (limit, gaps) => {
        const admitted = send([ask('a', limit)], gaps).filter(({ isAdmitted }) => isAdmitted)
        for (const { nowUs: from } of admitted) {
          const within = (us: number) =>
            admitted.filter(({ nowUs }) => nowUs >= from && nowUs - from < us).length
          expect(within(limit.seconds * US)).toBeLessThanOrEqual(2 * limit.amount)
          expect(within(1)).toBeLessThanOrEqual(limit.amount)
        }
      }),
    )
  })

  test('lets through after the wait it told, and not a second sooner', () => {
    fc.assert(
      fc.property(small, pauses, (limit, gaps) => {
        const asks = [ask('a', limit)]
        for (const { nowUs, isAdmitted, standings } of send(asks, gaps)) {
          const [standing] = standings
          if (isAdmitted || standing === undefined) continue
          const clearAt = new Map([['a', standing.clearAtUs]])
          const after = (seconds: number) => decideAsks(asks, clearAt, nowUs + seconds * US).isAdmitted
          expect(standing.waitSeconds).toBeGreaterThan(0)
          expect([after(standing.waitSeconds), after(standing.waitSeconds - 1)]).toEqual([true, false])
        }
      }),
    )
  })

  test('takes nothing of any limit when one of them refuses', () => {
    fc.assert(
      fc.property(small, small, pauses, (one, other, gaps) => {
        let before: readonly number[] = [0, 0]
        for (const { isAdmitted, nowUs, standings } of send([ask('a', one), ask('b', other)], gaps)) {
          const after = standings.map(({ clearAtUs }) => clearAtUs)
          const untouched = before.map((clear) => Math.max(clear, nowUs))
          expect(isAdmitted ? untouched : after).toEqual(untouched)
          expect(standings.some(({ isRefused }) => isRefused)).toBe(!isAdmitted)
          before = after
        }
      }),
    )
  })

  test('lets those through who have nothing outstanding themselves, however much others have used up', () => {
    fc.assert(
      fc.property(small, small, fc.integer({ min: 0, max: 1_000 * US }), (pair, account, ahead) => {
        const asks = [ask('pair', pair), ask('account', account, 'pair')]
        const full = START + account.seconds * US + ahead
        const first = decideAsks(asks, new Map([['account', full]]), START)
        expect(first.isAdmitted).toBe(true)
        const clearAt = new Map(first.standings.map(({ key, clearAtUs }) => [key, clearAtUs]))
        expect(first.standings.map(({ isTaken }) => isTaken)).toEqual([true, false])
        expect(clearAt.get('account')).toBe(full)
        expect(decideAsks(asks, clearAt, START).isAdmitted).toBe(false)
      }),
    )
  })
})

describe('giveOneBack()', () => {
  test('undoes one take', () => {
    fc.assert(
      fc.property(limits, (limit) => {
        const [taken] = decideAsks([ask('a', limit)], new Map(), START).standings
        expect(giveOneBack(limit, taken?.clearAtUs ?? 0)).toBe(START)
      }),
    )
  })
})
