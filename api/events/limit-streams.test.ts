import { describe, expect, test } from 'vitest'

import { createStreamLimits } from './limit-streams.ts'

describe('createStreamLimits()', () => {
  test('refuses one stream too many of a user and leaves other users alone', () => {
    const limits = createStreamLimits({ perUser: 2, perProcess: 10 })
    const first = limits.take('ann')
    limits.take('ann')
    expect(() => limits.take('ann')).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITED', retryAfterSeconds: 10 }),
    )
    limits.take('bob')
    first[Symbol.dispose]()
    limits.take('ann')
    expect(() => limits.take('ann')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }))
  })

  test('refuses one stream too many of the process', () => {
    const limits = createStreamLimits({ perUser: 2, perProcess: 2 })
    const first = limits.take('ann')
    limits.take('bob')
    expect(() => limits.take('eve')).toThrow(expect.objectContaining({ code: 'SERVICE_UNAVAILABLE' }))
    first[Symbol.dispose]()
    limits.take('eve')
  })
})
