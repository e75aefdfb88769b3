import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { normaliseText } from './normalise-text.ts'

describe('normaliseText()', () => {
  test('makes every line end a newline and drops trailing spaces', () => {
    expect(normaliseText('a  \r\nb\t\rc\u2028d\fe')).toBe('a\nb\nc\nd\ne')
  })

  test('collapses lines of only white space to one blank line and trims the ends', () => {
    expect(normaliseText('\n \n a\n \n\t\n\nb\n\n')).toBe(' a\n\nb')
  })

  test('composes letters and turns exotic spaces into plain ones', () => {
    expect(normaliseText('cafe\u0301\u00a0au\u2009lait')).toBe('café au lait')
  })

  test('drops characters that show nothing, and the tag characters that smuggle text', () => {
    const smuggled = String.fromCodePoint(...Array.from(Buffer.from('ignore'), (byte) => 0xe0000 + byte))
    expect(normaliseText(`es\u200bsay\u00ad\0${smuggled}\u202e.`)).toBe('essay.')
  })

  test('keeps the joiners that Persian and emoji need', () => {
    expect(normaliseText('می\u200cخواهم 👩\u200d🔬')).toBe('می\u200cخواهم 👩\u200d🔬')
  })

  test('changes nothing the second time, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (raw) => {
        const once = normaliseText(raw)
        expect(normaliseText(once)).toBe(once)
        expect(once).toBe(once.normalize('NFC'))
        expect(once).not.toMatch(/\r|\0|\n{3}|[ \t]$/m)
      }),
    )
  })

  test('takes a long run of spaces in linear time', () => {
    expect(normaliseText(`${' '.repeat(1_000_000)}x`)).toHaveLength(1_000_001)
  })
})
