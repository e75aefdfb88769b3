import { expect, test } from 'vitest'

import { classifyKind } from './classify-kind.ts'

test.each([
  [
    'a demand on a program, and not on the grade',
    'A record that fails its CRC at the end of the last file must be dropped',
    ['Requirements'],
    false,
    'grading',
  ],
  ['what fails a student', 'Whoever hands in nothing fails the course', [], true, 'grading'],
  ['a rule of the work among ground rules', 'C code must compile with -Wall', ['Ground rules'], true, 'tool'],
  [
    'a rule of conduct among ground rules',
    'Invented quotes count as misconduct',
    ['Ground rules'],
    true,
    'policy',
  ],
  [
    'a ban on what AI may write',
    'Do not let them write code, tests or prose that you submit',
    ['AI assistants'],
    true,
    'policy',
  ],
])('%s: “%s” under %j is (%j) %s', (_, clause, titles, expected, kind) => {
  expect(classifyKind(clause, [], titles) === kind).toBe(expected)
})
