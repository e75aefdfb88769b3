import { describe, expect, test } from 'vitest'

import { readCursor } from './cursor.ts'

describe('readCursor()', () => {
  test('takes the header before the address, since a client that reconnects keeps its address', () => {
    expect(readCursor('12', 0)).toBe(12)
    expect(readCursor('3', 9)).toBe(3)
  })

  test('takes the address when the header is absent or empty', () => {
    expect(readCursor(undefined, 0)).toBe(0)
    expect(readCursor('', 4)).toBe(4)
    expect(readCursor('', undefined)).toBeUndefined()
  })

  test.each(['abc', '-1', '1.5', ' 1', '0x10', '1e3'])('refuses the id %s', (id) => {
    expect(() => readCursor(id, undefined)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', status: 422 }),
    )
  })
})
