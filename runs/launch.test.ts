import { defineSearchAttributeKey } from '@temporalio/common'
import { describe, expect, test } from 'vitest'

import { withAttributes } from './launch.ts'

const ATTRIBUTES = [{ key: defineSearchAttributeKey('RunKind', 'KEYWORD'), value: 'job' }]
// As a namespace answers that has not heard of the attribute: the second way is that of an update with a start.
const UNKNOWN = 'Namespace default has no mapping defined for search attribute RunKind'

describe('withAttributes()', () => {
  test.each([
    ['by itself', Object.assign(new Error(UNKNOWN), { code: 3 })],
    ['as a cause', new Error('Failed to start', { cause: Object.assign(new Error(UNKNOWN), { code: 3 }) })],
  ])('does without them where the namespace does not know them, said %s', async (_, error) => {
    const asked: number[] = []
    const done = await withAttributes(ATTRIBUTES, async (attributes) => {
      asked.push(attributes.length)
      if (attributes.length > 0) throw error
      return 'started'
    })
    expect([done, asked]).toEqual(['started', [1, 0]])
  })

  test.each([
    Object.assign(new Error('deadline'), { code: 4 }),
    Object.assign(new Error('bad workflow id'), { code: 3 }),
    new Error(UNKNOWN),
  ])('passes any other failure on: %o', async (error) => {
    const started = withAttributes(ATTRIBUTES, async () => {
      throw error
    })
    await expect(started).rejects.toBe(error)
  })
})
