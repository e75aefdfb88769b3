import { describe, expect, test } from 'vitest'

import { joinHyphens } from './join-hyphens.ts'

describe('joinHyphens()', () => {
  test('drops the hyphen of a word the document also writes whole, and moves its rest up', () => {
    expect(joinHyphens(['Meet all require-\nments, please. The requirements follow.'])).toEqual([
      'Meet all requirements,\nplease. The requirements follow.',
    ])
  })

  test('keeps the hyphen in a document that does not break words', () => {
    expect(joinHyphens(['Measure it with cargo llvm-\ncov;\nput the report away.'])).toEqual([
      'Measure it with cargo llvm-cov;\nput the report away.',
    ])
  })

  test('keeps the hyphen of a compound whose parts are words of a document that breaks words', () => {
    const text = 'The assign-\nment and the assignment. A peer-\nreview: one peer, one review.'
    expect(joinHyphens([text])).toEqual([
      'The assignment\nand the assignment. A peer-review:\none peer, one review.',
    ])
  })

  test('keeps the hyphen of a compound that also stands within a line', () => {
    expect(joinHyphens(['A well-\nknown fact is well-known; facts re-\npeat, repeat.'])).toEqual([
      'A well-known\nfact is well-known; facts repeat,\nrepeat.',
    ])
  })

  test('takes many broken lines as proof that the document breaks words', () => {
    expect(joinHyphens(['com-\nputer pro-\ngram exe-\ncution ends'])).toEqual([
      'computer\nprogram\nexecution\nends',
    ])
  })

  test('leaves ranges, options and names alone', () => {
    const text = 'Pages 10-\n12, compile with -Wextra or -\nWerror, visit Baden-\nBaden'
    expect(joinHyphens([text])).toEqual([text])
  })

  test('puts an option behind others back together', () => {
    expect(joinHyphens(['compile with -Wall -Wextra -\nWerror; run clippy --quiet --\nlib'])).toEqual([
      'compile with -Wall -Wextra -Werror; run clippy --quiet --lib',
    ])
  })
})
