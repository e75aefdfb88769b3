import fc from 'fast-check'
import { expect, test } from 'vitest'

import { storable } from './storable.ts'

const unit = fc.constantFrom('a', '😀', '\0', '\ud800', '\udc00')
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit }),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit }), tie('value')),
  ),
}))

test('leaves nothing in a JSON value that jsonb refuses, however deep, and a sound value as it is', () => {
  const REFUSED = /(?<!\\)(\\\\)*\\u(0000|d[89a-f])/
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.stringify(storable(value))).not.toMatch(REFUSED)
    }),
  )
  const sound = { a: [1, null, true, 'é😀', { b: '' }], c: undefined }
  expect(storable(sound)).toEqual(sound)
  expect(storable({ 'a\0': ['\ud800b', { c: '\0' }] })).toEqual({ a: ['\ufffdb', { c: '' }] })
})
