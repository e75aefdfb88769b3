import fc from 'fast-check'
import { expect, test } from 'vitest'

import { MACHINES, next, type EventOf, type StateOf } from '../machines.ts'
import { isProcessLost, replaceWorker } from './lost-process.ts'

const states = fc.constantFrom(...MACHINES.worker.states)
const processes = fc.constantFrom('p_1', 'p_2')
const tries = fc.record({
  status: states,
  last_process: fc.option(processes),
  process: processes,
  attempt: fc.integer({ min: 1, max: 20 }),
})

function lead(from: StateOf<'worker'>, events: readonly EventOf<'worker'>[]): StateOf<'worker'> {
  return events.reduce((state, event) => {
    const step = next('worker', state, event)
    if (step.kind === 'refused') throw new TypeError(`${state} refuses ${event}`)
    return step.to
  }, from)
}

test('a process is lost only where another one tries again what it was at and never left', () => {
  fc.assert(
    fc.property(tries, (tried) => {
      fc.pre(isProcessLost(tried))
      expect(['RUNNING', 'PAUSED']).toContain(tried.status)
      expect(tried.attempt).toBeGreaterThan(1)
      expect(tried.last_process).not.toBeNull()
      expect(tried.last_process).not.toBe(tried.process)
    }),
  )
  const lost = { status: 'RUNNING', last_process: 'p_1', process: 'p_2', attempt: 2 } as const
  expect(isProcessLost(lost)).toBe(true)
  expect(isProcessLost({ ...lost, status: 'PAUSED' })).toBe(true)
})

test.each(['RUNNING', 'PAUSED'] as const)(
  'a %s worker fails by moves of its table, and the one in its place stands where it stood',
  (status) => {
    const { lost, next: taken } = replaceWorker(status)
    expect(lead(status, lost)).toBe('FAILED')
    expect(lead('IDLE', taken)).toBe(status)
  },
)
