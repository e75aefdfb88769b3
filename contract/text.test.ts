import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { cutText, storableText } from './text.ts'

const anyText = fc.string({ unit: fc.constantFrom('a', ' ', 'é', '😀', '𝒳', '\0') })
const brokenText = fc.string({ unit: fc.constantFrom('a', '😀', '\0', '\ud800', '\udc00') })

describe('cutText()', () => {
  test('gives the longest beginning within the limit that splits no character', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 40 }), (text, max) => {
        const cut = cutText(text, max)
        expect(text.startsWith(cut)).toBe(true)
        expect(cut.isWellFormed()).toBe(true)
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, max) - 1)
        const next = String.fromCodePoint(text.codePointAt(cut.length) ?? 0)
        expect(cut === text || cut.length + next.length > max).toBe(true)
      }),
    )
  })
})

describe('storableText()', () => {
  test('leaves neither NUL nor half a pair, and any sound text as it is', () => {
    fc.assert(
      fc.property(brokenText, (text) => {
        const kept = storableText(text)
        expect(kept.isWellFormed() && !kept.includes('\0')).toBe(true)
        expect(kept === text).toBe(text.isWellFormed() && !text.includes('\0'))
      }),
    )
    expect(storableText('a\0b\ud800c😀')).toBe('ab\ufffdc😀')
  })
})
