import fc from 'fast-check'
import { expect, test } from 'vitest'

import { Slug } from './primitives.ts'
import { createNamer, toSlug } from './slug.ts'

test('toSlug() gives a slug or nothing, whatever the text, and keeps letters under their marks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const slug = toSlug(text)
      expect(slug === '' || Slug.safeParse(slug).success).toBe(true)
      expect(slug.length).toBeLessThanOrEqual(60)
    }),
  )
  expect(toSlug('Naïve café: Ångström’s 2nd draft')).toBe('naive-cafe-angstrom-s-2nd-draft')
  expect(toSlug('数学 – ?!')).toBe('')
  expect(toSlug(`${'a'.repeat(59)} b`)).toBe('a'.repeat(59))
})

test('createNamer() never gives a name twice, nor one that was taken before', () => {
  const name = createNamer(['a', 'a-2'])
  expect([name('a'), name('a'), name('b'), name('b'), name('a-3')]).toEqual([
    'a-3',
    'a-4',
    'b',
    'b-2',
    'a-3-2',
  ])
})
