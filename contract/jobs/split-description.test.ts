import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { leadOf, splitDescription, splitJob } from './split-description.ts'

describe('splitDescription()', () => {
  test.each([
    ['no bullets', 'Write it.\nThen send it.', []],
    ['hyphens', '- a\n- b', ['a', 'b']],
    ['every sign', '* a\n+ b\n• c\n1. d\n2) e', ['a', 'b', 'c', 'd', 'e']],
    ['a lead before them', 'Do this:\n\n- a\n- b', ['a', 'b']],
    ['lines that belong to the bullet before', '- a\n  more of a\n- b', ['a\nmore of a', 'b']],
    ['bullets below bullets', '- a\n  - x\n  - y\n- b', ['a\n- x\n- y', 'b']],
    ['tabs', '- a\n\t- x\n\t\t- deep', ['a\n- x\n    - deep']],
    ['all of them set in', '   - a\n   - b', ['a', 'b']],
    ['carriage returns', '- a\r\n- b\r- c', ['a', 'b', 'c']],
    ['empty bullets', '-\n- \n- a', ['a']],
    ['a dash that is no bullet', '-a\n1.5 hours\n--', []],
    ['code between fences', '- a\n  ```\n  - no\n  ```\n- b', ['a\n```\n- no\n```', 'b']],
    ['a number too long for a list', '2024. was a year', []],
    ['a later one set in less', '  - a\n- b', ['b']],
  ])('reads %s', (_, description, parts) => {
    expect(splitDescription(description)).toEqual(parts)
  })

  const line = fc.oneof(
    fc.constantFrom(
      '- a',
      '  - b',
      '    - c',
      '* d',
      '1. e',
      '```',
      '',
      '  text',
      'lead',
      '-',
      '- - x',
      '\t- t',
    ),
    fc.string({ maxLength: 12 }),
  )
  const description = fc.array(line, { maxLength: 20 }).map((lines) => lines.join('\n'))

  test('always makes less of it, so that splitting comes to an end', () => {
    fc.assert(
      fc.property(description, (text) => {
        const parts = splitDescription(text)
        const width = text.replaceAll('\t', '    ').length
        for (const part of parts) {
          expect(part.trim()).not.toBe('')
          expect(part.length).toBeLessThan(width)
        }
        expect(parts.join('').length).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('has nothing left over between its lead and its parts', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,8}$/), words, (lead, bullets) => {
        const text = [lead, ...bullets.map((word) => `- ${word}`)].join('\n')
        expect(leadOf(text)).toBe(lead)
        expect(splitDescription(text)).toEqual(bullets)
      }),
    )
  })
})

describe('splitJob()', () => {
  test('splits only where a job may still have children', () => {
    expect(splitJob('- a', { depth: 1, max_depth: 2 })).toEqual(['a'])
    expect(splitJob('- a', { depth: 2, max_depth: 2 })).toEqual([])
    expect(splitJob('- a', { depth: 0, max_depth: 0 })).toEqual([])
  })
})
