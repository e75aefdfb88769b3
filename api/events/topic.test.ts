import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { StreamEvent } from '../../contract/events.ts'
import type { EventLog } from './log.ts'
import type { Subscription } from './subscription.ts'
import { Topic } from './topic.ts'

const STREAM = '3f8f7a52-5b0f-4f0e-9a44-0d4c1b1f7a10'
const range = (after: number, last: number) =>
  Array.from({ length: Math.max(0, last - after) }, (_, index) => after + index + 1)

/** A stream of numbered events whose readings see what is committed when they begin. */
class NumberLog implements EventLog {
  committed = 0
  reads = 0
  readonly #arrival: (what: string) => Promise<unknown>

  constructor(arrival: (what: string) => Promise<unknown> = async () => undefined) {
    this.#arrival = arrival
  }

  async read(_streamId: string, afterSeq: number, limit: number): Promise<readonly StreamEvent[]> {
    this.reads += 1
    const page = range(afterSeq, Math.min(this.committed, afterSeq + limit)).map((seq) => ({ seq }))
    await this.#arrival(`read after ${afterSeq}`)
    return page as StreamEvent[]
  }

  async heads(): Promise<ReadonlyMap<string, number>> {
    return new Map([[STREAM, this.committed]])
  }
}

function openTopic(log: EventLog): Topic {
  const fail = (error: unknown) => {
    throw error
  }
  return new Topic({ streamId: STREAM, log, onError: fail, onEmpty: () => undefined })
}

async function follow(subscription: Subscription, after: number, got: number[]): Promise<void> {
  subscription.start(after)
  for (;;) {
    const events = await subscription.next()
    if (events === undefined) return
    got.push(...events.map(({ seq }) => seq))
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a topic', () => {
  test('gives every subscriber each event once and in order, whatever the order of wakes, readings and joins', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
        fc.nat(5),
        async (scheduler, commits, joins, before) => {
          const log = new NumberLog((what) => scheduler.schedule(Promise.resolve(), what))
          log.committed = before
          const topic = openTopic(log)
          const runs: { after: number; got: number[]; done: Promise<void> }[] = []
          const subscriptions: Subscription[] = []
          scheduler.scheduleSequence(
            commits.map((count) => async () => {
              log.committed += count
              const seq = log.committed
              void scheduler.schedule(Promise.resolve(), `wake ${seq}`).then(() => topic.wake(seq))
            }),
          )
          scheduler.scheduleSequence(
            joins.map((behind) => async () => {
              const after = Math.max(0, log.committed - behind)
              const got: number[] = []
              const subscription = topic.subscribe()
              subscriptions.push(subscription)
              runs.push({ after, got, done: follow(subscription, after, got) })
            }),
          )
          await scheduler.waitIdle()
          for (const { after, got } of runs) expect(got).toEqual(range(after, log.committed))
          for (const subscription of subscriptions) subscription.close('shutdown')
          await Promise.all(runs.map(({ done }) => done))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('reads new events once for all subscribers', async () => {
    const log = new NumberLog()
    const topic = openTopic(log)
    const got: number[][] = [[], [], [], []]
    const done = got.map((into) => follow(topic.subscribe(), 0, into))
    await settled()
    const { reads } = log
    log.committed = 3
    topic.wake(3)
    await settled()
    expect(got).toEqual(got.map(() => [1, 2, 3]))
    expect(log.reads - reads).toBe(1)
    for (const subscription of topic.subscriptions) subscription.close('shutdown')
    await Promise.all(done)
  })

  test('carries on after a reading that failed, at the next wake-up', async () => {
    const log = new NumberLog()
    const errors: unknown[] = []
    let isAway = true
    const flaky: EventLog = {
      heads: () => log.heads(),
      read: async (...query) => {
        if (isAway) throw new Error('away')
        return log.read(...query)
      },
    }
    const onError = (error: unknown) => void errors.push(error)
    const topic = new Topic({ streamId: STREAM, log: flaky, onError, onEmpty: () => undefined })
    const got: number[] = []
    const subscription = topic.subscribe()
    const done = follow(subscription, 0, got)
    await settled()
    log.committed = 2
    topic.wake(2)
    await settled()
    expect(got).toEqual([])
    expect(errors.length).toBeGreaterThan(0)
    isAway = false
    topic.retry()
    await settled()
    expect(got).toEqual([1, 2])
    isAway = true
    log.committed = 3
    topic.wake(3)
    await settled()
    isAway = false
    topic.wake(3)
    await settled()
    expect(got).toEqual([1, 2, 3])
    subscription.close('shutdown')
    await done
  })
})
