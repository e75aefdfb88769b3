import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultMatches, faultSchema, type Seen } from './fault.ts'
import { Faults } from './faults.ts'

const seen: Seen = { on: 'canvas', path: '/api/v1/courses/2101/assignments/5101' }

describe('faultMatches()', () => {
  test.each([
    [undefined, true],
    ['*', true],
    ['/api/v1/courses/*/assignments/5101', true],
    ['*/assignments/*', true],
    ['/api/v1/courses', false],
    ['/api/v1/courses/2101/assignments/510', false],
    ['/api/v1/courses/.*', false],
  ])('takes %j as a glob over the whole path', (path, expected) => {
    const fault = faultSchema.parse({ kind: 'not-found', ...(path === undefined ? {} : { path }) })
    expect(faultMatches(fault, seen)).toBe(expected)
  })

  test('keeps to its listener', () => {
    const fault = faultSchema.parse({ kind: 'cut', on: 'files' })
    expect(faultMatches(fault, seen)).toBe(false)
    expect(faultMatches(fault, { on: 'files', path: '/files/x' })).toBe(true)
  })
})

describe('Faults', () => {
  test('lets the first N pass, meets the next M, and is then spent', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.integer({ min: 1, max: 5 }), (after, times) => {
        const faults = new Faults()
        faults.add({ kind: 'server-error', after, times })
        const met = Array.from(
          { length: after + times + 3 },
          () => faults.take('server-error', seen) !== null,
        )
        expect(met).toEqual(met.map((_, index) => index >= after && index < after + times))
        expect(faults.list()).toEqual([])
      }),
    )
  })

  test('keeps kinds apart and counts only what it matches', () => {
    const faults = new Faults()
    faults.add({ kind: 'slow', ms: 5, path: '/other' }, { kind: 'not-found' })
    expect(faults.take('slow', seen)).toBeNull()
    expect(faults.take('server-error', seen)).toBeNull()
    expect(faults.list().map(({ met }) => met)).toEqual([0, 0])
  })

  test('refuses a fault it does not know', () => {
    expect(() => new Faults().add({ kind: 'earthquake' } as never)).toThrow(/Invalid/)
    expect(() => new Faults().add({ kind: 'slow' } as never)).toThrow(/ms/)
  })

  test('stays on without a count until cleared', () => {
    const faults = new Faults()
    faults.add({ kind: 'network-down' })
    expect([1, 2, 3].every(() => faults.take('network-down', seen) !== null)).toBe(true)
    faults.clear()
    expect(faults.take('network-down', seen)).toBeNull()
  })
})
