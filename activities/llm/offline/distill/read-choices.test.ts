import { describe, expect, test } from 'vitest'

import { bareContext, bareDocument } from '../../briefs/bare-assignment.ts'
import { distillOffline } from './index.ts'

const context = bareContext({ title: 'Essay 1', due_at: '2026-12-07T04:59:00Z' }, 'America/New_York')

function distil(text: string) {
  return distillOffline({ context, documents: [bareDocument(text)] })
}

describe('a choice of two', () => {
  test.each([
    [
      'Write in C17 or Rust 1.75 or newer, not both.',
      ['Write in C17', 'Write in Rust 1.75 or newer', 'Write in C17 or Rust 1.75 or newer, not both'],
    ],
    [
      'Hand in a poster or a video (but not both).',
      ['Hand in a poster', 'Hand in a video', 'Hand in a poster or a video (but not both)'],
    ],
    [
      '# Choose one of the two forms\n\n- Option A: compare two cities.\n- Option B: follow one city.\n\nDo not do both.',
      ['Option A: compare two cities', 'Option B: follow one city', 'Do not do both of the options'],
    ],
  ])('tells with the options of %j that only one may be taken', (text, statements) => {
    const { requirements, open_questions } = distil(`${text}\n`)
    expect(requirements.map(({ statement }) => statement)).toEqual(statements)
    expect(requirements.map(({ alternative_group }) => alternative_group)).toEqual([
      'choice-1',
      'choice-1',
      null,
    ])
    expect(open_questions.join(' ')).not.toMatch(/are both needed/u)
  })

  test('leaves a choice of two names inside its demand', () => {
    const { requirements } = distil('Use Go or Rust, whichever you like.\n')
    expect(requirements.map(({ statement, alternative_group }) => [statement, alternative_group])).toEqual([
      ['Use Go or Rust, whichever you like', null],
    ])
  })
})
