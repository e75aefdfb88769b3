import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { StreamEvent } from '../../contract/events.ts'
import { announce, fill, type Inbox, nextStep, offer, openInbox, unread } from './inbox.ts'

const event = (seq: number) => ({ seq }) as StreamEvent
const range = (after: number, last: number) =>
  Array.from({ length: Math.max(0, last - after) }, (_, index) => after + index + 1)
const seqs = (events: readonly StreamEvent[]) => events.map(({ seq }) => seq)

describe('nextStep()', () => {
  test('reads once before it is live, even when live events are there', () => {
    expect(nextStep(openInbox(7)).kind).toBe('read')
    expect(nextStep(offer(openInbox(7), [event(9)], 10)).kind).toBe('read')
  })

  test('waits when everything known was handed over', () => {
    const reading = nextStep(openInbox(7))
    if (reading.kind !== 'read') throw new Error('should read')
    expect(nextStep(fill(reading.inbox, [event(8)], false))).toEqual({ kind: 'wait' })
  })

  test('hands over what links and leaves out what was handed over before', () => {
    const live: Inbox = { sent: 7, known: 7, held: [] }
    const step = nextStep(offer(live, [event(6), event(7), event(8), event(9)], 10))
    if (step.kind !== 'deliver') throw new Error('should deliver')
    expect(seqs(step.events)).toEqual([8, 9])
    expect(nextStep(step.inbox)).toEqual({ kind: 'wait' })
  })

  test('reads what is missing before a live event that does not link', () => {
    expect(nextStep(offer({ sent: 7, known: 7, held: [] }, [event(9)], 10))).toMatchObject({
      kind: 'read',
      after: 7,
    })
  })

  test('reads again what it let go for want of room', () => {
    expect(nextStep(offer({ sent: 7, known: 7, held: [] }, [event(8), event(9)], 1))).toMatchObject({
      kind: 'read',
      after: 7,
    })
  })

  test('goes on behind a hole in old rows instead of reading it for ever', () => {
    const reading = nextStep(openInbox(0))
    if (reading.kind !== 'read') throw new Error('should read')
    expect(nextStep(fill(reading.inbox, [event(40), event(41)], false))).toEqual({ kind: 'wait' })
  })

  test('looks once after an announcement of what is not there', () => {
    const reading = nextStep(announce({ sent: 7, known: 7, held: [] }, 9))
    if (reading.kind !== 'read') throw new Error('should read')
    expect(nextStep(fill(reading.inbox, [], false))).toEqual({ kind: 'wait' })
  })
})

/** A stream, one subscriber and a shared reader, moved step by step in any order. */
class Model {
  committed: number
  inbox: Inbox
  readonly delivered: number[] = []
  readonly pageSize: number
  readonly capacity: number
  #reading: { after: number; upTo: number } | undefined
  #shared: { from: number; upTo: number } | undefined
  #head: number

  constructor(after: number, committed: number, pageSize: number, capacity: number) {
    this.committed = committed
    this.inbox = openInbox(after)
    this.#head = committed
    this.pageSize = pageSize
    this.capacity = capacity
  }

  readonly steps = {
    commit: () => void (this.committed += 1),
    commitMany: () => void (this.committed += 5),
    announce: () => void (this.inbox = announce(this.inbox, this.committed)),
    /** The hub begins to read for everyone: what is committed now is what it will see. */
    sharedRead: () => void (this.#shared ??= { from: this.#head, upTo: this.committed }),
    sharedArrives: () => {
      if (this.#shared === undefined) return
      const page = range(this.#shared.from, this.#shared.upTo).slice(0, this.pageSize)
      this.#shared = undefined
      this.#head = page.at(-1) ?? this.#head
      this.inbox = offer(this.inbox, page.map(event), this.capacity)
    },
    step: () => {
      if (this.#reading !== undefined) return
      const step = nextStep(this.inbox)
      if (step.kind === 'wait') return
      this.inbox = step.inbox
      if (step.kind === 'deliver') this.delivered.push(...seqs(step.events))
      else this.#reading = { after: step.after, upTo: this.committed }
    },
    readArrives: () => {
      if (this.#reading === undefined) return
      const page = range(this.#reading.after, this.#reading.upTo).slice(0, this.pageSize)
      this.#reading = undefined
      this.inbox = fill(this.inbox, page.map(event), page.length === this.pageSize)
      this.delivered.push(...page)
    },
    readFails: () => {
      if (this.#reading === undefined) return
      this.#reading = undefined
      this.inbox = unread(this.inbox)
    },
  }

  settle(): void {
    this.steps.announce()
    for (let turn = 0; turn < 2 * this.committed + 20; turn++) {
      this.steps.readArrives()
      this.steps.step()
    }
  }
}

describe('an inbox', () => {
  const STEPS = [
    'commit', 'commitMany', 'announce', 'sharedRead', 'sharedArrives', 'step', 'readArrives', 'readFails',
  ] as const // oxfmt-ignore

  test('hands over each event after the cursor once and in order, however commits, wakes and readings interleave', () => {
    fc.assert(
      fc.property(
        fc.nat(12),
        fc.nat(12),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(8),
        fc.array(fc.constantFrom(...STEPS), { maxLength: 80 }),
        (committed, behind, pageSize, capacity, steps) => {
          const after = Math.max(0, committed - behind)
          const model = new Model(after, committed, pageSize, capacity)
          for (const step of steps) {
            model.steps[step]()
            expect(model.delivered).toEqual(range(after, after + model.delivered.length))
            expect(model.inbox.held.length).toBeLessThanOrEqual(capacity)
          }
          model.settle()
          expect(model.delivered).toEqual(range(after, model.committed))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('comes to rest: once all is handed over there is nothing to read', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 8 }), (committed, pageSize) => {
        const model = new Model(0, committed, pageSize, 4)
        model.settle()
        expect(nextStep(model.inbox)).toEqual({ kind: 'wait' })
      }),
    )
  })
})
