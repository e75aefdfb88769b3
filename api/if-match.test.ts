import { describe, expect, test } from 'vitest'

import { readIfMatch } from './if-match.ts'

describe('readIfMatch()', () => {
  test.each([
    ['"1-4"', ['1-4']],
    ['  "1-4" ', ['1-4']],
    ['W/"1-4"', ['1-4']],
    ['"1-4", "1-5"', ['1-4', '1-5']],
    ['"1-4",W/"1-5" , ""', ['1-4', '1-5', '']],
    ['"a,b"', ['a,b']],
  ])('reads %s', (header, versions) => {
    expect(readIfMatch(header)).toEqual(versions)
  })

  test.each(['', '  ', '*'])('lets any version do for %j', (header) => {
    expect(readIfMatch(header)).toBeNull()
  })

  test.each(['1-4', '"1-4', '"1-4" "1-5"', '"1-4",', ',"1-4"', '*, "1-4"', 'w/"1-4"', '"1 4"', "'1-4'"])(
    'refuses %s rather than take it for no condition',
    (header) => {
      expect(() => readIfMatch(header)).toThrow(
        expect.objectContaining({ code: 'VALIDATION_FAILED', message: expect.stringContaining('If-Match') }),
      )
    },
  )

  test('reads a header as long as a server lets in at once', () => {
    expect(readIfMatch(Array.from({ length: 2_000 }, () => '"1-4"').join(', '))).toHaveLength(2_000)
    expect(() => readIfMatch(`${'"1-4" , '.repeat(2_000)}"`)).toThrow('If-Match')
  })
})
