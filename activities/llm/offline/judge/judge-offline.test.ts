import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { judgeOffline } from './judge-offline.ts'

const QUOTE =
  'Your essay must use at least five scholarly sources, three of which must be peer-reviewed, by November 26.'

function verdictOf(claim: string, quote = QUOTE) {
  return judgeOffline([{ id: 'c', claim, quote }])[0]?.verdict
}

describe('judgeOffline()', () => {
  test.each([
    'Use at least five scholarly sources',
    'Find 5 scholarly sources for your essay',
    'Three sources must be peer-reviewed',
    'Submit by November 26',
  ])('finds entailed: %s', (claim) => {
    expect(verdictOf(claim)).toBe('entailed')
  })

  test.each([
    ['another number', 'Use at least seven scholarly sources'],
    ['another date', 'Use scholarly sources by November 28'],
    ['another modality', 'You must not use scholarly sources'],
  ])('finds contradicted by %s', (_, claim) => {
    expect(verdictOf(claim)).toBe('contradicted')
  })

  test.each(['Use at least five newspaper interviews', 'Design a poster', 'Print 40 pages'])(
    'finds nothing for: %s',
    (claim) => {
      expect(verdictOf(claim)).toBe('not_found')
    },
  )

  test('a permission is not a duty', () => {
    expect(verdictOf('You must use AI tools', 'You may use AI tools')).toBe('contradicted')
    expect(verdictOf('You may use AI tools', 'You may use AI tools')).toBe('entailed')
  })

  test('says why', () => {
    expect(judgeOffline([{ id: 'a', claim: 'Use 9 sources', quote: QUOTE }])).toEqual([
      { id: 'a', verdict: 'contradicted', reason: 'The number “9” does not stand so in the quote.' },
    ])
  })

  test('names the words that are missing as they are read', () => {
    const claim = 'Canvas closes after closing; canvas stays closed'
    expect(judgeOffline([{ id: 'a', claim, quote: 'It stays open.' }])).toMatchObject([
      { reason: 'Not in the quote: “canvas”, “closes”, “after”, “closing”, “closed”.' },
    ])
  })

  test('a claim in the words of its quote is entailed, and every claim gets its verdict', () => {
    const words = fc.constantFrom(
      'essay',
      'sources',
      'margins',
      'five',
      '12',
      'report',
      'scholarly',
      'pages',
      'must',
      'double-spaced',
    )
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 12 }), (picked) => {
        const said = picked.join(' ')
        expect(judgeOffline([{ id: 'x', claim: said, quote: said }])).toMatchObject([
          { id: 'x', verdict: 'entailed' },
        ])
      }),
    )
  })
})
