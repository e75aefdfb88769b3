import { describe, expect, test } from 'vitest'

import { parseWake, retryDelay } from './listen.ts'

describe('parseWake()', () => {
  test('reads the stream and its newest number', () => {
    expect(parseWake('3f8f7a52-5b0f-4f0e-9a44-0d4c1b1f7a10|42')).toEqual({
      streamId: '3f8f7a52-5b0f-4f0e-9a44-0d4c1b1f7a10',
      seq: 42,
    })
  })

  test.each([undefined, '', 'x', 'x|', '|7', 'x|7|8', 'x|-1', 'x|1e3'])('leaves %s alone', (payload) => {
    expect(parseWake(payload)).toBeUndefined()
  })
})

describe('retryDelay()', () => {
  test('doubles up to its cap and stays there', () => {
    expect([0, 1, 2, 3, 9, 1_000_000].map((failures) => retryDelay(failures, 100, 5_000))).toEqual([
      100, 200, 400, 800, 5_000, 5_000,
    ])
  })
})
