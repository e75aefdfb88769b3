import { describe, expect, test } from 'vitest'

import type { Requirement } from '../../../../contract/requirements.ts'
import { isConduct, isShownByRunning } from './shown-by-running.ts'

type Kind = Requirement['kind']
const told = (kind: Kind, statement: string) => ({ kind, statement, modality: 'must' as const })

describe('what a run of a program can show', () => {
  test.each<[Kind, string]>([
    ['content', 'Print the ten most requested URLs with their counts'],
    ['content', 'Exit with status 2 and a message on standard error if the file cannot be read'],
    ['process', 'R2: Keys are 1 to 255 bytes. Longer input must be refused and must not touch the log'],
    ['submission', 'R4: A log file must not grow beyond 4 MiB; then a new one is begun'],
    ['structure', 'R11: A crash must leave the old or the new files. Explain in NOTES.md why it is safe'],
    ['content', 'Throw an IllegalArgumentException if somebody tries'],
    ['method', 'Do not load the whole file into memory'],
    ['content', 'Keys may not be null'],
  ])('a demand of kind %s: “%s”', (kind, statement) => {
    expect(isShownByRunning(told(kind, statement))).toBe(true)
  })

  test.each<[Kind, string]>([
    ['content', 'Discuss ideas with anybody'],
    ['content', 'At most 2 MB'],
    ['structure', 'Start with Section 4'],
    ['process', 'M1 Format: Show the encoder to your TA (R1 to R3), Thursday of Week 10, in lab'],
    ['process', 'M2 Recovery: Survive one kill -9 in front of your TA, Thursday of Week 11, in lab'],
    ['process', 'Write the crash test before the recovery code'],
    ['process', 'The full brief is the PDF. Read it to the end before you write a line'],
    ['method', 'Your tests are graded as strictly as your program'],
    ['method', 'Choose one and say which'],
    ['method', 'Put the report in coverage/'],
    ['content', 'Plot your measurements'],
    ['submission', 'A table of at least five measurements: number of records, replay time'],
    ['method', 'Write at least ten unit tests with pytest'],
    ['policy', 'Do not post code in the forum'],
  ])('and not of kind %s: “%s”', (kind, statement) => {
    expect(isShownByRunning(told(kind, statement))).toBe(false)
  })

  test('and not what is only allowed', () => {
    const allowed = { kind: 'content', statement: 'Print colours too', modality: 'may' } as const
    expect(isShownByRunning(allowed)).toBe(false)
  })
})

test('what people do around the work is told from what the work is', () => {
  const around = ['Discuss ideas with anybody', 'Start with Section 4', 'Choose one and say which']
  const work = ['Use only the standard library', 'Every function needs a docstring', 'Print the seed']
  expect(around.filter((statement) => isConduct(told('method', statement)))).toEqual(around)
  expect(work.filter((statement) => isConduct(told('method', statement)))).toEqual([])
})
