import * as fc from 'fast-check'
import { setImmediate as tick } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'

import { Secret } from '../config/secret.ts'
import { createTokenGate, decidePace } from './throttle.ts'
import { createTokenGates } from './token-gates.ts'

/** Calls that stay open until the test lets them end. */
function openCalls() {
  const ends: (() => void)[] = []
  let running = 0
  let peak = 0
  const call = async (): Promise<void> => {
    peak = Math.max(peak, ++running)
    await new Promise<void>((resolve) => ends.push(resolve))
    running--
  }
  return { call, end: () => ends.shift()?.(), running: () => running, peak: () => peak }
}

describe('decidePace()', () => {
  test.each([
    [null, 0, true, 0],
    [null, 2, true, 0],
    [null, 3, false, 0],
    [150, 2, true, 0],
    [149.5, 0, true, 50],
    [149.5, 1, false, 50],
    [100, 0, true, 5_000],
    [0, 0, true, 5_000],
  ])('with %s remaining and %i in flight admits %s after %i ms', (remaining, inFlight, admit, waitMs) => {
    expect(decidePace(remaining, inFlight)).toEqual({ admit, waitMs })
  })

  test('never has more than three in flight and never shuts out everybody', () => {
    fc.assert(
      fc.property(
        fc.option(fc.double({ min: -100, max: 800, noNaN: true })),
        fc.nat(20),
        (remaining, inFlight) => {
          const { admit, waitMs } = decidePace(remaining, inFlight)
          expect(admit && inFlight >= 3).toBe(false)
          expect(admit || inFlight > 0).toBe(true)
          expect(waitMs).toBeGreaterThanOrEqual(0)
          expect(waitMs).toBeLessThanOrEqual(5_000)
        },
      ),
    )
  })
})

describe('createTokenGate()', () => {
  test('lets three calls run at a time and all of them run in the end', async () => {
    const gate = createTokenGate()
    const calls = openCalls()
    const all = Promise.all(Array.from({ length: 10 }, () => gate.run(calls.call)))
    for (let left = 10; left > 0; left--) {
      await tick()
      expect(calls.running()).toBe(Math.min(left, 3))
      calls.end()
    }
    await all
    expect(calls.peak()).toBe(3)
  })

  test('goes one by one with a pause while little is left, and back to three once it is refilled', async () => {
    const pauses: number[] = []
    const gate = createTokenGate(async (ms) => pauses.push(ms))
    const calls = openCalls()
    gate.report(140)
    const all = Promise.all(Array.from({ length: 5 }, () => gate.run(calls.call)))
    await tick()
    expect([calls.running(), pauses]).toEqual([1, [1_000]])
    gate.report(null)
    gate.report(600)
    await tick()
    expect(calls.running()).toBe(3)
    for (let call = 0; call < 5; call++) {
      calls.end()
      await tick()
    }
    await all
  })

  test('frees the place of a call that fails', async () => {
    const gate = createTokenGate()
    const failing = () => Promise.reject(new Error('x'))
    const results = await Promise.allSettled(Array.from({ length: 9 }, () => gate.run(failing)))
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(await gate.run(async () => 'ok')).toBe('ok')
  })

  test('an aborted wait leaves the queue without taking a place', async () => {
    const gate = createTokenGate()
    const calls = openCalls()
    const running = [gate.run(calls.call), gate.run(calls.call), gate.run(calls.call)]
    const controller = new AbortController()
    const waiting = gate.run(calls.call, controller.signal)
    const behind = gate.run(calls.call)
    controller.abort(new Error('canceled'))
    await expect(waiting).rejects.toThrow('canceled')
    calls.end()
    await tick()
    expect(calls.running()).toBe(3)
    for (let call = 0; call < 3; call++) calls.end()
    await Promise.all([...running, behind])
  })
})

describe('createTokenGates()', () => {
  test('gives one gate per token and origin', () => {
    const gates = createTokenGates()
    const gate = gates.gateOf('https://a.edu', new Secret('t'))
    expect(gates.gateOf('https://a.edu', new Secret('t'))).toBe(gate)
    expect(gates.gateOf('https://b.edu', new Secret('t'))).not.toBe(gate)
    expect(gates.gateOf('https://a.edu', new Secret('u'))).not.toBe(gate)
  })
})
