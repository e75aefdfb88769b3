import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeJson, wantsStringIds } from './encode-json.ts'

describe('encodeJson()', () => {
  test('writes ids without loss, bare or quoted', () => {
    fc.assert(
      fc.property(fc.bigInt(), (id) => {
        expect(encodeJson({ id, nested: [id] }, false)).toBe(`{"id":${id},"nested":[${id}]}`)
        expect(encodeJson({ id }, true)).toBe(`{"id":"${id}"}`)
      }),
    )
  })

  test('leaves numbers that are no ids alone', () => {
    expect(encodeJson({ id: 5101n, points_possible: 100 }, true)).toBe('{"id":"5101","points_possible":100}')
  })
})

describe('wantsStringIds()', () => {
  test('is asked for by its media type, alone or in a list', () => {
    expect(wantsStringIds('application/json+canvas-string-ids')).toBe(true)
    expect(wantsStringIds('application/json+canvas-string-ids, application/json')).toBe(true)
    expect(wantsStringIds('application/json')).toBe(false)
    expect(wantsStringIds(undefined)).toBe(false)
  })
})
